import Access
import DebtManagement
import Decisioning
import FactStore
import Facts
import Formats
import SQLite
import Safeguards
import Values

/// What happened about a debt, day by day: bills, money, letters and their proof, what was asked of the operator.
struct DebtTimeline {
  /// One thing that happened.
  struct Entry {
    let date: CivilDate
    /// What kind of thing, in a sign that a terminal draws.
    let sign: String
    let what: String
    let detail: String
    let record: String

    var json: JSONValue {
      [
        "date": .string(date.description), "what": .string(what), "detail": .string(detail),
        "record": .string(record),
      ]
    }
  }

  /// In order of time.
  let entries: [Entry]

  /// - Parameter wrongful: the restrictions that were found to be wrong from the beginning.
  init(
    _ facts: CustomerFacts, _ effects: [StoredEffect], wrongful: Set<String>, contract: String?,
    until day: CivilDate
  ) {
    var entries: [Entry] = []
    func add(_ date: CivilDate?, _ sign: String, _ what: String, _ detail: String, _ record: String) {
      guard let date, date <= day else { return }
      entries.append(Entry(date: date, sign: sign, what: what, detail: detail, record: record))
    }
    func concerns(_ named: String?) -> Bool { contract == nil || named == nil || named == contract }
    let start = Self.start(facts, until: day)
    for bill in facts.invoices.map(\.fact) where concerns(bill.contract) && bill.due >= start {
      add(bill.due, "·", "due", DebtOptions.amount(bill.amount), "invoice:\(bill.id)")
    }
    for payment in facts.payments.map(\.fact) where payment.date >= start {
      add(
        payment.date, "+", "payment",
        DebtOptions.amount(payment.amount) + (payment.invoice.map { " for \($0)" } ?? ""),
        "payment:\(payment.id)")
    }
    for reversal in facts.reversals.map(\.fact) {
      add(reversal.date, "-", "payment returned", reversal.payment, "reversal:\(reversal.id)")
    }
    for notice in facts.debtNotices.map(\.fact) where concerns(notice.contract) {
      add(
        notice.sent, "✉", notice.type.map { LadderStep.word($0) } ?? "notice",
        notice.channel.rawValue + (notice.deadline.map { ", to be paid by \($0)" } ?? ""),
        "debtNotice:\(notice.id)")
    }
    for proof in facts.noticeDeliveries.map(\.fact) {
      add(
        proof.date, "✓", "\(proof.event.rawValue)", proof.notice + (proof.evidence.map { ", \($0)" } ?? ""),
        "noticeDelivery:\(proof.id)")
    }
    for dispute in facts.disputes.map(\.fact) {
      add(dispute.opened, "?", "dispute", dispute.invoice, "dispute:\(dispute.id)")
      add(dispute.closed, "?", "dispute closed", dispute.outcome?.rawValue ?? "", "dispute:\(dispute.id)")
    }
    for complaint in facts.complaints.map(\.fact) where concerns(complaint.contract) {
      add(
        complaint.opened, "?", complaint.kind.rawValue, complaint.invoice ?? "", "complaint:\(complaint.id)")
      add(complaint.repliedOn, "?", "answered", complaint.kind.rawValue, "complaint:\(complaint.id)")
      add(complaint.closed, "?", "\(complaint.kind.rawValue) closed", "", "complaint:\(complaint.id)")
    }
    for plan in facts.paymentPlans.map(\.fact) where concerns(plan.contract) {
      add(plan.agreed, "=", "payment plan agreed", "", "paymentPlan:\(plan.id)")
      add(plan.ended, "=", "payment plan ended", plan.endReason?.rawValue ?? "", "paymentPlan:\(plan.id)")
    }
    for hold in facts.holds.map(\.fact) where concerns(hold.contract) {
      add(hold.from, "‖", "hold", hold.reason, "hold:\(hold.id)")
      add(hold.until, "‖", "hold ended", "", "hold:\(hold.id)")
    }
    for effect in effects where !effect.effect.step.isNotice && concerns(effect.effect.contract) {
      add(
        min(effect.day, day), "▶", effect.effect.step.rawValue,
        effect.state.rawValue + (wrongful.contains(effect.effect.id) ? ", wrongful: it had been paid" : ""),
        effect.effect.id)
    }
    for confirmation in facts.operatorConfirmations.map(\.fact) where concerns(confirmation.contract) {
      add(
        confirmation.date, "◀", "operator: \(confirmation.event.rawValue)", confirmation.request,
        "operatorConfirmation:\(confirmation.id)")
    }
    for sale in facts.claimAssignments.map(\.fact) where concerns(sale.contract) {
      add(sale.date, "→", "claim sold", sale.collector, "claimAssignment:\(sale.id)")
      add(sale.returned, "←", "claim came back", sale.collector, "claimAssignment:\(sale.id)")
    }
    // What happened on one day keeps the order in which it stands above.
    self.entries = entries.enumerated()
      .sorted { ($0.element.date, $0.offset) < ($1.element.date, $1.offset) }.map(\.element)
  }

  /// The first day on which a bill fell due that was not paid in time: what was paid before tells nothing here.
  private static func start(_ facts: CustomerFacts, until day: CivilDate) -> CivilDate {
    let late = Set(facts.invoices.map(\.fact.amount.currency)).flatMap { currency in
      Ledger(facts, businessDate: day, currency: currency).invoices.filter { invoice in
        invoice.due < day && invoice.settledOn.map { $0 > invoice.due } ?? (invoice.outstanding > 0)
      }
    }
    return late.map(\.due).min() ?? day
  }

  func write(to output: TextStream) {
    guard !entries.isEmpty else { return output.line("Nothing has happened yet.") }
    var table = Table([
      .init("date"), .init(""), .init("what"), .init("detail", .left, .wraps), .init("record"),
    ])
    var last: CivilDate?
    for entry in entries {
      table.add([
        .init(entry.date == last ? "" : "\(entry.date)"), .init(entry.sign), .init(visible(entry.what)),
        .init(visible(entry.detail)), .init(visible(entry.record), .dim),
      ])
      last = entry.date
    }
    table.write(to: output)
  }
}

extension LadderStep {
  /// A type of notice in words.
  static func word(_ type: DebtNotice.NoticeType) -> String {
    allCases.first { $0.noticeType == type }?.rawValue ?? "bureau warning"
  }
}
