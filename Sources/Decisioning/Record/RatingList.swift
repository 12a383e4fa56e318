import SQLite
import Values

/// The newest decision about each customer, as a line of a list.
public struct RatingLine: Hashable, Sendable {
  /// The supplier's customer number.
  public let customer: String
  /// The score as text; nil where there is none.
  public let score: String?
  /// The rating; nil where there is none.
  public let rating: String?
  /// The outcome's word.
  public let outcome: String
  /// The decision.
  public let decision: DecisionID
  /// The key of the customer.
  public let customerKey: Int
  /// The order that it is about; nil where it is about the customer.
  public let orderReference: String?
}

extension DecisionStore {
  /// Hands over the newest decision about each customer in the order of their numbers, without reading its content.
  ///
  /// What was decided about a restriction is no rating and is passed over.
  ///
  /// - Parameter businessDate: only decisions that hold for this day or an earlier one; nil for all.
  public static func eachLatest(
    upTo businessDate: CivilDate? = nil, in reader: Reader, _ body: (RatingLine) -> Void
  ) throws(SQLiteError) {
    let statement = try reader.prepare(
      """
      SELECT i.code, d.score, d.rating, d.outcome, d.id, d.customer, d.order_reference FROM decision AS d
      JOIN identifier AS i ON i.customer = d.customer
      WHERE d.id IN (
        SELECT max(id) FROM decision
        WHERE purpose <> 'restriction' AND (?1 IS NULL OR business_date <= ?1) GROUP BY customer)
      ORDER BY i.code
      """)
    try statement.bindAll(businessDate?.dayNumber)
    while try statement.step() {
      let row = statement.row
      body(
        RatingLine(
          customer: try row.text(0), score: try row.optionalText(1), rating: try row.optionalText(2),
          outcome: try row.text(3), decision: DecisionID(try row.integer(4)),
          customerKey: try row.integer(5), orderReference: try row.optionalText(6)))
    }
  }
}
