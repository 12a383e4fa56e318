extension Fact {
  /// Checks named fields and makes the fact; fields left out count as empty.
  public static func make(
    _ kind: FactKind, fields: [FieldName: FieldValue]
  ) throws(FactError) -> Fact {
    let descriptions = kind.fields
    for name in FieldName.allCases where fields[name] != nil {
      guard descriptions.contains(where: { $0.name == name }) else {
        throw FactError(kind: kind, field: name, rule: .unknownField, value: fields[name]?.text ?? "")
      }
    }
    return try make(kind, values: descriptions.map { fields[$0.name] ?? .missing })
  }

  /// Checks values that stand in the order of `kind.fields` and makes the fact; missing ones at the end are empty.
  public static func make(_ kind: FactKind, values: [FieldValue]) throws(FactError) -> Fact {
    let fields = FieldReader(kind: kind, values: values)
    switch kind {
    case .customer: return .customer(try customer(fields))
    case .contract: return .contract(try contract(fields))
    case .invoice: return .invoice(try invoice(fields))
    case .creditNote: return .creditNote(try creditNote(fields))
    case .payment: return .payment(try payment(fields))
    case .reversal: return .reversal(try reversal(fields))
    case .debtNotice: return .debtNotice(try debtNotice(fields))
    case .dispute: return .dispute(try dispute(fields))
    case .registerEntry: return .registerEntry(try registerEntry(fields))
    case .arrearsEntry: return .arrearsEntry(try arrearsEntry(fields))
    case .noticeDelivery: return .noticeDelivery(try noticeDelivery(fields))
    case .complaint: return .complaint(try complaint(fields))
    case .paymentPlan: return .paymentPlan(try paymentPlan(fields))
    case .planInstalment: return .planInstalment(try planInstalment(fields))
    case .protection: return .protection(try protection(fields))
    case .dwelling: return .dwelling(try dwelling(fields))
    case .deposit: return .deposit(try deposit(fields))
    case .operatorConfirmation: return .operatorConfirmation(try operatorConfirmation(fields))
    case .claimAssignment: return .claimAssignment(try claimAssignment(fields))
    case .hold: return .hold(try hold(fields))
    }
  }

  private static func customer(_ fields: FieldReader) throws(FactError) -> Customer {
    Customer(
      number: try fields.text(0), kind: try fields.word(1), jurisdiction: try fields.country(2),
      language: try fields.optionalWord(3), customerSince: try fields.date(4),
      name: try fields.optionalText(5), identifier: try fields.identifier(6, 7),
      address: try fields.optionalText(8))
  }

  private static func contract(_ fields: FieldReader) throws(FactError) -> Contract {
    let start = try fields.date(4)
    return Contract(
      id: try fields.text(0), customer: .number(try fields.text(1)), commodity: try fields.word(2),
      deliveryPoint: try fields.optionalText(3), start: start, end: try fields.end(5, notBefore: start),
      jurisdiction: try fields.optionalCountry(6), customerType: try fields.optionalWord(7),
      claimant: try fields.optionalWord(8))
  }

  private static func invoice(_ fields: FieldReader) throws(FactError) -> Invoice {
    let id = try fields.text(0)
    let customer = try fields.text(1)
    let contract = try fields.optionalText(2)
    let issued = try fields.date(3)
    let due = try fields.date(4)
    guard due >= issued else { throw fields.error(4, .dueBeforeIssued) }
    return Invoice(
      id: id, customer: .number(customer), contract: contract, issued: issued, due: due,
      amount: try fields.money(5), subject: try fields.optionalWord(7))
  }

  private static func creditNote(_ fields: FieldReader) throws(FactError) -> CreditNote {
    CreditNote(
      id: try fields.text(0), customer: .number(try fields.text(1)), invoice: try fields.optionalText(2),
      issued: try fields.date(3), amount: try fields.positiveMoney(4))
  }

  private static func payment(_ fields: FieldReader) throws(FactError) -> Payment {
    Payment(
      id: try fields.text(0), customer: .number(try fields.text(1)), date: try fields.date(2),
      amount: try fields.positiveMoney(3), invoice: try fields.optionalText(5))
  }

  private static func reversal(_ fields: FieldReader) throws(FactError) -> Reversal {
    Reversal(
      id: try fields.text(0), customer: .number(try fields.text(1)), payment: try fields.text(2),
      date: try fields.date(3), reason: try fields.optionalText(4))
  }

  private static func dispute(_ fields: FieldReader) throws(FactError) -> Dispute {
    let id = try fields.text(0)
    let customer = try fields.text(1)
    let invoice = try fields.text(2)
    let opened = try fields.date(3)
    let amount = try fields.optionalMoney(4)
    let closed = try fields.end(6, notBefore: opened)
    let outcome: Dispute.Outcome? = try fields.optionalWord(7)
    guard outcome == nil || closed != nil else { throw fields.error(7, .outcomeWhileOpen) }
    return Dispute(
      id: id, customer: .number(customer), invoice: invoice, opened: opened, amount: amount, closed: closed,
      outcome: outcome)
  }

  private static func registerEntry(_ fields: FieldReader) throws(FactError) -> RegisterEntry {
    let id = try fields.text(0)
    let customer = try fields.customer(1, 2, 3)
    let register = try fields.text(4)
    let type: RegisterEntry.EntryType = try fields.word(5)
    let since = try fields.date(6)
    return RegisterEntry(
      id: id, customer: customer, register: register, type: type, since: since,
      until: try fields.end(7, notBefore: since))
  }

  private static func arrearsEntry(_ fields: FieldReader) throws(FactError) -> ArrearsEntry {
    let id = try fields.text(0)
    let customer = try fields.customer(1, 2, 3)
    let register = try fields.optionalText(4)
    let reported = try fields.date(5)
    return ArrearsEntry(
      id: id, customer: customer, register: register, reported: reported, ageMonths: try fields.months(6),
      cleared: try fields.end(7, notBefore: reported), amount: try fields.optionalMoney(8))
  }
}
