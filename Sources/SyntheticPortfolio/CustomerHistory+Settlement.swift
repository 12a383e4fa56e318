import Values

extension CustomerHistory {
  /// Writes what becomes of a bill: payments, corrections, disputes, and what the supplier does about delay.
  mutating func settle(_ bill: Bill) throws(GeneratorError) {
    var toPay = bill.cents
    var settled: CivilDate?
    var isDisputed = false
    if random.happens(45) {
      isDisputed = true
      toPay = try dispute(bill)
    } else if random.happens(60) {
      let date = day(bill.issued, random.number(4...18))
      let cents = bill.cents * random.number(5...30) / 100
      if date <= businessDate, cents > 0 {
        try writeCreditNote(bill, date: date, cents: cents, isNamed: random.happens(8000))
        // Some pay the printed amount all the same; the credit then goes to the next bill.
        if random.happens(7000) { toPay -= cents }
      }
    }
    let delay = profile.habit.delay(
      month: bill.issued.month, monthsLeft: bill.monthsLeft, stop: bill.stop, &random)
    if let delay {
      let date = max(day(bill.issued, 1), day(bill.due, delay))
      settled = try pay(bill, cents: toPay, from: date)
    }
    if !isDisputed { try pursue(bill, settled: settled) }
  }

  /// Pays in one or two parts, with the bank's returns; gives the day on which nothing is left, if it comes.
  private mutating func pay(_ bill: Bill, cents: Int, from date: CivilDate) throws(GeneratorError)
    -> CivilDate?
  {
    guard cents > 0 else { return bill.due }
    if random.happens(profile.habit.partPayments), cents > 500 {
      let first = cents * random.number(35...65) / 100
      let later = day(date, random.number(9...40))
      _ = try payPart(bill, cents: first, on: date)
      return try payPart(bill, cents: cents - first, on: later)
    }
    if random.happens(100) { return try payPart(bill, cents: (cents / 1000 + 1) * 1000, on: date) }
    return try payPart(bill, cents: cents, on: date)
  }

  private mutating func payPart(_ bill: Bill, cents: Int, on date: CivilDate) throws(GeneratorError)
    -> CivilDate?
  {
    let isReferenced = random.happens(8200)
    let isReturned = random.happens(profile.habit.returnedPayments)
    let returned = day(date, random.number(2...5))
    let again = day(returned, random.number(4...20))
    guard date <= businessDate else { return nil }
    let payment = try writePayment(bill, cents: cents, on: date, isReferenced: isReferenced)
    guard isReturned, returned <= businessDate else { return date }
    try writeReversal(payment, on: returned)
    guard again <= businessDate else { return nil }
    _ = try writePayment(bill, cents: cents, on: again, isReferenced: true)
    return again
  }

  /// Disputes a bill; gives what the customer will pay of it.
  private mutating func dispute(_ bill: Bill) throws(GeneratorError) -> Int {
    let opened = day(bill.issued, random.number(2...10))
    let disputed = random.happens(5000) ? bill.cents * random.number(20...60) / 100 : bill.cents
    let closed = day(opened, random.number(14...60))
    let isUpheld = random.happens(5000)
    guard opened <= businessDate, disputed > 0 else { return bill.cents }
    let isClosed = closed <= businessDate
    let table = tables.disputes
    table.record(nextID(UInt8(ascii: "S")))
    table.record(.customer(profile.index))
    table.record(bill.id)
    table.date(opened)
    table.euro(cents: disputed == bill.cents ? nil : disputed)
    table.date(isClosed ? closed : nil)
    table.text(isClosed ? (isUpheld ? "upheld" : "rejected") : "")
    try table.endRow()
    guard isClosed else { return bill.cents - disputed }
    if isUpheld {
      try writeCreditNote(bill, date: closed, cents: disputed, isNamed: true)
    } else {
      // The rejected part is paid a little after the answer.
      _ = try payPart(bill, cents: disputed, on: day(closed, random.number(3...15)))
    }
    return bill.cents - disputed
  }

  /// Reminds of a bill that is late, and reports it to the arrears register when it stays so.
  private mutating func pursue(_ bill: Bill, settled: CivilDate?) throws(GeneratorError) {
    let open = settled ?? day(businessDate, 1)
    let channel = random.pick(["email", "email", "letter", "sms", "portal"])
    var notices: [PursuedBill.Notice] = []
    defer {
      if !notices.isEmpty { pursued.append(PursuedBill(bill: bill, notices: notices, settled: settled)) }
    }
    for wait in [21, 50] {
      let sent = day(bill.due, wait + random.number(0...3))
      guard sent < open, sent <= businessDate else { return }
      let notice = PursuedBill.Notice(id: nextID(UInt8(ascii: "D")), sent: sent, isRegistered: wait == 50)
      notices.append(notice)
      let table = tables.debtNotices
      table.record(notice.id)
      table.record(.customer(profile.index))
      table.record(bill.id)
      table.date(sent)
      table.text(wait == 21 ? channel : "registeredLetter")
      table.euro(cents: bill.cents)
      try table.endRow()
    }
    let reported = day(bill.due, 62 + random.number(0...9))
    guard reported < open, reported <= businessDate, bill.cents > 3000, random.happens(5000) else { return }
    try writeArrears(reported: reported, months: 2, cleared: settled, cents: bill.cents)
  }

  private mutating func writePayment(
    _ bill: Bill, cents: Int, on date: CivilDate, isReferenced: Bool
  ) throws(GeneratorError) -> RecordID {
    let id = nextID(UInt8(ascii: "P"))
    let table = tables.payments
    table.record(id)
    table.record(.customer(profile.index))
    table.date(date)
    table.euro(cents: cents)
    table.record(isReferenced ? bill.id : nil)
    try table.endRow()
    return id
  }

  private mutating func writeReversal(_ payment: RecordID, on date: CivilDate) throws(GeneratorError) {
    let table = tables.reversals
    table.record(nextID(UInt8(ascii: "R")))
    table.record(.customer(profile.index))
    table.record(payment)
    table.date(date)
    // Return reasons of ISO 20022: insufficient funds, refused by the debtor, account closed.
    table.text(random.pick(["AM04", "AM04", "MD06", "AC04"]))
    try table.endRow()
  }

  private mutating func writeCreditNote(
    _ bill: Bill, date: CivilDate, cents: Int, isNamed: Bool
  ) throws(GeneratorError) {
    let table = tables.creditNotes
    table.record(nextID(UInt8(ascii: "N")))
    table.record(.customer(profile.index))
    table.record(isNamed ? bill.id : nil)
    table.date(date)
    table.euro(cents: cents)
    try table.endRow()
  }
}
