import DMN
import Values

/// Why a rule set cannot be used.
///
/// Nothing is decided with a rule set that has a fault.
public enum RuleSetError: Error, Hashable, Sendable {
  /// There is no folder of this name.
  case noFolder(String)
  /// A file could not be read.
  case unreadable(path: String)
  /// A model that every rule set needs is not there.
  case missingModel(path: String)
  /// A file is not a DMN model.
  case notAModel(path: String, error: ModelError)
  /// A model has errors.
  case findings(path: String, [ModelFinding])
  /// A decision that the pipeline asks for is not there.
  case missingDecision(path: String, name: String)
  /// The feature model asks for an input that the pipeline does not give.
  case unknownFact(path: String, name: String, known: [String])
  /// The rating model asks for an input that is neither a feature nor given by the pipeline.
  case unboundInput(path: String, name: String, known: [String])
  /// The value of an expression would change while facts and rules stay the same: it reads the clock or names a zone.
  case volatile(path: String, element: String, part: String, what: String)
  /// A law file is not as it should be.
  case law(path: String, place: String, fault: String)
  /// A calendar of holidays is not as it should be.
  case calendar(path: String, place: String, fault: String)
  /// The scorecard is not one that points can be told from.
  case scorecard(path: String, rule: String?, fault: ScorecardFault)
  /// A cell of the annotation columns "Change" or "Step" cannot be read.
  case change(path: String, decision: String, rule: String, column: String, text: String)

  /// What a scorecard lacks.
  public enum ScorecardFault: String, Hashable, Sendable {
    /// It is not a COLLECT table with aggregation SUM.
    case notCollectSum
    /// The annotation columns "Characteristic" and "Reason code" are not there or empty.
    case missingAnnotation
    /// The characteristic is not the name of an input of the table.
    case unknownCharacteristic
    /// The points are not a constant number.
    case pointsNotConstant
    /// A characteristic has no row for a missing value.
    case noMissingRow
    /// Two rules have no id, or the same.
    case ruleID
  }

  /// A code that stays the same while the sentence may change.
  public var code: String {
    switch self {
    case .noFolder: "rules.no-folder"
    case .unreadable: "rules.unreadable"
    case .missingModel: "rules.missing-model"
    case .notAModel: "rules.not-a-model"
    case .findings: "rules.findings"
    case .missingDecision: "rules.missing-decision"
    case .unknownFact: "rules.unknown-fact"
    case .unboundInput: "rules.unbound-input"
    case .volatile: "rules.volatile"
    case .law: "rules.law"
    case .calendar: "rules.calendar"
    case .scorecard: "rules.scorecard"
    case .change: "rules.change"
    }
  }

  /// Where, what and how to mend it.
  public var sentence: String {
    switch self {
    case .noFolder(let folder):
      return "There is no rules folder '\(folder)'. Name it with --rules or BONITAS_RULES."
    case .unreadable(let path):
      return "The rules file '\(path)' cannot be read. Check its permissions."
    case .missingModel(let path):
      return "The rules folder has no '\(path)'. Every rule set needs features.dmn and credit-rating.dmn."
    case .notAModel(let path, let error):
      return "\(path): \(error.sentence)"
    case .findings(let path, let findings):
      let shown = findings.prefix(5).map { "\n  \($0.sentence)" }.joined()
      let more = findings.count > 5 ? "\n  and \(findings.count - 5) more" : ""
      return
        "\(path) has errors; nothing is decided with it.\(shown)\(more)\n  'bonitas dmn check' lists them all."
    case .missingDecision(let path, let name):
      return "\(path) has no decision '\(name)'. The pipeline asks for it by this name."
    case .unknownFact(let path, let name, let known):
      return
        "\(path): there are no facts for the input '\(name)'. The inputs may be: \(known.joined(separator: ", "))."
    case .unboundInput(let path, let name, let known):
      return "\(path): the input '\(name)' is neither a feature nor given by the pipeline. There are: "
        + known.joined(separator: ", ") + "."
    case .volatile(let path, let element, let part, let what):
      return
        "\(path), '\(element)', \(part): it \(what), so the same facts would be decided differently on another day. "
        + "Use the input 'Business date', and offsets such as +02:00 instead of zones."
    case .law(let path, let place, let fault), .calendar(let path, let place, let fault):
      return "\(path), \(place): \(fault)."
    case .scorecard(let path, let rule, let fault):
      return "\(path), decision 'Score'\(rule.map { ", \($0)" } ?? ""): \(fault.sentence)"
    case .change(let path, let decision, let rule, let column, let text):
      let allowed =
        column == "Step"
        ? "a number above 0"
        : "pay, clear, time or end with a kind of register entry, parted by commas, or never"
      return
        "\(path), decision '\(decision)', \(rule): the annotation '\(column)' is '\(text)'. It may be \(allowed)."
    }
  }
}

extension RuleSetError.ScorecardFault {
  fileprivate var sentence: String {
    switch self {
    case .notCollectSum: "the scorecard must be a decision table with hit policy COLLECT and aggregation SUM."
    case .missingAnnotation: "fill in the annotation columns 'Characteristic' and 'Reason code'."
    case .unknownCharacteristic: "the characteristic is not the name of an input column."
    case .pointsNotConstant: "the points must be a number, not an expression."
    case .noMissingRow: "the characteristic has no row that tests for null, the missing value."
    case .ruleID: "every rule needs an id of its own; decisions name the rules that matched by it."
    }
  }
}
