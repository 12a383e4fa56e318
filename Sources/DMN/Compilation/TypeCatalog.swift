internal import FEEL
internal import Values

/// The item definitions of all models as FEEL types, each resolved once (DMN 1.5, 7.3.2).
struct TypeCatalog {
  private let library: ModelLibrary
  private var resolved: [[String: FEELType]]
  /// The definitions being resolved, to notice circles.
  private var open: [(model: Int, name: String)] = []
  private(set) var findings: [ModelFinding] = []

  init(_ library: ModelLibrary) {
    self.library = library
    resolved = Array(repeating: [:], count: library.models.count)
    for (index, model) in library.models.enumerated() {
      for definition in model.itemDefinitions { _ = type(of: definition, in: index) }
    }
  }

  /// The types that a model defines, by name.
  func types(of model: Int) -> [String: FEELType] { resolved[model] }

  /// The type of a name as a model sees it; an unknown name is told and accepts any value.
  mutating func type(named name: String?, in model: Int, at place: ModelPlace) -> FEELType {
    guard let name else { return .any }
    if let type = lookUp(name, in: model, visited: []) { return type }
    findings.append(ModelFinding(.unknownType(name), at: place))
    return .any
  }

  private mutating func lookUp(_ name: String, in model: Int, visited: Set<Int>) -> FEELType? {
    if let type = FEELType(simpleName: name) { return type }
    if name == "any" { return .any }
    if let definition = library.models[model].itemDefinitions.first(where: { $0.identity.name == name }) {
      return type(of: definition, in: model)
    }
    guard !visited.contains(model) else { return nil }
    for (entry, target) in zip(library.models[model].imports, library.imported[model]) {
      guard let target else { continue }
      let prefix = entry.identity.name
      if prefix.isEmpty {
        if let type = lookUp(name, in: target, visited: visited.union([model])) { return type }
      } else if name.hasPrefix(prefix + ".") {
        let rest = String(name.dropFirst(prefix.count + 1))
        if let type = lookUp(rest, in: target, visited: visited.union([model])) { return type }
      }
    }
    // The remaining forms of a type, as list<number>, are FEEL's own.
    return name.contains("<") ? FEEL.type(name, in: scope(of: model)) : nil
  }

  private func scope(of model: Int) -> Scope {
    var scope = Scope()
    for (name, type) in resolved[model] { scope.declareType(name, type) }
    return scope
  }

  private mutating func type(of definition: ItemDefinition, in model: Int) -> FEELType {
    let name = definition.identity.name
    if let type = resolved[model][name] { return type }
    if let start = open.firstIndex(where: { $0.model == model && $0.name == name }) {
      let path = open[start...].map(\.name) + [name]
      findings.append(
        ModelFinding(.circularType(path: path), at: library.place(of: definition.identity, in: model)))
      return .any
    }
    open.append((model, name))
    defer { open.removeLast() }
    let form = form(of: definition, in: model, path: name)
    // The name stays on the type, for messages and for `instance of`.
    var type = form
    if case .defined(let defined) = form, defined.name == name {
    } else {
      type = .defined(DefinedType(name: name, base: form))
    }
    resolved[model][name] = type
    return type
  }

  /// The type that a definition or component describes; `path` names it in messages.
  private mutating func form(of definition: ItemDefinition, in model: Int, path: String) -> FEELType {
    let place = library.place(of: definition.identity, in: model)
    var type: FEELType
    if let function = definition.function {
      let parameters = function.parameters.map {
        self.type(named: $0.typeReference, in: model, at: place)
      }
      type = .function(
        parameters, self.type(named: function.outputTypeReference, in: model, at: place))
    } else if !definition.components.isEmpty {
      type = .context(
        definition.components.map { component in
          let name = component.identity.name
          return FEELType.Field(name, form(of: component, in: model, path: "\(path).\(name)"))
        })
    } else {
      type = self.type(named: definition.typeReference, in: model, at: place)
    }
    // Since 1.5 `allowedValues` speaks of the elements of a collection, `typeConstraint` of the collection.
    if let tests = definition.allowedValues {
      type = constrained(type, by: tests, name: path, in: model, at: place.part("allowed values"))
    }
    if definition.isCollection { type = .list(type) }
    if let tests = definition.typeConstraint {
      type = constrained(type, by: tests, name: path, in: model, at: place.part("type constraint"))
    }
    return type
  }

  private mutating func constrained(
    _ base: FEELType, by text: UnaryTestsText, name: String, in model: Int, at place: ModelPlace
  ) -> FEELType {
    let tests = FEEL.compile(unaryTests: text.text, in: scope(of: model), inputType: base)
    findings += tests.findings.map { ModelFinding($0, in: text, at: place) }
    guard tests.isSound else { return base }
    return .defined(DefinedType(name: name, base: base, admits: AllowedValues(tests).constraint))
  }
}

/// The test of a value against allowed values, without evaluation where the values are constants.
struct AllowedValues: Sendable {
  private let tests: UnaryTests

  init(_ tests: UnaryTests) { self.tests = tests }

  /// The test as a function; nil where everything is allowed.
  var constraint: DefinedType.Constraint? {
    switch tests.shape {
    case .any: return nil
    case .constants(let values): return { value in values.contains { Value.isSame($0, value) } }
    case .intervals(let intervals):
      let ranges = intervals.map { interval in
        ValueRange(
          low: interval.low, lowIncluded: interval.lowIncluded, high: interval.high,
          highIncluded: interval.highIncluded, form: .comparison)
      }
      let isAllowed = isAllowedByTests
      return { value in
        switch value {
        case .number, .date: return ranges.contains { $0.contains(value) == true }
        default: return isAllowed(value)
        }
      }
    default: return isAllowedQuickly
    }
  }

  /// The tests with their answers about small numbers, which most values are, found out beforehand.
  private var isAllowedQuickly: DefinedType.Constraint {
    let isAllowed = isAllowedByTests
    let small = (0..<256).map { isAllowed(.number(Decimal($0))) }
    return { value in
      if case .number(let number) = value, let place = number.integer(), small.indices.contains(place) {
        return small[place]
      }
      return isAllowed(value)
    }
  }

  private var isAllowedByTests: DefinedType.Constraint {
    let tests = tests
    return { value in
      var evaluation = Evaluation()
      return tests.evaluate(value, Frame(count: tests.slotCount), &evaluation) == true
    }
  }

  /// The values in the order in which they are listed, where all are constants.
  var list: [Value]? {
    if case .constants(let values) = tests.shape { return values }
    return nil
  }
}
