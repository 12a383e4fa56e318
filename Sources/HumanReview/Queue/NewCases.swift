import AuditLog
import Decisioning
import FactStore
import SQLite
import Values

/// The cases that decisions ask for, opened in the transaction that stores the decisions: neither is there without the other.
///
/// Followed behind the answers, with the records read back and a write for every eight, the cases of 12 % of all decisions
/// cost 32 µs a decision; opened so, and passed by then, they cost 11 (docs/decisions/0014).
public struct NewCases {
  private var openings: [New] = []

  private struct New {
    let opening: CaseOpening
    /// The decisions about the same; nil where this is the first, so that there is no case of any.
    let chain: DecisionChain?
    let kind: DecisionKind
    let refers: Bool
  }

  /// None yet.
  public init() {}

  /// Takes up what a decision asks for that has just been stored, unless a later one stands in its place already.
  public mutating func add(
    _ decision: AppendedDecision, _ summary: DecisionSummary, on day: CivilDate, _ policy: ReviewPolicy,
    in reader: Reader
  ) throws(SQLiteError) {
    let entry = decision.entry
    guard
      let opening = CaseOpening(
        decision.id, of: entry.customerKey, entry.kind, entry.purpose, summary, on: day, policy)
    else { return }
    let chain = try DecisionStore.chain(of: decision, in: reader)
    guard chain.newest == decision.id else { return }
    openings.append(
      New(
        opening: opening, chain: decision.supersedes == nil ? nil : chain, kind: entry.kind,
        refers: entry.outcome == .refer))
  }

  /// Opens the cases in a write, each unless an open one has moved to its decision.
  public func open(in write: ReviewWrite) throws(ReviewError) {
    for new in openings {
      if let chain = new.chain {
        try write.open(new.opening, chain, (new.kind, new.refers))
      } else {
        try write.open(new.opening)
      }
    }
  }

  /// Opens the cases in a numbered write of their own among others in a transaction.
  public func open(at instant: Instant, _ audit: AuditLog, in transaction: WriteTransaction)
    throws(ReviewError)
  {
    if openings.isEmpty { return }
    try FactStore.write(
      actor: ReviewEvent.system, at: instant, purpose: ReviewDesk.followPurpose, in: transaction
    ) { write throws(ReviewError) in
      let review = ReviewWrite(write, .review)
      try open(in: review)
      try ReviewError.wrapping { () throws(SQLiteError) in try review.finish(audit) }
    }
  }
}
