import Access
import Decisioning
import FactStore
import SQLite
import Values

/// Why something could not be done in the review, with what the sentence needs.
public enum ReviewError: Error, Sendable, StorageFailure {
  /// The database failed.
  case storage(SQLiteError)
  /// The facts could not be read.
  case facts(StoreError)
  /// A decision could not be read.
  case decisions(DecisionStoreError)
  /// The decision could not be made anew.
  case rating(RatingError)
  /// The record of activations could not be read.
  case activations(ActivationError)
  /// A row that this program cannot have written.
  case damaged(CaseID)

  /// There is no such case; one of the same number may have been meant.
  case unknownCase(CaseID, near: CaseID?)
  /// There is no such decision.
  case unknownDecision(DecisionID)
  /// The decision is about another customer.
  case otherCustomer(DecisionID, named: String)
  /// The actor has no role that may do it.
  case notAllowed(actor: String, Permission)
  /// The case needs a senior.
  case needsSenior(CaseID)
  /// The actor decided about this before, so somebody else answers the contest.
  case decidedBefore(CaseID, DecisionID)
  /// The actor put the rule set of the decision in force (AD-28).
  case activatedPolicy(CaseID, Digest)

  /// The case has ended.
  case closed(CaseID, ReviewCase.Closing)
  /// The case is not claimed by the actor.
  case notClaimed(CaseID)
  /// Somebody else works on it.
  case claimedByAnother(CaseID, holder: String, until: Instant)
  /// The actor's claim ran out.
  case leaseOver(CaseID, at: Instant)
  /// The case was changed since the actor saw it.
  case changed(CaseID, expected: Int, latest: ReviewEvent)
  /// A newer decision has taken the place of the one under the case.
  case superseded(CaseID, DecisionID, by: DecisionID)
  /// The case waits for its second person.
  case awaitsSecondPerson(CaseID, reviewer: String)
  /// Nothing waits for a second person.
  case noProposal(CaseID)
  /// The actor may not approve what they decided.
  case ownProposal(CaseID)
  /// The actor has not looked at the case since it was proposed.
  case notOpened(CaseID)
  /// A data problem is settled record by record, and not decided.
  case notDecidable(CaseID)

  /// A word, a date or a combination of a judgement is not acceptable.
  case draft(CaseID, DraftFault)
  /// Words are missing, too short or too long.
  case text(CaseID?, TextFault)
  /// The day until which a case is to be put off is not acceptable.
  case snooze(CaseID, latest: CivilDate, isPast: Bool)

  /// What is wrong with a judgement.
  public enum DraftFault: Hashable, Sendable {
    case noReasons
    case unknownReason(String, known: [String])
    case unknownRating(String)
    /// An order has to be decided, and "refer" decides nothing.
    case refers
    /// The engine has decided nothing that could be confirmed.
    case referralConfirmed
    /// Something is set that the resolution does not allow.
    case setsSomething(Judgement.Resolution)
    case nothingChanged
    /// Nothing about the customer has become known since the decision.
    case nothingCorrected(CaseID)
    case untilPast(CivilDate, on: CivilDate)
    case untilTooFar(CivilDate, latest: CivilDate)
    /// A proposed restriction is approved or lifted.
    case noRestriction
    /// No restriction was proposed.
    case unexpectedRestriction
    /// The decision names no order.
    case noOrder
  }

  /// What is wrong with words.
  public enum TextFault: Hashable, Sendable {
    case tooShort(least: Int)
    case tooLong(most: Int)
  }

  /// Something cannot be attached or read back.
  case evidence(EvidenceError)

  /// A failure of the database.
  public init(_ error: SQLiteError) { self = .storage(error) }

  /// A code that stays the same while the sentence may change.
  public var code: String {
    switch self {
    case .storage: "review.storage"
    case .facts(let error): error.code
    case .decisions(let error): error.code
    case .rating(let error): error.code
    case .activations(let error): error.code
    case .damaged: "review.damaged"
    case .unknownCase: "review.unknown-case"
    case .unknownDecision: "review.unknown-decision"
    case .otherCustomer: "review.other-customer"
    case .notAllowed: "review.not-allowed"
    case .needsSenior: "review.needs-senior"
    case .decidedBefore: "review.decided-before"
    case .activatedPolicy: "review.activated-policy"
    case .closed: "review.closed"
    case .notClaimed: "review.not-claimed"
    case .claimedByAnother: "review.claimed-by-another"
    case .leaseOver: "review.lease-over"
    case .changed: "review.changed"
    case .superseded: "review.superseded"
    case .awaitsSecondPerson: "review.awaits-second-person"
    case .noProposal: "review.no-proposal"
    case .ownProposal: "review.own-proposal"
    case .notOpened: "review.not-opened"
    case .notDecidable: "review.not-decidable"
    case .draft(_, let fault): "review.\(fault.code)"
    case .text(_, let fault): "review.\(fault.code)"
    case .snooze: "review.snooze"
    case .evidence(let error): error.code
    }
  }
}

extension ReviewError.DraftFault {
  fileprivate var code: String {
    switch self {
    case .noReasons: "no-reasons"
    case .unknownReason: "unknown-reason"
    case .unknownRating: "unknown-rating"
    case .refers: "refers"
    case .referralConfirmed: "referral-confirmed"
    case .setsSomething: "sets-something"
    case .nothingChanged: "nothing-changed"
    case .nothingCorrected: "nothing-corrected"
    case .untilPast: "until-past"
    case .untilTooFar: "until-too-far"
    case .noRestriction: "no-restriction"
    case .unexpectedRestriction: "unexpected-restriction"
    case .noOrder: "no-order"
    }
  }
}

extension ReviewError.TextFault {
  fileprivate var code: String {
    switch self {
    case .tooShort: "text-too-short"
    case .tooLong: "text-too-long"
    }
  }
}
