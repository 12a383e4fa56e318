import Facts
import TestSupport
import Values

/// Customers made up at random: bills with a habit of paying, and now and then everything else that facts know.
struct RandomCustomer {
  private var random: SeededGenerator
  private(set) var facts: CustomerFacts
  /// The same, one by one, to be stored.
  private(set) var all: [Fact] = []
  private let today: CivilDate

  init(seed: UInt64, on today: CivilDate) {
    var random = SeededGenerator(seed: seed)
    self.today = today
    let kind: Customer.Kind = random.number(below: 3) == 0 ? .business : .household
    facts = CustomerFacts()
    let since = CivilDate(dayNumber: today.dayNumber - 30 - random.number(below: 2500))
    self.random = random
    add(
      .customer(
        Customer(number: "R", kind: kind, jurisdiction: chance(2) ? .latvia : .estonia, customerSince: since))
    )
    if !chance(4) {
      let end = chance(10) ? CivilDate(dayNumber: today.dayNumber + number(60)) : nil
      add(
        .contract(Contract(id: "K", customer: .number("R"), commodity: .electricity, start: since, end: end)))
    }
    bills()
    events()
  }

  private mutating func bills() {
    let months = number(20)
    let habit = number(4)
    for month in 0..<months {
      let issued = CivilDate(dayNumber: today.dayNumber - 30 * (months - month) + number(4))
      let due = CivilDate(dayNumber: issued.dayNumber + 14)
      let amount = Money(Decimal(20 + number(80)), .eur)
      let id = "I-\(month)"
      add(.invoice(Invoice(id: id, customer: .number("R"), issued: issued, due: due, amount: amount)))
      if chance(30) {
        add(.dispute(Dispute(id: "D-\(month)", customer: .number("R"), invoice: id, opened: due)))
      }
      let late = habit == 0 ? 0 : chance(3) ? number(habit * 25) : 0
      let paid = CivilDate(dayNumber: due.dayNumber + late)
      // Somebody who stops paying does so for good.
      if paid > today || (habit == 3 && month > months - 4) || chance(25) { continue }
      add(
        .payment(
          Payment(
            id: "P-\(month)", customer: .number("R"), date: paid, amount: amount,
            invoice: chance(3) ? nil : id)))
      if chance(25) {
        let day = CivilDate(dayNumber: min(today.dayNumber, paid.dayNumber + 3))
        add(.reversal(Reversal(id: "B-\(month)", customer: .number("R"), payment: "P-\(month)", date: day)))
      }
      if late > 10 {
        add(.debtNotice(DebtNotice(id: "N-\(month)", customer: .number("R"), sent: paid, channel: .email)))
      }
    }
  }

  private mutating func events() {
    for entry in 0..<(chance(3) ? 1 + number(3) : 0) {
      let reported = CivilDate(dayNumber: today.dayNumber - number(500))
      let cleared =
        chance(2) ? nil : CivilDate(dayNumber: min(today.dayNumber, reported.dayNumber + number(90)))
      add(
        .arrearsEntry(
          ArrearsEntry(
            id: "A-\(entry)", customer: .number("R"), reported: reported,
            ageMonths: chance(2) ? nil : number(4), cleared: cleared)))
    }
    if chance(8) {
      let type = RegisterEntry.EntryType.allCases[number(RegisterEntry.EntryType.allCases.count)]
      let since = CivilDate(dayNumber: today.dayNumber - number(300))
      add(
        .registerEntry(
          RegisterEntry(
            id: "E", customer: .number("R"), register: "register", type: chance(2) ? .taxDebt : type,
            since: since)))
    }
  }

  private mutating func number(_ limit: Int) -> Int { random.number(below: max(1, limit)) }

  private mutating func chance(_ oneIn: Int) -> Bool { number(oneIn) == 0 }

  private mutating func add(_ fact: Fact) {
    all.append(fact)
    facts.append(
      fact, factID: facts.count + 1,
      provenance: Provenance(
        source: "test", contentHash: fact.contentHash, knownFrom: Instant(microseconds: 0), sequence: 1))
  }
}
