import Facts
import Values

/// What happens to a customer by itself: bills, what is paid of them, and what befalls anybody.
struct DebtLife {
  private let world: DebtWorld
  private let customer: DebtCustomer
  private var chance: DebtChance
  private(set) var events: [DebtEvent] = []
  /// The days on which to look at the customer.
  private(set) var looks: [CivilDate] = []
  /// The days on which bills are due.
  private(set) var dues: [CivilDate] = []
  /// What was billed, by invoice.
  private(set) var bills: [String: Money] = [:]

  init(_ customer: DebtCustomer, _ world: DebtWorld) {
    self.world = world
    self.customer = customer
    chance = world.chance("life \(customer.number)")
    for contract in customer.contracts { bill(contract) }
    befall()
    for contract in customer.contracts {
      if let contest = world.contest(of: contract.id) {
        looks += [CivilDate(dayNumber: contest.lowerBound), CivilDate(dayNumber: contest.upperBound)]
      }
    }
  }

  private mutating func add(_ day: CivilDate, _ fact: Fact, matters: Bool = true) {
    let hour: DebtEvent.Hour =
      matters
      ? chance.pick([(6, .morning), (1, .afterPlan), (1, .beforeSending), (2, .evening)], or: .morning)
      : .morning
    events.append(DebtEvent(day: day, hour: hour, fact: fact, customer: customer.number, matters: matters))
  }

  /// A bill a month; those of one spell of months are paid as the customer's temper is, all others in time.
  private mutating func bill(_ contract: Contract) {
    let base = customer.isHousehold ? chance.number(2_500...16_000) : chance.number(6_000...250_000)
    let offset = chance.number(0...27)
    let months = world.days / 30 + 1
    let start = chance.number(0...max(0, min(months - 1, world.mix == .portfolio ? months : 1)))
    let spell = start...start + (customer.temper == .never ? months : chance.number(1...4))
    for month in 0..<months {
      let issued = world.first.after(month * 30 + offset)
      guard issued < world.end else { return }
      let due = issued.after(chance.number(14...20))
      let amount = Money.cents(base + chance.number(0...2_000))
      let id = "R-\(contract.id.dropFirst(2))-\(month)"
      var invoice = Invoice(
        id: id, customer: customer.reference, contract: contract.id, issued: issued, due: due, amount: amount,
        subject: customer.setting == .estonianOperator ? .network : .supply)
      bills[id] = amount
      dues.append(due)
      add(issued, .invoice(invoice), matters: false)
      let isTroubled = spell.contains(month) && customer.temper != .prompt
      if isTroubled { looks += [due.after(1), due.after(3)] }
      pay(invoice, isTroubled ? customer.temper : .prompt)
      if isTroubled, chance.happens(world.rate(10, trouble: 30)) {
        // It was too much: what is known from now on is less.
        invoice.amount = .cents((base + 500) / 2)
        add(due.after(chance.number(20...60)), .invoice(invoice))
      }
    }
  }

  private mutating func pay(_ invoice: Invoice, _ temper: DebtCustomer.Temper) {
    func payment(_ part: Int, _ day: CivilDate, _ amount: Money, named: Bool) -> Fact {
      .payment(
        Payment(
          id: "M-\(invoice.id)-\(part)", customer: customer.reference, date: day, amount: amount,
          invoice: named ? invoice.id : nil))
    }
    switch temper {
    case .prompt:
      add(
        invoice.due.after(-chance.number(0...5)),
        payment(0, invoice.due.after(-5), invoice.amount, named: true), matters: false)
    case .late:
      let day = invoice.due.after(chance.number(1...45))
      add(day, payment(0, day, invoice.amount, named: chance.happens(800)))
    case .parts:
      let half = Money(
        invoice.amount.amount.divided(by: 2)?.rounded(scale: 2, .down) ?? 0, invoice.amount.currency)
      let days = [chance.number(2...30), chance.number(31...120)]
      add(
        invoice.due.after(days[0]), payment(0, invoice.due.after(days[0]), half, named: chance.happens(600)))
      // Some leave a little open.
      let rest =
        invoice.amount.amount - half.amount - (chance.happens(300) ? Decimal(chance.number(2...25)) : 0)
      add(
        invoice.due.after(days[1]),
        payment(1, invoice.due.after(days[1]), Money(max(1, rest), half.currency), named: chance.happens(600))
      )
    case .never, .after: break
    }
  }

  /// What befalls a customer whatever they owe.
  private mutating func befall() {
    let (id, who) = (customer.number.dropFirst(2), customer.reference)
    func day() -> CivilDate { world.first.after(chance.number(10...max(11, world.days - 1))) }
    func later(_ day: CivilDate, _ range: ClosedRange<Int>) -> CivilDate? {
      chance.happens(700) ? day.after(chance.number(range)) : nil
    }
    for (kind, portfolio, trouble) in [
      (Protection.Kind.protectedUser, 12, 40), (.energyPoor, 12, 40), (.temporaryInsolvency, 15, 60),
      (.dataRestricted, 4, 30), (.deceased, 4, 20),
    ] where customer.isHousehold && chance.happens(world.rate(portfolio, trouble: trouble)) {
      let from = day()
      let until = kind == .deceased ? nil : later(from, 20...90)
      // Told some days after it began.
      add(
        from.after(chance.number(0...5)),
        .protection(
          Protection(
            id: "U-\(id)-\(kind)", customer: who, kind: kind, from: from, until: until, withProof: true)))
    }
    if chance.happens(world.rate(6, trouble: 40)) {
      let since = day()
      let until = later(since, 30...120)
      let entry = RegisterEntry(
        id: "X-\(id)", customer: who, register: "insolvency", type: .insolvency, since: since, until: until)
      add(since.after(chance.number(0...4)), .registerEntry(entry))
    }
    if chance.happens(world.rate(10, trouble: 60)) {
      let from = day()
      add(
        from,
        .hold(
          Hold(
            id: "H-\(id)", customer: who, contract: chance.happens(500) ? customer.contracts.first?.id : nil,
            from: from,
            until: later(from, 5...40), reason: "meter is being checked", placedBy: "clerk")))
    }
    if let contract = customer.contracts.last, chance.happens(world.rate(8, trouble: 40)) {
      let date = day()
      add(
        date,
        .claimAssignment(
          ClaimAssignment(
            id: "S-\(id)", customer: who, contract: contract.id, date: date, collector: "Collector",
            returned: later(date, 20...80))))
    }
    if let contract = customer.contracts.first, !customer.isHousehold, chance.happens(100) {
      let date = day()
      add(
        date,
        .deposit(
          Deposit(id: "D-\(id)", customer: who, contract: contract.id, date: date, amount: .cents(50_000))))
    }
  }
}
