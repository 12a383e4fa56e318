import SQLite
import Values

extension DecisionStore {
  /// What people's judgements a decision could know of and has to heed, by the keys of the customers.
  ///
  /// For each customer that of the newest decision by a person that holds for the business date or an earlier one: the
  /// one about the same order before the one about the customer. Few customers have any.
  ///
  /// - Parameters:
  ///   - keys: the keys of the customers.
  ///   - order: the reference of the order that is asked about.
  ///   - businessDate: a judgement is heeded from the business date of the decision that it was made about, so that a
  ///     pass which makes up for a day in between does not wipe it out.
  ///   - knownAt: judgements recorded later are not known.
  ///   - sequence: the last write that can be seen.
  public static func judgements(
    customerKeys keys: [Int], order: String? = nil, on businessDate: CivilDate, knownAt: Instant,
    sequence: Int, in reader: Reader
  ) throws(DecisionStoreError) -> [Int: GivenJudgement] {
    guard let first = keys.min(), let last = keys.max() else { return [:] }
    // Asked with every decision, and nearly nobody has one: one look at a small index, a tenth of the whole query.
    let isAny = try DecisionStoreError.wrapping { () throws(SQLiteError) in
      try reader.integer(
        """
        SELECT 1 FROM decision INDEXED BY decision_by_person
        WHERE kind = 'human' AND customer BETWEEN ? AND ? LIMIT 1
        """, first, last) != nil
    }
    if !isAny { return [:] }
    let wanted = Set(keys)
    var given: [Int: GivenJudgement] = [:]
    let records = try many(
      """
      WHERE d.id IN (SELECT id FROM decision INDEXED BY decision_by_person
          WHERE kind = 'human' AND customer BETWEEN ?1 AND ?2)
        AND d.sequence <= ?3 AND w.at <= ?4
      ORDER BY d.customer, d.id
      """, first, last, sequence, knownAt.microseconds, in: reader)
    var aboutOrder: [Int: GivenJudgement] = [:]
    // The newest comes last.
    for record in records where wanted.contains(record.customerKey) {
      guard let judgement = record.content.judgement?.judgement, record.content.businessDate <= businessDate
      else { continue }
      // Who approves or lifts a restriction says nothing about the rating, unless they set it.
      if record.content.proposal != nil, !(judgement.overrules && judgement.scope == .customer) { continue }
      let standing = GivenJudgement.standing(judgement, PolicyVerdict(record.content))
      if record.content.order == nil || judgement.scope == .customer {
        given[record.customerKey] = standing
      } else if record.content.order?.reference == order, judgement.overrules {
        aboutOrder[record.customerKey] = standing
      }
    }
    return given.merging(aboutOrder) { _, order in order }
  }
}
