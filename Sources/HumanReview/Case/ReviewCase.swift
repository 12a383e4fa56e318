import Decisioning
import Values

/// A case as it stands: what its events come to, and who holds it now.
public struct ReviewCase: Hashable, Sendable {
  /// Its name.
  public let id: CaseID
  /// The key of the customer whom it concerns; nil for a data problem.
  public internal(set) var customerKey: Int?
  /// The customer's number.
  public internal(set) var customer: String?
  /// The customer's name, if kept.
  public internal(set) var name: String?
  /// The newest decision under it; nil for a data problem.
  public internal(set) var decision: DecisionID?
  /// The code of the reason why a person has to look.
  public internal(set) var reason: String
  /// From 1, the most urgent.
  public internal(set) var priority: Int
  /// When it was opened.
  public internal(set) var openedAt: Instant
  /// The last day on which it may be decided in time.
  public internal(set) var due: CivilDate
  /// Where it stands.
  public internal(set) var state: CaseState
  /// How many events have changed it: whoever decides says which they have seen.
  public internal(set) var version: Int
  /// Who works on it.
  public internal(set) var holder: String?
  /// Until when, unless the lease is renewed.
  public internal(set) var leaseUntil: Instant?
  /// The day on which it comes back.
  public internal(set) var snoozedUntil: CivilDate?
  /// Whether a senior has to decide.
  public internal(set) var isEscalated: Bool
  /// What waits for the second person.
  public internal(set) var proposal: Proposal?
  /// How it ended; nil while it is open.
  public internal(set) var closing: Closing?

  /// What one person decided and a second has to approve.
  public struct Proposal: Hashable, Sendable {
    /// The number of the event.
    public let event: Int
    /// The judgement, without its second person; its basis is the decision under the case.
    public internal(set) var judgement: Judgement
    /// When it was proposed.
    public let at: Instant
    /// Why a second person is needed, by codes of the policy.
    public let needs: [String]
  }

  /// How a case ended.
  public struct Closing: Hashable, Sendable {
    /// The number of the event.
    public let event: Int
    /// Decided, overtaken or settled.
    public let kind: ReviewEventKind
    /// Who did it: of a decision, the person who gave the reasons.
    public let by: String
    /// The second person of a decision, where one was needed.
    public let approver: String?
    /// When.
    public let at: Instant
    /// The decision that ended it; nil for a data problem.
    public let decision: DecisionID?
  }

  /// Whether the time to decide has passed.
  public func isOverdue(on day: CivilDate) -> Bool { state != .closed && due < day }

  /// The case as it stands at an instant: a claim whose lease ran out is none.
  func seen(at instant: Instant) -> ReviewCase {
    guard state == .claimed, leaseUntil.map({ $0 <= instant }) ?? true else { return self }
    var seen = self
    seen.state = .open
    seen.holder = nil
    seen.leaseUntil = nil
    return seen
  }
}
