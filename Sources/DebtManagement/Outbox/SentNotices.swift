import AuditLog
import FactStore
import Facts
import SQLite
import Values

/// Enters notices that have left as facts: what the ladder and the law count by.
enum SentNotices {
  static let source = DebtFacts.source

  /// Enters the notices among effects that have just been noted as sent.
  ///
  /// One that is sent once more says nothing new: the first sending is what counts.
  ///
  /// - Returns: the batch, for the audit log to vouch for; nothing where there was no notice.
  static func enter(
    _ sent: [StoredEffect], on day: CivilDate, in write: StoreTransaction
  ) throws(OutboxError) -> [AuditedRow] {
    var facts: [Fact] = []
    for found in sent {
      guard case .letter(let notice) = found.effect.kind, try isFirst(found, in: write) else { continue }
      facts += try Self.facts(found.effect, notice, on: day, in: write)
    }
    if facts.isEmpty { return [] }
    do throws(StoreError) {
      try write.source(named: source, purpose: OutboxSender.purpose)
      let batch = try write.openBatch(
        BatchDescription(
          source: source, file: nil, digest: nil, layout: "outbox", knownFrom: write.at))
      for fact in facts { _ = try write.store(fact, in: batch, line: nil) }
      try write.complete(batch, rows: facts.count)
      return [AuditedRow(.batch, batch.key)]
    } catch {
      throw .facts(error)
    }
  }

  private static func isFirst(_ found: StoredEffect, in write: StoreTransaction) throws(OutboxError) -> Bool {
    try OutboxError.wrapping { () throws(SQLiteError) in
      try write.sql.integer(
        "SELECT count(*) FROM effect_event WHERE effect = ? AND state = 'sent'", found.number) == 1
    }
  }

  private static func facts(
    _ effect: Effect, _ notice: Effect.Notice, on day: CivilDate, in write: StoreTransaction
  ) throws(OutboxError) -> [Fact] {
    let reference: CustomerReference?
    do { reference = try write.reader.reference(of: effect.customerKey) } catch { throw .facts(error) }
    guard let customer = reference else { return [] }
    let amount = effect.amount
    return [
      .debtNotice(
        DebtNotice(
          id: effect.id, customer: customer,
          invoice: effect.invoices.count == 1 ? effect.invoices.first : nil, sent: day,
          channel: notice.channel, amount: amount.money, type: notice.type, contract: effect.contract,
          deadline: notice.deadline, principal: amount.principal, interest: amount.interest,
          penalty: amount.penalty, costs: amount.costs, addressKind: notice.addressKind,
          contentHash: notice.letter.contentHash, template: notice.letter.template,
          language: notice.language)),
      .noticeDelivery(
        NoticeDelivery(
          id: effect.id + "-sent", customer: customer, notice: effect.id, event: .sent, date: day)),
    ]
  }
}
