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
    _ kind: CaseKind, reason: String, for record: DecisionRecord, on day: CivilDate, _ policy: ReviewPolicy
  ) -> (opening: CaseOpening, isWanted: Bool) {
    let content = record.content
    let (treatment, due) = policy.answer(
      CaseSubject(
        kind: kind, reason: reason, purpose: record.purpose, customerKind: content.customerKind,
        hasOrder: content.order != nil), from: day, in: content.jurisdiction)
    let opening = CaseOpening(
      id: CaseID(kind, record.id.number), customerKey: record.customerKey, decision: record.id,
      reason: reason, priority: treatment.priority, due: due)
    return (opening, treatment.opensCase)
  }

  /// The case of a contest: everyone may contest, whatever the policy says.
  static func contest(
    of record: DecisionRecord, on day: CivilDate, _ policy: ReviewPolicy
  ) -> CaseOpening {
    prepared(.contest, reason: contestReason, for: record, on: day, policy).opening
  }

  /// The case that a decision asks for by itself; nil where it asks for none or the policy opens none.
  init?(_ record: DecisionRecord, on day: CivilDate, _ policy: ReviewPolicy) {
    let kind: CaseKind
    switch record.kind {
    case .human: return nil
    case .proposed: kind = .approval
    case .automated:
      guard record.content.outcome == .refer else { return nil }
      kind = .referral
    }
    let (opening, isWanted) = Self.prepared(
      kind, reason: record.content.referralReason, for: record, on: day, policy)
    guard isWanted else { return nil }
    self = opening
  }

  /// The reason of every contest.
  static let contestReason = "contest"
}

extension ReviewPolicy {
  /// The case that a referred order waits in, and by when it is answered; nil where the decision opens none.
  public func referral(of record: DecisionRecord, on day: CivilDate) -> (id: CaseID, due: CivilDate)? {
    CaseOpening(record, on: day, self).map { ($0.id, $0.due) }
  }
}

extension DecisionContent {
  /// Whom the decision is about.
  var customerKind: Customer.Kind {
    given("Customer kind").flatMap(Customer.Kind.init(rawValue:)) ?? .household
  }

  /// The country whose law and calendar count.
  var jurisdiction: Jurisdiction {
    order?.jurisdiction ?? given("Jurisdiction").flatMap { Jurisdiction($0) } ?? .latvia
  }

  /// Why the engine refers: what stood against the policy's outcome, else the first circumstance outside the scorecard,
  /// else the rating itself.
  var referralReason: String {
    bars.first?.provision ?? knockOuts.first { $0.outcome == .refer }?.reason ?? knockOuts.first?.reason
      ?? "rating"
  }

  private func given(_ name: String) -> String? { given.first { $0.name == name }?.value.stringValue }
}
