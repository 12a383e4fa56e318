import SQLite
import Values

/// The decisions about one order of a customer, or about the customer alone, each in the place of the one before.
public struct DecisionChain: Hashable, Sendable {
  /// The store's key of the customer.
  public var customerKey: Int
  /// The reference of the order; nil for the decisions that name none.
  public var orderReference: String?
  /// The decision that stands.
  public var newest: DecisionID
}

extension DecisionStore {
  /// The chain that a decision belongs to; nil where there is no such decision.
  public static func chain(of id: DecisionID, in reader: Reader) throws(SQLiteError) -> DecisionChain? {
    let found = try reader.first("SELECT customer, order_reference FROM decision WHERE id = ?", id.number) {
      row throws(SQLiteError) in
      DecisionMatter(customer: try row.integer(0), order: try row.optionalText(1))
    }
    guard let matter = found, let newest = try DecisionIndex(reader).newest(matter) else { return nil }
    return DecisionChain(
      customerKey: matter.customer, orderReference: matter.order, newest: DecisionID(newest))
  }

  /// The chain that a decision belongs to which this transaction has stored.
  public static func chain(of decision: AppendedDecision, in reader: Reader) throws(SQLiteError)
    -> DecisionChain
  {
    let matter = decision.entry.matter
    let newest = try DecisionIndex(reader).newest(matter, expected: decision.id.number).map(
      DecisionID.init)
    return DecisionChain(
      customerKey: matter.customer, orderReference: matter.order, newest: newest ?? decision.id)
  }

  /// The decisions of a chain that people made, newest first.
  public static func humanDecisions(
    in chain: DecisionChain, _ reader: Reader
  ) throws(DecisionStoreError) -> [DecisionRecord] {
    let ids = try DecisionStoreError.wrapping { () throws(SQLiteError) in
      try reader.all(
        """
        SELECT id FROM decision INDEXED BY decision_by_person
        WHERE kind = 'human' AND customer = ? AND order_reference IS ? ORDER BY id DESC
        """, chain.customerKey, chain.orderReference
      ) { row throws(SQLiteError) in DecisionID(try row.integer(0)) }
    }
    var records: [DecisionRecord] = []
    for id in ids { if let record = try decision(id, in: reader) { records.append(record) } }
    return records
  }

  /// The version of the rule set that made a decision; nil where there is no such decision.
  public static func ruleSet(of id: DecisionID, in reader: Reader) throws(SQLiteError) -> Digest? {
    try reader.first(
      "SELECT r.version FROM decision AS d JOIN rule_set AS r ON r.key = d.rule_set WHERE d.id = ?", id.number
    ) { row throws(SQLiteError) in try row.withBlob(0) { Digest(memory: $0) } }.flatMap(\.self)
  }
}
