import Values

extension CustomerHistory {
  /// Writes what the law asks about a customer, what became of notices, and what a debt that stays comes to.
  mutating func writeDebts(isGas: Bool, hasLeft: Bool) throws(GeneratorError) {
    if !profile.isCompany { try writeHousehold(isGas: isGas) }
    for bill in pursued {
      for notice in bill.notices { try writeDeliveries(notice) }
      try writeInterruption(bill)
    }
    let isFailing = profile.habit == .defaulting || profile.habit == .declining
    if profile.isCompany, debtRandom.happens(isFailing ? 6000 : 600) { try writeDeposit() }
    let open = pursued.filter { $0.settled == nil }
    guard let warned = open.first(where: { $0.notices.count == 2 })?.notices.last?.sent else { return }
    // A contract that has ended is not restricted any more: its claim is sold, or written to a collector.
    if hasLeft {
      if debtRandom.happens(5000) { try writeAssignment(after: warned) }
      return
    }
    switch debtRandom.number(0...99) {
    case ..<28: try writePlan(for: open, after: warned)
    case ..<42: try writeComplaint(about: open[0].bill, after: warned)
    case ..<57: try writeHold(of: open[0].bill)
    case ..<77:
      try writeConfirmation("disconnected", on: day(warned, debtRandom.number(25...45)))
    case ..<95: try writeAssignment(after: warned)
    default: break
    }
  }

  private mutating func writeHousehold(isGas: Bool) throws(GeneratorError) {
    if debtRandom.happens(300) {
      let kind = debtRandom.pick(["protectedUser", "protectedUser", "energyPoor", "temporaryInsolvency"])
      let from = day(businessDate, -debtRandom.number(10...500))
      let table = tables.debts.protections
      table.record(nextID(UInt8(ascii: "X")))
      table.record(.customer(profile.index))
      table.text(kind)
      table.date(from)
      table.date(day(from, kind == "temporaryInsolvency" ? 180 : 365))
      table.text(debtRandom.happens(8000) ? "yes" : "no")
      try table.endRow()
    }
    guard !isGas, debtRandom.happens(1500) else { return }
    let table = tables.debts.dwellings
    table.record(nextID(UInt8(ascii: "W")))
    table.record(.customer(profile.index))
    table.record(RecordID(letter: UInt8(ascii: "T"), customer: profile.index, sequence: 1))
    table.date(profile.customerSince)
    table.date(nil)
    table.text(debtRandom.happens(8500) ? "yes" : "no")
    table.text(debtRandom.happens(6000) ? "yes" : "no")
    try table.endRow()
  }

  /// What the carrier tells of a notice: that it took it, and that it came, or came back; of some nothing.
  private mutating func writeDeliveries(_ notice: PursuedBill.Notice) throws(GeneratorError) {
    let isLost = debtRandom.happens(notice.isRegistered ? 700 : 300)
    let days = notice.isRegistered ? debtRandom.number(1...6) : 0
    let isUntold = debtRandom.happens(500)
    if notice.isRegistered { try writeDelivery(notice, "sent", on: notice.sent) }
    if isUntold { return }
    let event = isLost ? (notice.isRegistered ? "returned" : "failed") : "delivered"
    try writeDelivery(notice, event, on: day(notice.sent, isLost && notice.isRegistered ? 30 : days))
  }

  private mutating func writeDelivery(
    _ notice: PursuedBill.Notice, _ event: String, on date: CivilDate
  ) throws(GeneratorError) {
    guard date <= businessDate else { return }
    let table = tables.debts.deliveries
    let id = nextID(UInt8(ascii: "V"))
    table.record(id)
    table.record(.customer(profile.index))
    table.record(notice.id)
    table.text(event)
    table.date(date)
    // The carrier's reference of the posting: what proves a registered letter.
    table.record(
      event == "sent"
        ? RecordID(letter: UInt8(ascii: "Y"), customer: profile.index, sequence: id.sequence) : nil)
    try table.endRow()
  }

  /// Now and then supply was interrupted before a bill was paid, and came back after.
  private mutating func writeInterruption(_ bill: PursuedBill) throws(GeneratorError) {
    guard let settled = bill.settled, bill.notices.count == 2, let warned = bill.notices.last?.sent,
      warned.days(until: settled) > 12, debtRandom.happens(500)
    else { return }
    try writeConfirmation("disconnected", on: day(settled, -debtRandom.number(1...8)))
    try writeConfirmation("restored", on: day(settled, debtRandom.number(1...3)))
  }

