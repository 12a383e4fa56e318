import Facts
import SQLite
import Values

/// Reads the columns of a kind one after another and names the table when the file holds nonsense.
struct FactRow {
  let table: FactTable
  private let row: Row
  private var column = FactTable.commonCount

  init(_ table: FactTable, _ row: Row) {
    self.table = table
    self.row = row
  }

  mutating func text() throws(StoreError) -> String {
    guard let value = try optionalText() else { throw damaged }
    return value
  }

  mutating func optionalText() throws(StoreError) -> String? {
    let place = next()
    return try StoreError.wrapping { () throws(SQLiteError) in try row.optionalText(place) }
  }

  mutating func optionalInteger() throws(StoreError) -> Int? {
    let place = next()
    return try StoreError.wrapping { () throws(SQLiteError) in try row.optionalInteger(place) }
  }

  mutating func date() throws(StoreError) -> CivilDate {
    guard let date = try optionalDate() else { throw damaged }
    return date
  }

  mutating func optionalDate() throws(StoreError) -> CivilDate? {
    try optionalInteger().map { CivilDate(dayNumber: $0) }
  }

  /// A date that lies after the business date has not come yet, and reads as open.
  mutating func end(on businessDate: CivilDate) throws(StoreError) -> CivilDate? {
    guard let date = try optionalDate(), date <= businessDate else { return nil }
    return date
  }

  mutating func word<Word: RawRepresentable<String>>() throws(StoreError) -> Word {
    guard let word = Word(rawValue: try text()) else { throw damaged }
    return word
  }

  mutating func optionalWord<Word: RawRepresentable<String>>() throws(StoreError) -> Word? {
    guard let text = try optionalText() else { return nil }
    guard let word = Word(rawValue: text) else { throw damaged }
    return word
  }

  mutating func optionalCountry() throws(StoreError) -> Jurisdiction? {
    guard let text = try optionalText() else { return nil }
    guard let country = Jurisdiction(text) else { throw damaged }
    return country
  }

  mutating func optionalDigest() throws(StoreError) -> Digest? {
    guard let text = try optionalText() else { return nil }
    guard let digest = Digest(hexadecimal: text) else { throw damaged }
    return digest
  }

  mutating func yesNo() throws(StoreError) -> Bool {
    switch try optionalInteger() {
    case 1: return true
    case 0: return false
    default: throw damaged
    }
  }

  mutating func optionalAmount() throws(StoreError) -> Decimal? {
    try optionalInteger().map { units throws(StoreError) in try StoredAmount.amount(units) }
  }

  mutating func money() throws(StoreError) -> Money {
    guard let money = try optionalMoney() else { throw damaged }
    return money
  }

  mutating func optionalMoney() throws(StoreError) -> Money? {
    let units = try optionalInteger()
    let place = next()
    guard let units, !row.isNull(place) else { return nil }
    let currency = try StoreError.wrapping { () throws(SQLiteError) in
      try row.withText(place) { Currency(utf8: $0) }
    }
    guard let currency else { throw damaged }
    return Money(try StoredAmount.amount(units), currency)
  }

  /// The fact of this row, as it looked on the business date.
  mutating func fact(
    id: String, customer: CustomerReference, trueFrom: CivilDate, businessDate: CivilDate
  ) throws(StoreError) -> Fact {
    switch table.kind {
    case .customer:
      return .customer(try self.customer(number: id, since: trueFrom))
    case .contract:
      return .contract(
        Contract(
          id: id, customer: customer, commodity: try word(), deliveryPoint: try optionalText(),
          start: trueFrom, end: try end(on: businessDate), jurisdiction: try optionalCountry(),
          customerType: try optionalWord(), claimant: try optionalWord()))
    case .invoice:
      return .invoice(
        Invoice(
          id: id, customer: customer, contract: try optionalText(), issued: trueFrom, due: try date(),
          amount: try money(), subject: try optionalWord()))
    case .creditNote:
      return .creditNote(
        CreditNote(
          id: id, customer: customer, invoice: try optionalText(), issued: trueFrom, amount: try money()))
    case .payment:
      return .payment(
        Payment(
          id: id, customer: customer, date: trueFrom, amount: try money(), invoice: try optionalText()))
    case .reversal:
      return .reversal(
        Reversal(
          id: id, customer: customer, payment: try text(), date: trueFrom, reason: try optionalText()))
    case .debtNotice:
      return .debtNotice(
        DebtNotice(
          id: id, customer: customer, invoice: try optionalText(), sent: trueFrom, channel: try word(),
          amount: try optionalMoney(), type: try optionalWord(), contract: try optionalText(),
          deadline: try optionalDate(), principal: try optionalAmount(), interest: try optionalAmount(),
          penalty: try optionalAmount(), costs: try optionalAmount(), addressKind: try optionalWord(),
          contentHash: try optionalDigest(), template: try optionalText(), language: try optionalWord()))
    case .dispute:
      let invoice = try text()
      let amount = try optionalMoney()
      let closed = try end(on: businessDate)
      let outcome: Dispute.Outcome? = try optionalWord()
      return .dispute(
        Dispute(
          id: id, customer: customer, invoice: invoice, opened: trueFrom, amount: amount, closed: closed,
          outcome: closed == nil ? nil : outcome))
    case .registerEntry:
      return .registerEntry(
        RegisterEntry(
          id: id, customer: customer, register: try text(), type: try word(), since: trueFrom,
          until: try end(on: businessDate)))
    case .arrearsEntry:
      return .arrearsEntry(
        ArrearsEntry(
          id: id, customer: customer, register: try optionalText(), reported: trueFrom,
          ageMonths: try optionalInteger(), cleared: try end(on: businessDate),
          amount: try optionalMoney()))
    default:
      return try debtFact(id: id, customer: customer, trueFrom: trueFrom, businessDate: businessDate)
    }
  }

  private mutating func customer(number: String, since: CivilDate) throws(StoreError) -> Customer {
    let kind: Customer.Kind = try word()
    guard let jurisdiction = Jurisdiction(try text()) else { throw damaged }
    let language: Customer.Language? = try optionalWord()
    _ = try optionalInteger()
    let scheme: IdentifierScheme? = try optionalWord()
    let code = try optionalText()
    var identifier: Identifier?
    if let scheme, let code { identifier = try Self.identifier(scheme, code, table: table.name) }
    return Customer(
      number: number, kind: kind, jurisdiction: jurisdiction, language: language, customerSince: since,
      name: try optionalText(), identifier: identifier, address: try optionalText())
  }

  static func identifier(
    _ scheme: IdentifierScheme, _ code: String, table: String
  ) throws(StoreError) -> Identifier {
    do { return try Identifier(scheme: scheme, code: code) } catch { throw .damaged(table: table) }
  }

  var damaged: StoreError { .damaged(table: table.name) }

  private mutating func next() -> Int {
    defer { column += 1 }
    return column
  }
}
