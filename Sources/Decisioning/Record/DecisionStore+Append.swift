import AuditLog
import Formats
import SQLite
import Values

/// A decision as it was recorded.
public struct AppendedDecision: Sendable {
  /// Its number.
  public let id: DecisionID
  /// What was recorded: the entry as it was handed over, or that of a referral where automated decisions are stopped.
  public let entry: DecisionEntry
  /// SHA-256 of the stored bytes of the content.
  public let contentHash: Digest
  /// The ids of the provisions that allow it.
  public let legalBasis: [String]
  /// The earlier decision about the same matter, in whose place it stands.
  public let supersedes: DecisionID?
}

extension DecisionStore {
  /// Stores a decision, enters it in the audit log, and gives its number.
  ///
  /// While automated decisions are stopped, one is stored as a referral, whatever it was when it was made.
  ///
  /// The caller has begun the write transaction with this sequence number and stored the rule set in it or before.
  public static func append(
    _ draft: DecisionDraft, _ ruleSet: RuleSet, ruleSetKey: Int, sequence: Int, audit: AuditLog,
    in transaction: WriteTransaction
  ) throws(SQLiteError) -> DecisionID {
    let appended = try append(
      [draft.entry], ruleSet, ruleSetKey: ruleSetKey, sequence: sequence, audit: audit, in: transaction)
    guard let id = appended.first?.id else {
      throw SQLiteError(.other, message: "a decision without a number", path: transaction.path)
    }
    return id
  }

  /// Stores decisions of one rule set in their order, and enters them all in one entry of the audit log.
  ///
  /// Of two about the same matter the later stands in the place of the earlier.
  ///
  /// - Parameter about: what else the entry is to tell, as for whom they were made.
  public static func append(
    _ entries: [DecisionEntry], _ ruleSet: RuleSet, ruleSetKey: Int, sequence: Int, audit: AuditLog,
    about: JSONObject = JSONObject(), in transaction: WriteTransaction
  ) throws(SQLiteError) -> [AppendedDecision] {
    if entries.isEmpty { return [] }
    let stops = try StopSwitch.inForce(in: transaction)
    let index = try DecisionIndex(transaction)
    var row = try DecisionRow(transaction)
    var last = try transaction.integer("SELECT max(id) FROM decision") ?? 0
    var basis: (question: LegalQuestion, ids: [String], text: String)?
    var appended: [AppendedDecision] = []
    appended.reserveCapacity(entries.count)
    var note = AuditNote(.decision, about: about)
    note.customers.reserveCapacity(entries.count)
    note.rows.reserveCapacity(entries.count)
    for made in entries {
      guard let entry = made.obeying(stops, ruleSet) else {
        throw SQLiteError(.other, message: "a decision of another rule set", path: transaction.path)
      }
      let question = LegalQuestion(purpose: entry.purpose, date: entry.businessDate)
      // Nearly always that of the decision before.
      if basis?.question != question {
        let ids = ruleSet.law.legalBasis(entry.purpose, on: entry.businessDate)
        basis = (question, ids, ids.joined(separator: " "))
      }
      last += 1
      let decision = AppendedDecision(
        id: DecisionID(last), entry: entry, contentHash: SHA256.hash(entry.bytes),
        legalBasis: basis?.ids ?? [],
        supersedes: try index.newest(entry.matter).map(DecisionID.init))
      note.rows.append(
        try row.store(decision, legalBasis: basis?.text ?? "", ruleSetKey: ruleSetKey, sequence: sequence))
      note.customers.append(entry.customerKey)
      index.add(last, entry.matter, ratedOn: entry.isRated ? entry.businessDate.dayNumber : nil)
      appended.append(decision)
    }
    try FeatureSnapshotStore.outdate(by: entries, in: transaction)
    try audit.append(note, in: transaction)
    return appended
  }

  private struct LegalQuestion: Equatable {
    let purpose: DecisionPurpose
    let date: CivilDate
  }
}

/// Stores rows of the table of decisions: each value goes into the statement and into the digest of the row.
private struct DecisionRow {
  private let statement: Statement
  private var image = AuditedRowImage(.decision, key: 0)
  private var position = 0
  /// The texts that are bound, by their positions: most are those of the row before, and stay bound.
  private var texts = [String?](repeating: nil, count: insertedColumns.count + 1)

  private static let insertedColumns = AuditedTable.decision.hashedColumns.flatMap(\.columns)
  private static let insertion: String = {
    let places = insertedColumns.map { _ in "?" }.joined(separator: ", ")
    return "INSERT INTO decision (\(insertedColumns.joined(separator: ", "))) VALUES (\(places))"
  }()

  init(_ transaction: WriteTransaction) throws(SQLiteError) {
    statement = try transaction.prepare(Self.insertion)
  }

  mutating func store(
    _ decision: AppendedDecision, legalBasis: String, ruleSetKey: Int, sequence: Int
  ) throws(SQLiteError) -> AuditedRow {
    let (entry, standing) = (decision.entry, decision.entry.standing)
    image.begin(decision.id.number)
    position = 0
    // In the order of `AuditedTable.decision`.
    try add(decision.id.number)
    try add(entry.customerKey)
    try add(sequence)
    try add(entry.readSequence)
    try add(entry.knownAt.microseconds)
    try add(entry.businessDate.dayNumber)
    try add(ruleSetKey)
    try add(entry.outcome.rawValue)
    try add(entry.rating)
    try add(entry.score?.description)
    try add(entry.bytes, digest: decision.contentHash)
    try add(decision.contentHash)
    try add(entry.kind.rawValue)
    try add(entry.purpose.rawValue)
    try add(legalBasis)
    try add(decision.supersedes?.number)
    try add(entry.matterReference)
    try add(standing?.since.dayNumber)
    try add(standing?.downgradedOn?.dayNumber)
    try add(entry.validUntil?.dayNumber)
    try statement.run()
    return AuditedRow(image)
  }

  private mutating func add(_ value: Int?) throws(SQLiteError) {
    position += 1
    image.add(value)
    try statement.bind(position, value)
  }

  private mutating func add(_ value: String?) throws(SQLiteError) {
    position += 1
    image.add(value)
    // Byte by byte: two spellings of an accented letter are one text to Swift and two to the digest.
    if let value, let bound = texts[position], value.utf8.elementsEqual(bound.utf8) { return }
    try statement.bind(position, value)
    texts[position] = value
  }

  private mutating func add(_ value: [UInt8], digest: Digest) throws(SQLiteError) {
    position += 1
    image.add(digest: digest, of: value)
    try statement.bind(position, value)
  }

  private mutating func add(_ value: Digest) throws(SQLiteError) {
    position += 1
    image.add(value)
    try value.withBytes { bytes throws(SQLiteError) in try statement.bind(position, bytes) }
  }
}
