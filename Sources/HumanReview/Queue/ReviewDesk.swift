import Access
import AuditLog
import Decisioning
import FactStore
import Formats
import SQLite
import Values

/// Where people work on cases: every act is checked and recorded in one write.
public struct ReviewDesk: Sendable {
  /// The store of facts, decisions and cases.
  public let store: FactStore
  /// Where every act is entered.
  public let audit: AuditLog
  /// The rule set in force.
  public let rules: RuleSetFiles
  /// What it says about reviews.
  public let policy: ReviewPolicy
  let ruleSets: RuleSetCache

  /// A desk on a store.
  ///
  /// - Parameter compiled: a rule set that the caller has compiled already; others are compiled when first needed.
  public init(
    store: FactStore, audit: AuditLog, rules: RuleSetFiles, policy: ReviewPolicy, compiled: RuleSet? = nil
  ) {
    ruleSets = RuleSetCache(compiled)
    self.store = store
    self.audit = audit
    self.rules = rules
    self.policy = policy
  }

  /// Writes in one numbered transaction and enters what was recorded in the audit log.
  public func write<Result: Sendable>(
    actor: String, at instant: Instant, purpose: String, _ kind: AuditKind = .humanAction,
    _ body: (ReviewWrite) throws(ReviewError) -> Result
  ) throws(ReviewError) -> Result {
    try store.write(actor: actor, at: instant, purpose: purpose) {
      transaction throws(ReviewError) in
      let write = ReviewWrite(transaction, kind)
      let result = try body(write)
      try ReviewError.wrapping { () throws(SQLiteError) in try write.finish(audit) }
      return result
    }
  }

  /// A case that exists, as it is stored.
  func stored(_ id: CaseID, in reader: FactReader) throws(ReviewError) -> ReviewCase {
    if let found = try ReviewStore.stored(id, in: reader.sql) { return found }
    // Says what was meant.
    return try ReviewStore.read(id, at: Instant(microseconds: 0), in: reader)
  }

  /// Refuses whoever has no role for something.
  static func require(_ permission: Permission, _ actor: Actor) throws(ReviewError) {
    guard actor.may(permission) else { throw .notAllowed(actor: actor.name, permission) }
  }

  /// Refuses words that say nothing and words that nobody can read.
  static func require(_ text: String, _ limits: TextLimits, of id: CaseID?) throws(ReviewError) {
    let letters = text.reduce(0) { $0 + ($1.isWhitespace ? 0 : 1) }
    guard letters >= limits.least else { throw .text(id, .tooShort(least: limits.least)) }
    guard text.utf8.count <= TextLimits.most else { throw .text(id, .tooLong(most: TextLimits.most)) }
  }

  /// How many letters words must have.
  struct TextLimits {
    let least: Int

    /// As much as a page or two; more is a document.
    static let most = 10_000
    /// Why a case is put off, given back or passed on.
    static let reason = TextLimits(least: 3)
    /// What the customer says: the contest itself needs no reason (GDPR article 22(3)).
    static let contest = TextLimits(least: 0)
    /// A note.
    static let note = TextLimits(least: 1)
    /// Why a case was decided so: a sentence, not a word (AD-28).
    static let judgement = TextLimits(least: 20)
  }
}
