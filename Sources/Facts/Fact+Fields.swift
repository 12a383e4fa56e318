import Values

extension Fact {
  /// The fields in the order of `kind.fields`; `Fact.make(kind, values:)` makes the same fact of them again.
  public var fieldValues: [FieldValue] {
    switch self {
    case .customer(let fact):
      [
        .text(fact.number), .text(fact.kind.rawValue), .text(fact.jurisdiction.code),
        word(fact.language), .date(fact.customerSince), text(fact.name),
        word(fact.identifier?.scheme), text(fact.identifier?.code), text(fact.address),
      ]
    case .contract(let fact):
      [
        .text(fact.id), number(fact.customer), .text(fact.commodity.rawValue), text(fact.deliveryPoint),
        .date(fact.start), date(fact.end),
      ]
    case .invoice(let fact):
      [
        .text(fact.id), number(fact.customer), text(fact.contract), .date(fact.issued), .date(fact.due),
        .number(fact.amount.amount), .text(fact.amount.currency.code),
      ]
    case .creditNote(let fact):
      [
        .text(fact.id), number(fact.customer), text(fact.invoice), .date(fact.issued),
        .number(fact.amount.amount), .text(fact.amount.currency.code),
      ]
    case .payment(let fact):
      [
        .text(fact.id), number(fact.customer), .date(fact.date), .number(fact.amount.amount),
        .text(fact.amount.currency.code), text(fact.invoice),
      ]
    case .reversal(let fact):
      [.text(fact.id), number(fact.customer), .text(fact.payment), .date(fact.date), text(fact.reason)]
    case .debtNotice(let fact):
      [
        .text(fact.id), number(fact.customer), text(fact.invoice), .date(fact.sent),
        .text(fact.channel.rawValue), amount(fact.amount), currency(fact.amount),
      ]
    case .dispute(let fact):
      [
        .text(fact.id), number(fact.customer), .text(fact.invoice), .date(fact.opened),
        amount(fact.amount), currency(fact.amount), date(fact.closed), word(fact.outcome),
      ]
    case .registerEntry(let fact):
      [
        .text(fact.id), number(fact.customer), scheme(fact.customer), code(fact.customer),
        .text(fact.register), .text(fact.type.rawValue), .date(fact.since), date(fact.until),
      ]
    case .arrearsEntry(let fact):
      [
        .text(fact.id), number(fact.customer), scheme(fact.customer), code(fact.customer),
        text(fact.register), .date(fact.reported), fact.ageMonths.map { .number(Decimal($0)) } ?? .missing,
        date(fact.cleared), amount(fact.amount), currency(fact.amount),
      ]
    }
  }

  private func text(_ text: String?) -> FieldValue { text.map { .text($0) } ?? .missing }
  private func date(_ date: CivilDate?) -> FieldValue { date.map { .date($0) } ?? .missing }
  private func amount(_ money: Money?) -> FieldValue { money.map { .number($0.amount) } ?? .missing }
  private func currency(_ money: Money?) -> FieldValue { text(money?.currency.code) }
  private func number(_ customer: CustomerReference) -> FieldValue { text(customer.number) }

  private func word<Word: RawRepresentable<String>>(_ word: Word?) -> FieldValue { text(word?.rawValue) }

  private func identifier(_ customer: CustomerReference) -> Identifier? {
    if case .identifier(let identifier) = customer { identifier } else { nil }
  }
  private func scheme(_ customer: CustomerReference) -> FieldValue { word(identifier(customer)?.scheme) }
  private func code(_ customer: CustomerReference) -> FieldValue { text(identifier(customer)?.code) }
}
