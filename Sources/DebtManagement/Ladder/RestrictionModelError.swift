public import DMN

/// Why a rule set does not say what follows a debt.
public enum RestrictionModelError: Error, Hashable, Sendable {
  /// The rule set has no model of it.
  case missing
  /// The file is not a DMN model.
  case notAModel(ModelError)
  /// The model has errors.
  case findings([ModelFinding])
  /// A decision that is asked for is not there.
  case missingDecision(String)
  /// A decision that has to be a table is none.
  case notATable(String)
  /// A table has another hit policy than what is proven about it rests on.
  case hitPolicy(String, wanted: String)
  /// The model asks for an input that debt management does not give.
  case unknownInput(String, known: [String])
  /// A rule of the ladder has no reason code.
  case noReason(rule: String)
  /// A rule of the ladder gives something that is no step.
  case unknownStep(String, rule: String)
  /// For how many days an approval counts is no number of days.
  case approvalDays(String)

  /// A code that stays the same while the sentence may change.
  public var code: String {
    switch self {
    case .missing: "restriction-policy.missing"
    case .notAModel: "restriction-policy.not-a-model"
    case .findings: "restriction-policy.findings"
    case .missingDecision: "restriction-policy.missing-decision"
    case .notATable: "restriction-policy.not-a-table"
    case .hitPolicy: "restriction-policy.hit-policy"
    case .unknownInput: "restriction-policy.unknown-input"
    case .noReason: "restriction-policy.no-reason"
    case .unknownStep: "restriction-policy.unknown-step"
    case .approvalDays: "restriction-policy.approval-days"
    }
  }
}
