import FEEL
import Facts
import Values

/// One customer's facts in the form that `features.dmn` reads them: the model's input data by name.
///
/// Each item is named by `kind:record`, which the model passes on as evidence. Only the rated currency's invoices
/// are given; payments are already allocated to them.
struct FactInputs {
  /// The inputs that the feature model may declare, in the order of `values`.
  static let names = [
    "Business date", "Customer", "Sources", "Invoices", "Notices", "Reversals", "Register entries",
    "Arrears entries",
  ]

  /// The values of the inputs, in the order of `names`.
  let values: [Value]

  init(_ customer: Recorded<Customer>, facts: CustomerFacts, ledger: Ledger?, situation: Situation) {
    let sources = situation.sources
    values = [
      .date(situation.businessDate),
      Self.context(
        .customer,
        [
          Self.record(customer), .string(customer.fact.kind.rawValue),
          .string(customer.fact.jurisdiction.code),
          .date(customer.fact.customerSince),
        ]),
      Self.context(.sources, [.boolean(sources.arrearsRegister), .boolean(sources.publicRegisters)]),
      .list((ledger?.invoices ?? []).map(Self.invoice)),
      .list(facts.debtNotices.map { Self.context(.notice, [Self.record($0), .date($0.fact.sent)]) }),
      .list(facts.reversals.map { Self.context(.reversal, [Self.record($0), .date($0.fact.date)]) }),
      .list(facts.registerEntries.map(Self.registerEntry)),
      .list(facts.arrearsEntries.map(Self.arrearsEntry)),
    ]
  }

  private static func invoice(_ invoice: InvoiceStanding) -> Value {
    context(
      .invoice,
      [
        record(.invoice, invoice.id), .date(invoice.issued), .date(invoice.due),
        .number(invoice.amount), .number(invoice.outstanding), .number(invoice.overdue),
        date(invoice.settledOn),
        .number(Decimal(invoice.daysLate)), .number(Decimal(invoice.daysPastDue)),
      ])
  }

  private static func registerEntry(_ entry: Recorded<RegisterEntry>) -> Value {
    context(
      .registerEntry,
      [
        record(entry), .string(entry.fact.register), .string(entry.fact.type.rawValue),
        .date(entry.fact.since),
        date(entry.fact.until),
      ])
  }

  private static func arrearsEntry(_ entry: Recorded<ArrearsEntry>) -> Value {
    context(
      .arrearsEntry,
      [
        record(entry), entry.fact.register.map(Value.string) ?? .null, .date(entry.fact.reported),
        entry.fact.ageMonths.map { .number(Decimal($0)) } ?? .null, date(entry.fact.cleared),
      ])
  }

  private static func record<Content: FactContent>(_ recorded: Recorded<Content>) -> Value {
    record(Content.factKind, recorded.record)
  }

  private static func record(_ kind: FactKind, _ id: String) -> Value {
    // One allocation, which an interpolation is not.
    var text = ""
    text.reserveCapacity(kind.rawValue.utf8.count + 1 + id.utf8.count)
    text += kind.rawValue
    text += ":"
    text += id
    return .string(text)
  }

  private static func date(_ date: CivilDate?) -> Value { date.map(Value.date) ?? .null }

  private static func context(_ shape: ContextShape, _ values: [Value]) -> Value {
    .context(Context(shape: shape, values: values))
  }
}

extension ContextShape {
  fileprivate static let customer = ContextShape(["record", "kind", "jurisdiction", "since"])
  fileprivate static let sources = ContextShape(["arrears register", "public registers"])
  fileprivate static let invoice = ContextShape([
    "record", "issued", "due", "amount", "outstanding", "overdue", "settled", "days late", "days past due",
  ])
  fileprivate static let notice = ContextShape(["record", "sent"])
  fileprivate static let reversal = ContextShape(["record", "date"])
  fileprivate static let registerEntry = ContextShape(["record", "register", "type", "since", "until"])
  fileprivate static let arrearsEntry = ContextShape([
    "record", "register", "reported", "age months", "cleared",
  ])
}
