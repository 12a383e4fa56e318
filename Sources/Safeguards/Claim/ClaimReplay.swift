import Facts
import Values

/// What is open of each invoice at the end of a day, found by walking through the days one by one.
///
/// Deliberately plain and deliberately not `Facts.Ledger`: the two are written apart and compared by a test. Deposits
/// are no money received. The rules are those of the ledger: money settles the invoice that it names, then the oldest
/// due; what is left is credit; what is disputed is settled only by money that names it; a reversal takes all back.
struct ClaimReplay {
  private(set) var bills: [ClaimBill] = []
  private var disputes: [String: [Dispute]] = [:]
  private var coins: [Coin] = []
  private let currency: Currency

  /// Money or credit, and where it went.
  private struct Coin {
    let record: String
    let date: CivilDate
    let isPayment: Bool
    var left: Decimal
    let invoice: String?
    var spent: [(bill: Int, amount: Decimal)] = []
    var isReversed = false
  }

  init(_ facts: CustomerFacts, until last: CivilDate, currency: Currency) {
    // Two sources that tell of one invoice bill it once, and what they tell of one payment is paid once.
    let facts = facts.countedOnce
    self.currency = currency
    collectBills(facts, last)
    collectCoins(facts, last)
    let returns = reversals(facts, last)
    var days = Set(bills.map(\.issued) + coins.map(\.date) + returns.map(\.day))
    for dispute in facts.disputes.map(\.fact) where dispute.opened <= last {
      disputes[dispute.invoice, default: []].append(dispute)
      days.insert(dispute.opened)
      if let closed = dispute.closed, closed <= last { days.insert(closed) }
    }
    for day in days.sorted() {
      for bill in bills.indices where bills[bill].issued == day {
        for coin in coins.indices
        where coins[coin].date < day && coins[coin].invoice.map({ place(of: $0) == bill }) ?? false {
          pay(bill, with: coin, at: day, upTo: outstanding(bill))
        }
      }
      useCredit(at: day, of: coins.indices.filter { coins[$0].date < day })
      for coin in coins.indices where coins[coin].date == day {
        if let name = coins[coin].invoice, let bill = place(of: name), bills[bill].issued <= day {
          pay(bill, with: coin, at: day, upTo: outstanding(bill))
        }
        payOldest(with: coin, at: day)
      }
      for reversal in returns where reversal.day == day { takeBack(reversal.coin, reversal.record, at: day) }
      useCredit(at: day, of: coins.indices.filter { coins[$0].date <= day })
    }
  }

  /// The bill of an invoice number; the first by priority where a number was given twice.
  func bill(_ id: String) -> ClaimBill? { place(of: id).map { bills[$0] } }

  private func place(of id: String) -> Int? { bills.firstIndex { $0.id == id } }
  private func outstanding(_ bill: Int) -> Decimal { bills[bill].outstanding }

  private mutating func collectBills(_ facts: CustomerFacts, _ last: CivilDate) {
    let invoices = facts.invoices.filter {
      $0.fact.issued <= last && $0.fact.amount.currency == currency && $0.fact.amount.amount >= 0
    }
    let inOrder = invoices.sorted { one, other in
      let (left, right) = (one.fact, other.fact)
      if left.due != right.due { return left.due < right.due }
      if left.issued != right.issued { return left.issued < right.issued }
      if left.id != right.id { return left.id < right.id }
      if left.amount.amount != right.amount.amount { return left.amount.amount < right.amount.amount }
      return one.provenance.source < other.provenance.source
    }
    bills = inOrder.map(\.fact).map {
      ClaimBill(
        id: $0.id, issued: $0.issued, due: $0.due, subject: $0.subject ?? .supply, billed: $0.amount.amount)
    }
  }

