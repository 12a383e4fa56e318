extension ModelFinding {
  /// The finding in a sentence: where, what, and how to mend it.
  public var sentence: String { "\(place.words): \(fault.sentence)" }
}

extension ModelFinding.Fault {
  /// A short name of the fault that stays the same over versions.
  var code: String {
    switch self {
    case .duplicateID: "duplicate-id"
    case .duplicateName: "duplicate-name"
    case .missingName: "missing-name"
    case .missingAttribute: "missing-attribute"
    case .unknownValue: "unknown-value"
    case .unknownReference: "unknown-reference"
    case .missingImport: "missing-import"
    case .unreadableImport: "unreadable-import"
    case .ambiguousImport: "ambiguous-import"
    case .circularImport: "circular-import"
    case .circularRequirement: "circular-requirement"
    case .circularFunction: "circular-function"
    case .circularType: "circular-type"
    case .unknownType: "unknown-type"
    case .unsupportedLanguage: "unsupported-language"
    case .missingExpression: "missing-expression"
    case .cellCount: "cell-count"
    case .unusableAggregation: "unusable-aggregation"
    case .missingOutputName: "missing-output-name"
    case .expression(let code, _, _, _): "expression-\(code)"
    case .dependsOnFault: "depends-on-fault"
    }
  }

  /// How much the fault matters.
  var severity: ModelFinding.Severity {
    switch self {
    case .duplicateName, .ambiguousImport, .circularImport, .circularFunction, .missingExpression,
      .dependsOnFault:
      .warning
    case .expression(_, let isError, _, _): isError ? .error : .warning
    default: .error
    }
  }

  /// The fault in words, without its place.
  var sentence: String {
    switch self {
    case .duplicateID(let id):
      "the id '\(id)' is used by two elements; give each element an id of its own"
    case .duplicateName(let name):
      "the name '\(name)' is used twice; rename one of them, since expressions see only the later"
    case .missingName(let element):
      "the \(element) has no name; expressions cannot refer to it"
    case .missingAttribute(let element, let attribute):
      "the element \(element) lacks the attribute '\(attribute)'"
    case .unknownValue(let attribute, let value, let allowed):
      "'\(value)' is not a value of \(attribute); use one of \(allowed.joined(separator: ", "))"
    case .unknownReference(let id, let expected):
      "no \(expected) has the id '\(id)'; correct the reference or add the element"
    case .missingImport(let namespace, let location):
      "the imported model '\(namespace)' is not in the folder of this model"
        + (location.map { " (expected as '\($0)')" } ?? "") + "; put its .dmn file beside this one"
    case .unreadableImport(let source, let reason):
      "the imported model \(source) cannot be read: \(reason)"
    case .ambiguousImport(let namespace, let sources):
      "several files have the namespace '\(namespace)' (\(sources.joined(separator: ", ")));"
        + " the first is taken, give the import a locationURI"
    case .circularImport(let namespace):
      "the import of '\(namespace)' leads back to this model"
    case .circularRequirement(let path):
      "the requirements go in a circle (\(path.joined(separator: " → ")));"
        + " remove one of them, none of these decisions can be evaluated"
    case .circularFunction(let path):
      "the functions require each other in a circle (\(path.joined(separator: " → ")));"
        + " a call that goes too deep gives null"
    case .circularType(let path):
      "the type is defined by itself (\(path.joined(separator: " → "))); any value is accepted for it"
    case .unknownType(let name):
      "the type '\(name)' is neither built in nor defined in the model; any value is accepted for it"
    case .unsupportedLanguage(let language):
      "the language '\(language)' is not supported; write the expression in FEEL"
    case .missingExpression:
      "it has no logic; its value is always null"
    case .cellCount(let rule, let kind, let found, let expected):
      "rule \(rule) has \(found) \(kind) cells where the table has \(expected) \(kind) columns"
    case .unusableAggregation(let reason):
      "the table cannot aggregate: \(reason)"
    case .missingOutputName(let column):
      "output column \(column) has no name; a table with several outputs needs a name for each"
    case .expression(_, _, let message, let text):
      "\(message) in `\(Self.shortened(text))`"
    case .dependsOnFault(let name):
      "it requires '\(name)', which has an error; that value will be null"
    }
  }

  /// At most 120 characters of a text on one line.
  private static func shortened(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count > 120 ? line.prefix(117) + "..." : line
  }
}