  private mutating func writeConfirmation(_ event: String, on date: CivilDate) throws(GeneratorError) {
    guard date <= businessDate else { return }
    let table = tables.debts.confirmations
    table.record(nextID(UInt8(ascii: "O")))
    table.record(.customer(profile.index))
    table.record(contract)
    table.record(nextID(UInt8(ascii: "Q")))
    table.text(event)
    table.date(date)
    try table.endRow()
  }

  private mutating func writeDeposit() throws(GeneratorError) {
    let table = tables.debts.deposits
    table.record(nextID(UInt8(ascii: "F")))
    table.record(.customer(profile.index))
    table.record(contract)
    table.date(day(businessDate, -debtRandom.number(5...300)))
    table.euro(cents: debtRandom.number(2...20) * 10_000)
    try table.endRow()
  }

  /// A plan for what was open then, in equal parts month by month.
  private mutating func writePlan(
    for open: [PursuedBill], after warned: CivilDate
  ) throws(GeneratorError) {
    let agreed = day(warned, debtRandom.number(2...9))
    let parts = debtRandom.number(3...6)
    let broken = day(agreed, debtRandom.number(35...80))
    let isBroken = debtRandom.happens(4000) && broken <= businessDate
    guard agreed <= businessDate else { return }
    let plan = nextID(UInt8(ascii: "L"))
    let table = tables.debts.plans
    table.record(plan)
    table.record(.customer(profile.index))
    table.record(contract)
    table.date(agreed)
    table.date(isBroken ? broken : nil)
    table.text(isBroken ? "broken" : "")
    try table.endRow()
    let cents = open.reduce(0) { $1.bill.issued <= agreed ? $0 + $1.bill.cents : $0 }
    for part in 1...parts {
      let table = tables.debts.instalments
      table.record(nextID(UInt8(ascii: "J")))
      table.record(.customer(profile.index))
      table.record(plan)
      table.date(agreed)
      table.date(agreed.adding(months: part) ?? agreed)
      table.euro(cents: part < parts ? cents / parts : cents - cents / parts * (parts - 1))
      try table.endRow()
    }
  }

  private mutating func writeComplaint(about bill: Bill, after warned: CivilDate) throws(GeneratorError) {
    let opened = day(warned, debtRandom.number(1...15))
    let replied = day(opened, debtRandom.number(5...28))
    let isObjection = debtRandom.happens(6000)
    let isRejected = debtRandom.happens(6000)
    guard opened <= businessDate else { return }
    let isReplied = replied <= businessDate
    let table = tables.debts.complaints
    table.record(nextID(UInt8(ascii: "B")))
    table.record(.customer(profile.index))
    table.record(contract)
    table.record(bill.id)
    table.text(isObjection ? "objection" : "complaint")
    table.date(opened)
    table.date(isReplied && isRejected ? replied : nil)
    table.text("yes")
    table.date(isReplied ? replied : nil)
    table.text(isReplied && isRejected ? "rejected" : "")
    try table.endRow()
  }

  private mutating func writeHold(of bill: Bill) throws(GeneratorError) {
    let from = day(businessDate, -debtRandom.number(0...40))
    let table = tables.debts.holds
    table.record(nextID(UInt8(ascii: "H")))
    table.record(.customer(profile.index))
    table.record(contract)
    table.record(debtRandom.happens(5000) ? bill.id : nil)
    table.date(from)
    table.date(day(from, debtRandom.number(7...60)))
    table.text(debtRandom.pick(["meter is being checked", "bereavement", "payment is being looked for"]))
    table.text("debt-desk")
    try table.endRow()
  }

  private mutating func writeAssignment(after warned: CivilDate) throws(GeneratorError) {
    let date = day(warned, debtRandom.number(20...60))
    guard date <= businessDate else { return }
    let returned = day(date, debtRandom.number(20...60))
    let isReturned = debtRandom.happens(2000) && returned <= businessDate
    let table = tables.debts.assignments
    table.record(nextID(UInt8(ascii: "M")))
    table.record(.customer(profile.index))
    table.record(contract)
    table.date(date)
    table.text(profile.isLatvian ? "SIA \"Paraugs Parādnieks\"" : "Näidis Inkasso OÜ")
    table.date(isReturned ? returned : nil)
    try table.endRow()
  }
}
