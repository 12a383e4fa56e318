import DMN
import Decisioning

/// Why a rule set does not say how cases are treated.
public enum ReviewPolicyError: Error, Hashable, Sendable {
  /// The rule set has no model of the review.
  case missing
  /// The file is not a DMN model.
  case notAModel(ModelError)
  /// The model has errors.
  case findings([ModelFinding])
  /// A decision that the review asks for is not there.
  case missingDecision(String)
  /// The model asks for an input that the review does not give.
  case unknownInput(String, known: [String])
  /// A decision that has to be a whole number within bounds is not.
  case badNumber(String, value: String, bounds: ClosedRange<Int>)
  /// The usual validity is longer than the longest.
  case validities(days: Int, longest: Int)
  /// A decision of the model has no usable answer for a kind of case.
  case noAnswer(decision: String, kind: CaseKind)
  /// The law or a calendar of the rule set has a fault.
  case rules(RuleSetError)
  /// There are no reasons to choose from.
  case noReasons

  /// A code that stays the same while the sentence may change.
  public var code: String {
    switch self {
    case .missing: "review-policy.missing"
    case .notAModel: "review-policy.not-a-model"
    case .findings: "review-policy.findings"
    case .missingDecision: "review-policy.missing-decision"
    case .unknownInput: "review-policy.unknown-input"
    case .badNumber: "review-policy.bad-number"
    case .validities: "review-policy.validities"
    case .noAnswer: "review-policy.no-answer"
    case .rules(let error): error.code
    case .noReasons: "review-policy.no-reasons"
    }
  }

  /// Where, what and how to mend it.
  public var sentence: String {
    let path = ReviewPolicy.path
    switch self {
    case .missing:
      return
        "The rule set has no '\(path)', which says how cases are treated. Put one in force that has: 'bonitas rules activate'."
    case .notAModel(let error): return "\(path): \(error.sentence)"
    case .findings(let findings):
      let shown = findings.prefix(5).map { "\n  \($0.sentence)" }.joined()
      let more = findings.count > 5 ? "\n  and \(findings.count - 5) more" : ""
      return
        "\(path) has errors; no case is treated by it.\(shown)\(more)\n  'bonitas dmn check' lists them all."
    case .missingDecision(let name):
      return "\(path) has no decision '\(name)'. The review asks for it by this name."
    case .unknownInput(let name, let known):
      return
        "\(path): nothing is known for the input '\(name)'. The inputs may be: \(known.joined(separator: ", "))."
    case .badNumber(let name, let value, let bounds):
      return
        "\(path), decision '\(name)': \(value) is not a whole number from \(bounds.lowerBound) to \(bounds.upperBound)."
    case .validities(let days, let longest):
      return
        "\(path): a judgement would stand for \(days) days where the reviewer names no end, and may stand for \(longest) at most."
    case .noAnswer(let decision, let kind):
      return
        "\(path), decision '\(decision)': there is no answer for a \(kind.rawValue). A treatment tells 'opens case', 'priority' "
        + "(1 to 5), 'days' and 'working days'; a second person is told by a list of reasons, which may be empty."
    case .rules(let error): return error.sentence
    case .noReasons:
      return "reasons/en.json has no texts under 'review', so a reviewer could give no reason."
    }
  }
}
