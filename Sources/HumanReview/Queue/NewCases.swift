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
  private var openings: [(opening: CaseOpening, chain: DecisionChain, kind: DecisionKind, refers: Bool)] = []

  /// None yet.
  public init() {}

  /// Whether no decision asks for a case.
  public var isEmpty: Bool { openings.isEmpty }

  /// Takes up what a decision asks for that has just been stored, unless a later one stands in its place already.
  public mutating func add(
    _ record: DecisionRecord, on day: CivilDate, _ policy: ReviewPolicy, in reader: Reader
  ) throws(SQLiteError) {
    guard let opening = CaseOpening(record, on: day, policy) else { return }
    let chain = try DecisionStore.chain(of: record, in: reader)
    guard chain.newest == record.id else { return }
    openings.append((opening, chain, record.kind, record.content.outcome == .refer))
  }

  /// Opens the cases in a write, each unless an open one has moved to its decision.
  public func open(in write: ReviewWrite) throws(ReviewError) {
    for new in openings { try write.open(new.opening, new.chain, (new.kind, new.refers)) }
  }

  /// Opens the cases in a numbered write of their own among others in a transaction.
  public func open(at instant: Instant, _ audit: AuditLog, in transaction: WriteTransaction)
    throws(ReviewError)
  {
    if isEmpty { return }
    try FactStore.write(
      actor: ReviewEvent.system, at: instant, purpose: ReviewDesk.followPurpose, in: transaction
    ) { write throws(ReviewError) in
      let review = ReviewWrite(write, .review)
      try open(in: review)
      try ReviewError.wrapping { () throws(SQLiteError) in try review.finish(audit) }
    }
  }
}
