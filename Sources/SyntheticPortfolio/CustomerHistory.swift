import Facts
import Values

/// Lives through one invented customer's months and writes what happens.
struct CustomerHistory {
  let profile: CustomerProfile
  let businessDate: CivilDate
  let tables: PortfolioTables
  var random: SplitMix64
  /// Numbers of its own for what is done about debts: the payment history is the same with and without it.
  var debtRandom: SplitMix64
  private(set) var contract: RecordID
  /// The bills that the supplier had to remind of, in order.
  var pursued: [PursuedBill] = []
  private var sequences: [UInt8: Int] = [:]

  private static let months = 24

  init(
    index: Int, random: SplitMix64, debtRandom: SplitMix64, businessDate: CivilDate, tables: PortfolioTables
  ) {
    self.random = random
    self.debtRandom = debtRandom
    self.businessDate = businessDate
    self.tables = tables
    profile = CustomerProfile(index: index, businessDate: businessDate, &self.random)
    contract = RecordID(letter: UInt8(ascii: "K"), customer: index, sequence: 1)
  }

  mutating func write() throws(GeneratorError) {
    try writeCustomer()
    guard profile.kind != .prospect else { return }
    // One customer in twenty-five has left; the last bills may still be open.
    let end = random.happens(400) ? day(businessDate, -random.number(20...400)) : nil
    let lasting = end.map { max($0, profile.customerSince) }
    let isGas = random.happens(2000)
    try writeContract(isGas: isGas, end: lasting)
    try writeBills(isGas: isGas, end: lasting)
    try writeRegisters()
    try writeDebts(isGas: isGas, hasLeft: end != nil)
  }

  /// The next record id of a letter for this customer.
  mutating func nextID(_ letter: UInt8) -> RecordID {
    let sequence = sequences[letter, default: 0] + 1
    sequences[letter] = sequence
    return RecordID(letter: letter, customer: profile.index, sequence: sequence)
  }

  func day(_ date: CivilDate, _ days: Int) -> CivilDate {
    CivilDate(dayNumber: date.dayNumber + days)
  }

  private func writeCustomer() throws(GeneratorError) {
    let table = tables.customers
    table.record(.customer(profile.index))
    table.text(profile.kind.rawValue)
    table.text(profile.isLatvian ? "LV" : "EE")
    table.text(profile.isEnglishSpeaking ? "en" : profile.isLatvian ? "lv" : "et")
    table.date(profile.customerSince)
    table.text(profile.name)
    table.text(profile.scheme.rawValue)
    table.text(profile.code)
    table.text(profile.address)
    try table.endRow()
  }

  private mutating func writeContract(isGas: Bool, end: CivilDate?) throws(GeneratorError) {
    contract = nextID(UInt8(ascii: "K"))
    let table = tables.contracts
    table.record(contract)
    table.record(.customer(profile.index))
    table.text(isGas ? "gas" : "electricity")
    table.record(RecordID(letter: UInt8(ascii: "T"), customer: profile.index, sequence: 1))
    table.date(profile.customerSince)
    table.date(end)
    try table.endRow()
  }

  private mutating func writeBills(isGas: Bool, end: CivilDate?) throws(GeneratorError) {
    let base = profile.isCompany ? random.number(12_000...180_000) : random.number(2200...13_000)
    let issueDay = random.number(3...12)
    let term = random.number(14...21)
    let stop = random.number(3...11)
    let firstOfMonth = day(businessDate, 1 - businessDate.day)
    for monthsLeft in (0..<CustomerHistory.months).reversed() {
      guard let start = firstOfMonth.adding(months: -monthsLeft) else { continue }
      let issued = day(start, issueDay - 1)
      guard issued <= businessDate, profile.customerSince.days(until: issued) >= 12 else { continue }
      if let end, end.days(until: issued) > 40 { continue }
      let season = (isGas ? CustomerHistory.gasSeason : CustomerHistory.powerSeason)[start.month - 1]
      let cents = base * season / 100 * random.number(85...115) / 100
      let bill = Bill(
        id: nextID(UInt8(ascii: "I")), issued: issued, due: day(issued, term), cents: cents,
        monthsLeft: monthsLeft, stop: stop)
      try writeInvoice(bill)
      try settle(bill)
    }
  }

  private func writeInvoice(_ bill: Bill) throws(GeneratorError) {
    let table = tables.invoices
    table.record(bill.id)
    table.record(.customer(profile.index))
    table.record(contract)
    table.date(bill.issued)
    table.date(bill.due)
    table.euro(cents: bill.cents)
    try table.endRow()
  }

  // Consumption of the month as a percentage of the year's mean.
  private static let powerSeason = [135, 130, 118, 102, 88, 80, 76, 78, 86, 96, 110, 125]
  private static let gasSeason = [210, 195, 160, 105, 60, 35, 30, 32, 55, 95, 145, 190]
}

/// One monthly bill.
struct Bill {
  let id: RecordID
  let issued: CivilDate
  let due: CivilDate
  let cents: Int
  /// Bills between this one and the last one.
  let monthsLeft: Int
  /// How many of the last bills a defaulting customer leaves unpaid.
  let stop: Int
}
