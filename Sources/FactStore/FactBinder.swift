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

  mutating func amount(_ value: Decimal?) throws(StoreError) {
    try integer(try value.map { value throws(StoreError) in try StoredAmount.units(value) })
  }

  mutating func yesNo(_ value: Bool) throws(StoreError) {
    try integer(value ? 1 : 0)
  }

  /// An amount and its currency.
  mutating func money(_ value: Money?) throws(StoreError) {
    try amount(value?.amount)
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
      try text(fact.jurisdiction?.code)
      try word(fact.customerType)
      try word(fact.claimant)
    case .invoice(let fact):
      try text(fact.contract)
      try date(fact.due)
      try money(fact.amount)
      try word(fact.subject)
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
      try word(fact.type)
      try text(fact.contract)
      try date(fact.deadline)
      try amount(fact.principal)
      try amount(fact.interest)
      try amount(fact.penalty)
      try amount(fact.costs)
      try word(fact.addressKind)
      try text(fact.contentHash?.hexadecimal)
      try text(fact.template)
      try word(fact.language)
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
    default: try bindDebt(fact)
    }
  }

  /// Binds the columns of the kinds that tell what is done about a debt.
  private mutating func bindDebt(_ fact: Fact) throws(StoreError) {
    switch fact {
    case .customer, .contract, .invoice, .creditNote, .payment, .reversal, .debtNotice, .dispute,
      .registerEntry, .arrearsEntry:
      break
    case .noticeDelivery(let fact):
      try text(fact.notice)
      try word(fact.event)
      try text(fact.evidence)
    case .complaint(let fact):
      try text(fact.contract)
      try text(fact.invoice)
      try word(fact.kind)
      try date(fact.closed)
      try yesNo(fact.isWritten)
      try date(fact.repliedOn)
      try word(fact.outcome)
    case .paymentPlan(let fact):
      try text(fact.contract)
      try date(fact.ended)
      try word(fact.endReason)
    case .planInstalment(let fact):
      try text(fact.plan)
      try date(fact.due)
      try money(fact.amount)
    case .protection(let fact):
      try word(fact.kind)
      try date(fact.until)
      try yesNo(fact.withProof)
    case .dwelling(let fact):
      try text(fact.deliveryPoint)
      try date(fact.until)
      try yesNo(fact.isPermanentHome)
      try yesNo(fact.needsElectricityToHeat)
    case .deposit(let fact):
      try text(fact.contract)
      try money(fact.amount)
    case .operatorConfirmation(let fact):
      try text(fact.contract)
      try text(fact.request)
      try word(fact.event)
    case .claimAssignment(let fact):
      try text(fact.contract)
      try text(fact.collector)
      try date(fact.returned)
    case .hold(let fact):
      try text(fact.contract)
      try text(fact.invoice)
      try date(fact.until)
      try text(fact.reason)
      try text(fact.placedBy)
    }
  }
}
