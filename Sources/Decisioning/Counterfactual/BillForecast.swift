import Facts
import Values

/// The bills that a customer is supposed to get and to pay in time while a date is looked for.
///
/// One a month like the last one. Bills stop with the last contract; where no contracts are kept, somebody who had no
/// bill for two months gets none. Who has had no bill yet, and has a contract or whose order goes ahead, gets the
/// first one in a month.
enum BillForecast {
  /// The bills that are here and not yet due, and those supposed to come up to the horizon, in the order of issue.
  ///
  /// - Parameters:
  ///   - startsNow: whether supply begins, so that there will be a first bill.
  ///   - firstDueIn: the days from issue to due date of a first bill.
  static func bills(
    _ facts: CustomerFacts, ledger: Ledger?, from today: CivilDate, until horizon: CivilDate,
    startsNow: Bool, firstDueIn: Int
  ) -> [ExpectedBill] {
    var bills: [ExpectedBill] = []
    for invoice in ledger?.invoices ?? [] where invoice.due >= today {
      let open = invoice.outstanding - invoice.disputed
      guard open > .zero, let currency = ledger?.currency else { continue }
      bills.append(
        ExpectedBill(
          invoice: invoice.id, issued: invoice.issued, due: invoice.due, amount: Money(open, currency)))
    }
    bills.sort { ($0.issued, $0.due) < ($1.issued, $1.due) }
    let last = ledger?.lastBill
    guard let end = lastDay(of: facts, from: today, until: horizon, last: last, startsNow: startsNow),
      var next = pattern(last, currency: ledger?.currency, from: today, firstDueIn: firstDueIn)
    else { return bills }
    let first = next
    var month = 0
    while next.issued <= end {
      if next.issued > today { bills.append(next) }
      month += 1
      guard let issued = first.issued.adding(months: month), let due = first.due.adding(months: month),
        month <= 1200
      else { break }
      next.issued = issued
      next.due = due
    }
    return bills
  }

  /// The last day on which a bill can be issued; nil where none is supposed to come.
  private static func lastDay(
    of facts: CustomerFacts, from today: CivilDate, until horizon: CivilDate, last: InvoiceStanding?,
    startsNow: Bool
  ) -> CivilDate? {
    guard !facts.contracts.isEmpty else {
      guard let last else { return startsNow ? horizon : nil }
      guard let next = last.issued.adding(months: 2), next > today else { return nil }
      return horizon
    }
    let ends = facts.contracts.map { $0.fact.end.map { min($0, horizon) } ?? horizon }
    guard let end = ends.max(), end > today else { return nil }
    return end
  }

  /// The bill that the coming ones are like, dated so that a whole number of months leads to each of them.
  private static func pattern(
    _ last: InvoiceStanding?, currency: Currency?, from today: CivilDate, firstDueIn: Int
  ) -> ExpectedBill? {
    if let last, let currency {
      // A bill of long ago is moved on by whole months, so that the search for the next one is short.
      let passed = max(0, last.issued.wholeMonths(until: today))
      guard let issued = last.issued.adding(months: passed), let due = last.due.adding(months: passed) else {
        return nil
      }
      return ExpectedBill(issued: issued, due: due, amount: Money(last.amount, currency))
    }
    guard let issued = today.adding(months: 1), let due = issued.adding(days: firstDueIn) else { return nil }
    return ExpectedBill(issued: issued, due: due, amount: nil)
  }
}

extension Ledger {
  /// The bill issued last, the one due last and greatest among equals; bills of 0 are none.
  fileprivate var lastBill: InvoiceStanding? {
    invoices.filter { $0.amount > .zero }.max {
      ($0.issued, $0.due, $0.amount) < ($1.issued, $1.due, $1.amount)
    }
  }
}
