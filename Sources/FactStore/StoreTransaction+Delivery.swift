import Facts
import SQLite
import Values

extension StoreTransaction {
  /// Refuses a proof that is older than its notice, where that is known already; files may come in any order.
  ///
  /// The proof may be of another source than the notice. Where several have a notice of this id, the one sent first counts.
  func refuseEarlyProof(_ delivery: NoticeDelivery, knownFrom: Instant) throws(StoreError) {
    let day = try StoreError.wrapping { () throws(SQLiteError) -> Int? in
      guard let customer = try key(of: Identity(delivery.customer)) else { return nil }
      return try sql.integer(
        """
        SELECT min(f.true_from) FROM debt_notice AS f JOIN batch AS b ON b.key = f.batch
        WHERE f.customer = ?1 AND f.id = ?2 AND f.known_from <= ?3 AND NOT EXISTS (
          SELECT 1 FROM debt_notice AS g JOIN batch AS c ON c.key = g.batch AND c.source = b.source
          WHERE g.customer = ?1 AND g.id = ?2 AND g.known_from <= ?3
            AND (g.known_from, g.fact) > (f.known_from, f.fact))
        """, customer, delivery.notice, knownFrom.microseconds)
    }
    guard let day, delivery.date.dayNumber < day else { return }
    throw .proofBeforeSending(notice: delivery.notice, sent: CivilDate(dayNumber: day))
  }
}
