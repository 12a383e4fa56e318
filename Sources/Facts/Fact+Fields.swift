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
        .date(fact.start), date(fact.end), text(fact.jurisdiction?.code), word(fact.customerType),
        word(fact.claimant),
      ]
    case .invoice(let fact):
      [
        .text(fact.id), number(fact.customer), text(fact.contract), .date(fact.issued), .date(fact.due),
        .number(fact.amount.amount), .text(fact.amount.currency.code), word(fact.subject),
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
        .text(fact.channel.rawValue), amount(fact.amount), currency(fact.amount), word(fact.type),
        text(fact.contract), date(fact.deadline), decimal(fact.principal), decimal(fact.interest),
        decimal(fact.penalty), decimal(fact.costs), word(fact.addressKind),
        text(fact.contentHash?.hexadecimal), text(fact.template), word(fact.language),
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
    case .noticeDelivery(let fact):
      [
        .text(fact.id), number(fact.customer), .text(fact.notice), .text(fact.event.rawValue),
        .date(fact.date), text(fact.evidence),
      ]
    case .complaint(let fact):
      [
        .text(fact.id), number(fact.customer), text(fact.contract), text(fact.invoice),
        .text(fact.kind.rawValue), .date(fact.opened), date(fact.closed), .yesNo(fact.isWritten),
        date(fact.repliedOn), word(fact.outcome),
      ]
    case .paymentPlan(let fact):
      [
        .text(fact.id), number(fact.customer), .text(fact.contract), .date(fact.agreed), date(fact.ended),
        word(fact.endReason),
      ]
    case .planInstalment(let fact):
      [
        .text(fact.id), number(fact.customer), .text(fact.plan), .date(fact.agreed), .date(fact.due),
        .number(fact.amount.amount), .text(fact.amount.currency.code),
      ]
    case .protection(let fact):
      [
        .text(fact.id), number(fact.customer), .text(fact.kind.rawValue), .date(fact.from), date(fact.until),
        .yesNo(fact.withProof),
      ]
    case .dwelling(let fact):
      [
        .text(fact.id), number(fact.customer), .text(fact.deliveryPoint), .date(fact.from), date(fact.until),
        .yesNo(fact.isPermanentHome), .yesNo(fact.needsElectricityToHeat),
      ]
    case .deposit(let fact):
      [
        .text(fact.id), number(fact.customer), .text(fact.contract), .date(fact.date),
        .number(fact.amount.amount), .text(fact.amount.currency.code),
      ]
    case .operatorConfirmation(let fact):
      [
        .text(fact.id), number(fact.customer), .text(fact.contract), .text(fact.request),
        .text(fact.event.rawValue), .date(fact.date),
      ]
    case .claimAssignment(let fact):
      [
        .text(fact.id), number(fact.customer), .text(fact.contract), .date(fact.date), .text(fact.collector),
        date(fact.returned),
      ]
    case .hold(let fact):
      [
        .text(fact.id), number(fact.customer), text(fact.contract), text(fact.invoice), .date(fact.from),
        date(fact.until), .text(fact.reason), .text(fact.placedBy),
      ]
    }
  }

  private func text(_ text: String?) -> FieldValue { text.map { .text($0) } ?? .missing }
  private func date(_ date: CivilDate?) -> FieldValue { date.map { .date($0) } ?? .missing }
  private func decimal(_ number: Decimal?) -> FieldValue { number.map { .number($0) } ?? .missing }
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
