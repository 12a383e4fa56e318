import Facts
import Values

/// What is open of each invoice at the end of a day: the judges' own sum, plain and slow, that of nobody who is judged.
///
/// What two sources tell counts once: in an invented world a number is given once.
/// Money goes to the invoice that it names, then to the oldest due; what is left waits for the next bill. What is disputed
/// is reached only by money that names it. A reversal takes all back that a payment has given.
struct OpenBills {
  private var bills: [Bill] = []
  private var coins: [Coin] = []

  private struct Bill {
    let id: String, issued: CivilDate, due: CivilDate
    var open: Decimal
  }

  private struct Coin {
    let id: String, date: CivilDate, names: String?
    var left: Decimal
    var given: [(bill: Int, amount: Decimal)] = []
  }

  init(_ facts: CustomerFacts, on last: CivilDate) {
    func once<Content>(_ records: [Recorded<Content>]) -> [Content] {
      Dictionary(grouping: records, by: \.record).values
        .compactMap { $0.min { $0.provenance.source < $1.provenance.source }?.fact }
    }
    bills = once(facts.invoices).filter { $0.issued <= last }
      .map { Bill(id: $0.id, issued: $0.issued, due: $0.due, open: $0.amount.amount) }
      .sorted { ($0.due, $0.issued, $0.id) < ($1.due, $1.issued, $1.id) }
    coins = once(facts.payments).filter { $0.date <= last }
      .map { Coin(id: $0.id, date: $0.date, names: $0.invoice, left: $0.amount.amount) }
      .sorted { ($0.date, $0.id) < ($1.date, $1.id) }
    let returns = once(facts.reversals).filter { $0.date <= last }
    let disputes = facts.disputes.map(\.fact)
    let days =
      bills.map(\.issued) + coins.map(\.date) + returns.map(\.date) + disputes.map(\.opened)
      + disputes.compactMap(\.closed)
    for day in Set(days).sorted() where day <= last {
      for coin in coins.indices where coins[coin].date < day {
        if let named = place(coins[coin].names), bills[named].issued == day {
          give(coin, to: named, bills[named].open)
        }
      }
      // Money of the day itself goes first to what it names.
      for coin in coins.indices where coins[coin].date < day { spread(coin, day, disputes) }
      for coin in coins.indices where coins[coin].date == day {
        if let named = place(coins[coin].names), bills[named].issued <= day {
          give(coin, to: named, bills[named].open)
        }
        spread(coin, day, disputes)
      }
      for back in returns where back.date == day {
        guard let coin = coins.firstIndex(where: { $0.id == back.payment }) else { continue }
        for (bill, amount) in coins[coin].given { bills[bill].open += amount }
        coins[coin].given = []
        coins[coin].left = 0
      }
      for coin in coins.indices where coins[coin].date <= day { spread(coin, day, disputes) }
    }
  }

  /// What is open of an invoice; nil where it is not known.
  subscript(_ id: String) -> Decimal? { bills.first { $0.id == id }?.open }

  private func place(_ id: String?) -> Int? { id.flatMap { id in bills.firstIndex { $0.id == id } } }

  private mutating func spread(_ coin: Int, _ day: CivilDate, _ disputes: [Dispute]) {
    for bill in bills.indices where bills[bill].issued <= day && coins[coin].left > 0 {
      let open = disputes.filter {
        $0.invoice == bills[bill].id && $0.opened <= day && ($0.closed.map { day < $0 } ?? true)
      }
      let isWhole = open.contains { $0.amount == nil }
      let part = isWhole ? bills[bill].open : open.reduce(0) { $0 + ($1.amount?.amount ?? 0) }
      give(coin, to: bill, bills[bill].open - part)
    }
  }

  private mutating func give(_ coin: Int, to bill: Int, _ most: Decimal) {
    let amount = min(coins[coin].left, most)
    guard amount > 0 else { return }
    coins[coin].left -= amount
    coins[coin].given.append((bill, amount))
    bills[bill].open -= amount
  }
}

extension CustomerFacts {
  /// Whether the invoices that an effect names are paid at the end of a day, and for gas what restoring costs.
  func isPaid(_ invoices: [String], contract: String?, isGas: Bool, on day: CivilDate) -> Bool {
    let open = OpenBills(self, on: day)
    var named = invoices
    if isGas {
      named += self.invoices.map(\.fact)
        .filter { $0.contract == contract && $0.subject == .restorationCost && $0.issued <= day }.map(\.id)
    }
    return !named.isEmpty && named.allSatisfy { open[$0].map { $0 <= 0 } ?? false }
  }
}
