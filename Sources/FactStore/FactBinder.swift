import Facts
import SQLite
import Values

/// Binds the columns of a kind one after another.
struct FactBinder {
  let statement: Statement
  private var position: Int

  /// Starts behind the common columns.
  init(_ statement: Statement) {
    self.statement = statement
    position = FactTable.commonCount
  }

  mutating func text(_ value: String?) throws(StoreError) {
    let place = next()
    try StoreError.wrapping { () throws(SQLiteError) in try statement.bind(place, value) }
  }

  mutating func integer(_ value: Int?) throws(StoreError) {
    let place = next()
    try StoreError.wrapping { () throws(SQLiteError) in try statement.bind(place, value) }
  }

  mutating func date(_ value: CivilDate?) throws(StoreError) {
    try integer(value?.dayNumber)
  }

  mutating func word<Word: RawRepresentable<String>>(_ value: Word?) throws(StoreError) {
    try text(value?.rawValue)
  }

  /// An amount and its currency.
  mutating func money(_ value: Money?) throws(StoreError) {
    try integer(try value.map { value throws(StoreError) in try StoredAmount.units(value.amount) })
    try text(value?.currency.code)
  }

  private mutating func next() -> Int {
    position += 1
    return position
  }

  /// Binds the columns of any fact; the code of a customer is given as a key.
  mutating func bind(_ fact: Fact, identifier: Int?) throws(StoreError) {
    switch fact {
    case .customer(let fact):
      try word(fact.kind)
      try text(fact.jurisdiction.code)
      try word(fact.language)
      try integer(identifier)
    case .contract(let fact):
      try word(fact.commodity)
      try text(fact.deliveryPoint)
      try date(fact.end)
    case .invoice(let fact):
      try text(fact.contract)
      try date(fact.due)
      try money(fact.amount)
    case .creditNote(let fact):
      try text(fact.invoice)
      try money(fact.amount)
    case .payment(let fact):
      try money(fact.amount)
      try text(fact.invoice)
    case .reversal(let fact):
      try text(fact.payment)
      try text(fact.reason)
    case .debtNotice(let fact):
      try text(fact.invoice)
      try word(fact.channel)
      try money(fact.amount)
    case .dispute(let fact):
      try text(fact.invoice)
      try money(fact.amount)
      try date(fact.closed)
      try word(fact.outcome)
    case .registerEntry(let fact):
      try text(fact.register)
      try word(fact.type)
      try date(fact.until)
    case .arrearsEntry(let fact):
      try text(fact.register)
      try integer(fact.ageMonths)
      try date(fact.cleared)
      try money(fact.amount)
    }
  }
}
