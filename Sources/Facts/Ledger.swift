public import Values

/// A customer's debts and payments in one currency as they stood at the end of one business date.
///
/// The ledger is a chronological replay of the events up to that date, and of nothing later; so the ledger of any
/// earlier date is what it was then. The rules of allocation:
/// - a payment or credit note settles the invoice that it names, else the oldest due first (then the one issued
///   first, then by record id); part payments are part settlements;
/// - what is left over settles the other open invoices oldest due first, and the rest is held as credit, which later
///   invoices use up on their day of issue, those first whose payer named them before they were issued;
/// - a negative invoice is credit from its day of issue;
/// - a reversal takes back all that its payment settled, from the reversal's own date;
/// - the disputed amount is set aside while the dispute is open: it is not overdue, and only money that names
///   the invoice settles it.
/// Within a day invoices come first, then disputes, credit, payments and reversals, so the order of input is irrelevant.
public struct Ledger: Hashable, Sendable {
  /// The date at whose end the ledger stands.
  public let businessDate: CivilDate
  /// The currency.
  public let currency: Currency
  /// The invoices of zero or more issued up to the date, oldest due first.
  public internal(set) var invoices: [InvoiceStanding] = []
  /// Payments, credit notes and negative invoices up to the date, in the order in which they were used.
  public internal(set) var receipts: [Receipt] = []
  /// What settled what, in order of time; a reversal adds the same amounts with a minus sign.
  public internal(set) var allocations: [Allocation] = []
  /// Records that could not be taken as they stand.
  public internal(set) var observations: [LedgerObservation] = []
  /// Open amounts in other currencies, by code; they are never converted.
  public internal(set) var otherCurrencies: [Money] = []
  /// What is open, disputed amounts included.
  public internal(set) var outstanding: Decimal = 0
  /// The disputed part of what is open.
  public internal(set) var disputed: Decimal = 0
  /// What is past due on the date, without disputed amounts.
  public internal(set) var overdue: Decimal = 0
  /// What the customer has paid and no invoice has used yet.
  public internal(set) var credit: Decimal = 0
  /// The greatest number of days past due of any invoice.
  public internal(set) var daysPastDue = 0

  /// Replays the facts up to the end of the business date in one currency.
  public init(_ facts: CustomerFacts, businessDate: CivilDate, currency: Currency) {
    self.businessDate = businessDate
    self.currency = currency
    var replay = LedgerReplay(facts, until: businessDate, currency: currency)
    replay.run()
    invoices = replay.standings(facts)
    receipts = replay.receiptStandings(facts)
    allocations = replay.allocations
    observations = replay.observations
    for invoice in invoices {
      outstanding += invoice.outstanding
      disputed += invoice.disputed
      overdue += invoice.overdue
      daysPastDue = max(daysPastDue, invoice.daysPastDue)
    }
    for receipt in receipts { credit += receipt.unused }

    var others: Set<Currency> = []
    for place in facts.invoices.indices
    where facts.invoices[place].fact.amount.currency != currency
      && facts.invoices[place].fact.issued <= businessDate
    {
      others.insert(facts.invoices[place].fact.amount.currency)
    }
    for other in others.sorted() {
      var replay = LedgerReplay(facts, until: businessDate, currency: other)
      replay.run()
      let open = replay.outstanding
      if open > 0 { otherCurrencies.append(Money(open, other)) }
    }
  }

  /// The allocations to one invoice, by its place in `invoices`.
  public func allocations(toInvoice place: Int) -> [Allocation] { allocations.filter { $0.invoice == place } }

  /// The allocations of one payment or credit, by its place in `receipts`.
  public func allocations(ofReceipt place: Int) -> [Allocation] { allocations.filter { $0.receipt == place } }
}

extension CustomerFacts {
  /// The currency that most invoices up to the date have, the first by code among equals; nil without invoices.
  public func principalCurrency(on date: CivilDate) -> Currency? {
    var counts: [(currency: Currency, count: Int)] = []
    for invoice in invoices.indices where invoices[invoice].fact.issued <= date {
      let currency = invoices[invoice].fact.amount.currency
      if let place = counts.firstIndex(where: { $0.currency == currency }) {
        counts[place].count += 1
      } else {
        counts.append((currency, 1))
      }
    }
    return counts.min { ($1.count, $0.currency) < ($0.count, $1.currency) }?.currency
  }
}
