import SQLite
import Values

/// The columns of a decision before its content is checked and read.
struct StoredDecision: Sendable {
  let id: DecisionID
  let customerKey, sequence, readSequence, ruleSetKey: Int
  let knownAt, recordedAt: Instant
  let businessDate: CivilDate
  let bytes: [UInt8]
  /// The hash that was stored with the bytes; nil where it is none.
  let hash: Digest?
  let actor, kind, purpose, legalBasis: String
  let orderReference: String?
  let supersedes: DecisionID?

  /// The query that the columns are read from.
  static let selection = """
    SELECT d.id, d.customer, d.sequence, d.read_sequence, d.known_at, d.content, d.content_hash, w.actor, w.at,
      d.rule_set, d.kind, d.purpose, d.legal_basis, d.supersedes, d.business_date, d.order_reference
    FROM decision AS d JOIN write AS w ON w.sequence = d.sequence
    """

  init(_ row: Row) throws(SQLiteError) {
    id = DecisionID(try row.integer(0))
    customerKey = try row.integer(1)
    sequence = try row.integer(2)
    readSequence = try row.integer(3)
    knownAt = Instant(microseconds: try row.integer(4))
    bytes = try row.blob(5)
    hash = try row.withBlob(6) { Digest(memory: $0) }
    actor = try row.text(7)
    recordedAt = Instant(microseconds: try row.integer(8))
    ruleSetKey = try row.integer(9)
    kind = try row.text(10)
    purpose = try row.text(11)
    legalBasis = try row.text(12)
    supersedes = try row.optionalInteger(13).map(DecisionID.init)
    businessDate = CivilDate(dayNumber: try row.integer(14))
    orderReference = try row.optionalText(15)
  }

  /// Whether the bytes are those that were hashed when the decision was recorded.
  var isIntact: Bool { hash == SHA256.hash(bytes) }

  /// The decision, checked and read.
  func record(_ layout: RecordLayout) throws(DecisionStoreError) -> DecisionRecord {
    guard isIntact, let hash, let kind = DecisionKind(rawValue: kind),
      let purpose = DecisionPurpose(rawValue: purpose),
      let content = DecisionContent(bytes: bytes, layout: layout)
    else { throw .unreadable(id) }
    return DecisionRecord(
      id: id, customerKey: customerKey, sequence: sequence, readSequence: readSequence, knownAt: knownAt,
      kind: kind, purpose: purpose, legalBasis: legalBasis.split(separator: " ").map(String.init),
      supersedes: supersedes, content: content, contentHash: hash, actor: actor, recordedAt: recordedAt)
  }
}
