import Decisioning
import Facts
import Formats
import Values

/// A case that a decision asks for, as the policy treats it.
struct CaseOpening: Sendable {
  let id: CaseID
  let customerKey: Int
  let decision: DecisionID
  let reason: String
  let priority: Int
  let due: CivilDate

  /// The particulars of the event that opens it.
  var about: JSONObject {
    var about = JSONObject()
    about[ReviewEvent.Key.customer] = .number(Decimal(customerKey))
    about[ReviewEvent.Key.decision] = .number(Decimal(decision.number))
    about[ReviewEvent.Key.reason] = .string(reason)
    about[ReviewEvent.Key.priority] = .number(Decimal(priority))
    about[ReviewEvent.Key.due] = .string(due.description)
    return about
  }
}

extension CaseOpening {
  /// The case of a kind for a decision, and whether the policy opens it.
  private static func prepared(
    _ kind: CaseKind, reason: String, for id: DecisionID, of customerKey: Int, _ purpose: DecisionPurpose,
    _ summary: DecisionSummary, on day: CivilDate, _ policy: ReviewPolicy
  ) -> (opening: CaseOpening, isWanted: Bool) {
    let (treatment, due) = policy.answer(
      CaseSubject(kind, reason: reason, purpose, summary), from: day, in: summary.jurisdiction)
    let opening = CaseOpening(
      id: CaseID(kind, id.number), customerKey: customerKey, decision: id, reason: reason,
      priority: treatment.priority, due: due)
    return (opening, treatment.opensCase)
  }

  /// The case of a contest: everyone may contest, whatever the policy says.
  static func contest(
    of record: DecisionRecord, on day: CivilDate, _ policy: ReviewPolicy
  ) -> CaseOpening {
    prepared(
      .contest, reason: contestReason, for: record.id, of: record.customerKey, record.purpose,
      DecisionSummary(record.content), on: day, policy
    ).opening
  }

  /// The case that a decision asks for by itself; nil where it asks for none or the policy opens none.
  init?(_ record: DecisionRecord, on day: CivilDate, _ policy: ReviewPolicy) {
    self.init(
      record.id, of: record.customerKey, record.kind, record.purpose, DecisionSummary(record.content),
      on: day,
      policy)
  }

  /// The same for a decision that is just being stored.
  init?(
    _ id: DecisionID, of customerKey: Int, _ decisionKind: DecisionKind, _ purpose: DecisionPurpose,
    _ summary: DecisionSummary, on day: CivilDate, _ policy: ReviewPolicy
  ) {
    let kind: CaseKind
    switch decisionKind {
    case .human: return nil
    case .proposed: kind = .approval
    case .automated:
      guard summary.outcome == .refer else { return nil }
      kind = .referral
    }
    let (opening, isWanted) = Self.prepared(
      kind, reason: summary.referralReason, for: id, of: customerKey, purpose, summary, on: day, policy)
    guard isWanted else { return nil }
    self = opening
  }

  /// The reason of every contest.
  static let contestReason = "contest"
}

extension ReviewPolicy {
  /// By when a referral is answered, counted from its own day so that it is told the same at any time; nil where the decision
  /// is none, or opens no case.
  public func referralDue(_ summary: DecisionSummary, purpose: DecisionPurpose) -> CivilDate? {
    guard summary.outcome == .refer else { return nil }
    let (treatment, due) = answer(
      CaseSubject(.referral, reason: summary.referralReason, purpose, summary), from: summary.businessDate,
      in: summary.jurisdiction)
    return treatment.opensCase ? due : nil
  }
}

extension CaseSubject {
  /// What a case about a decision is treated by.
  fileprivate init(
    _ kind: CaseKind, reason: String, _ purpose: DecisionPurpose, _ summary: DecisionSummary
  ) {
    self.init(
      kind: kind, reason: reason, purpose: purpose, customerKind: summary.customerKind,
      hasOrder: summary.orderReference != nil)
  }
}