  private mutating func collectCoins(_ facts: CustomerFacts, _ last: CivilDate) {
    var ranked: [(rank: Int, coin: Coin)] = []
    func add(_ rank: Int, _ record: String, _ date: CivilDate, _ amount: Money, _ invoice: String?) {
      guard date <= last, amount.currency == currency else { return }
      ranked.append(
        (rank, Coin(record: record, date: date, isPayment: rank == 2, left: amount.amount, invoice: invoice)))
    }
    for invoice in facts.invoices.map(\.fact) where invoice.amount.amount < 0 {
      add(0, invoice.id, invoice.issued, Money(-invoice.amount.amount, invoice.amount.currency), nil)
    }
    for note in facts.creditNotes.map(\.fact) where note.amount.amount > 0 {
      add(1, note.id, note.issued, note.amount, note.invoice)
    }
    for payment in facts.payments.map(\.fact) where payment.amount.amount > 0 {
      add(2, payment.id, payment.date, payment.amount, payment.invoice)
    }
    coins = ranked.sorted { one, other in
      if one.coin.date != other.coin.date { return one.coin.date < other.coin.date }
      if one.rank != other.rank { return one.rank < other.rank }
      if one.coin.record != other.coin.record { return one.coin.record < other.coin.record }
      if one.coin.left != other.coin.left { return one.coin.left < other.coin.left }
      return (one.coin.invoice ?? "") < (other.coin.invoice ?? "")
    }.map(\.coin)
  }

  /// The payments taken back and when: each once, and never before it came.
  private func reversals(
    _ facts: CustomerFacts, _ last: CivilDate
  ) -> [(coin: Int, record: String, day: CivilDate)] {
    var taken: [(coin: Int, record: String, day: CivilDate)] = []
    let inOrder = facts.reversals.map(\.fact).filter { $0.date <= last }
      .sorted { ($0.date, $0.id, $0.payment) < ($1.date, $1.id, $1.payment) }
    for reversal in inOrder {
      guard let coin = coins.firstIndex(where: { $0.isPayment && $0.record == reversal.payment }),
        !taken.contains(where: { $0.coin == coin })
      else { continue }
      taken.append((coin, reversal.id, max(reversal.date, coins[coin].date)))
    }
    return taken.sorted { ($0.day, $0.coin) < ($1.day, $1.coin) }
  }

  private mutating func useCredit(at day: CivilDate, of held: [Int]) {
    for coin in held { payOldest(with: coin, at: day) }
  }

  private mutating func payOldest(with coin: Int, at day: CivilDate) {
    guard coins[coin].left > 0 else { return }
    for bill in bills.indices where bills[bill].issued <= day {
      pay(bill, with: coin, at: day, upTo: outstanding(bill) - disputed(bill, at: day))
    }
  }

  private func disputed(_ bill: Int, at day: CivilDate) -> Decimal {
    var part: Decimal = 0
    for dispute in disputes[bills[bill].id] ?? [] where place(of: dispute.invoice) == bill {
      let opened = max(dispute.opened, bills[bill].issued)
      guard opened <= day, dispute.closed.map({ day < $0 && opened < $0 }) ?? true else { continue }
      guard let amount = dispute.amount, amount.currency == currency else { return outstanding(bill) }
      part += amount.amount
    }
    return min(part, outstanding(bill))
  }

  private mutating func pay(_ bill: Int, with coin: Int, at day: CivilDate, upTo most: Decimal) {
    let amount = min(coins[coin].left, most)
    guard amount > 0, !coins[coin].isReversed else { return }
    coins[coin].left -= amount
    coins[coin].spent.append((bill, amount))
    bills[bill].settlements.append(.init(record: coins[coin].record, date: day, amount: amount))
  }

  private mutating func takeBack(_ coin: Int, _ record: String, at day: CivilDate) {
    for (bill, amount) in coins[coin].spent {
      bills[bill].settlements.append(.init(record: record, date: day, amount: -amount))
    }
    coins[coin].left = 0
    coins[coin].isReversed = true
  }
}
