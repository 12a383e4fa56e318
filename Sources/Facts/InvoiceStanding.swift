public import Values

/// How one invoice stands at the end of the ledger's business date.
public struct InvoiceStanding: Hashable, Sendable {
  /// The invoice number.
  public let id: String
  /// The store's number of the invoice fact.
  public let factID: Int
  /// The day of issue.
  public let issued: CivilDate
  /// The last day on which payment is in time.
  public let due: CivilDate
  /// What was billed.
  public let amount: Decimal
  /// What payments and credit have settled.
  public let settled: Decimal
  /// What is open, the disputed part included.
  public let outstanding: Decimal
  /// The part of what is open that is set aside because of an open dispute.
  public let disputed: Decimal
  /// What is past due, without the disputed part.
  public let overdue: Decimal
  /// Days from the due date to the business date while an undisputed part is past due, else 0.
  public let daysPastDue: Int
  /// The day on which the invoice became fully settled; nil while anything is open.
  public let settledOn: CivilDate?
  /// Days from the due date to full settlement, or while open the days past due; never below 0.
  public let daysLate: Int
}

/// How one payment, credit note or negative invoice stands at the end of the ledger's business date.
public struct Receipt: Hashable, Sendable {
  /// The kind of record: payment, creditNote or invoice (a negative one).
  public let kind: FactKind
  /// The record id.
  public let id: String
  /// The store's number of the fact.
  public let factID: Int
  /// The day on which it counts.
  public let date: CivilDate
  /// What it is worth, above zero.
  public let amount: Decimal
  /// The part held as credit; 0 once reversed.
  public let unused: Decimal
  /// The day from which it is reversed, if it is.
  public let reversedOn: CivilDate?
}

/// One step of settlement: how much of which payment or credit went to which invoice, when and why.
public struct Allocation: Hashable, Sendable {
  /// Why money went to an invoice.
  public enum Reason: String, CaseIterable, Hashable, Sendable {
    /// The payment or credit note names the invoice.
    case reference
    /// No usable reference, and the invoice was the oldest due.
    case oldestDue
    /// More was paid than the named invoice took, and this was the oldest due of the others.
    case excess
    /// Credit held from before.
    case credit
    /// The payment was reversed; the amount is negative.
    case reversal
  }

  /// The day.
  public let date: CivilDate
  /// The place of the payment or credit in `Ledger.receipts`.
  public let receipt: Int
  /// The place of the invoice in `Ledger.invoices`.
  public let invoice: Int
  /// How much; negative when taken back.
  public let amount: Decimal
  /// Why.
  public let reason: Reason
}

/// A record that the ledger could not take as it stands.
public struct LedgerObservation: Hashable, Sendable {
  /// What was odd; the raw value is the stable code.
  public enum Code: String, CaseIterable, Hashable, Sendable {
    /// It names an invoice that is not there; it was treated as naming none, a dispute as void.
    case unknownInvoice = "unknown-invoice"
    /// It names an invoice of another currency; treated in the same way.
    case invoiceInOtherCurrency = "invoice-in-other-currency"
    /// A reversal of a payment that is not there; it has no effect.
    case unknownPayment = "unknown-payment"
    /// A second reversal of the same payment; it has no effect.
    case paymentAlreadyReversed = "payment-already-reversed"
    /// A reversal dated before its payment; it takes effect with the payment.
    case reversedBeforePaid = "reversed-before-paid"
    /// The disputed amount is of another currency than the invoice; the whole invoice is set aside.
    case disputeInOtherCurrency = "dispute-in-other-currency"
  }

  /// What was odd.
  public let code: Code
  /// The kind of the record.
  public let kind: FactKind
  /// The record id.
  public let id: String
  /// The record that it names.
  public let names: String
}
