/// The kinds of fact that the house knows.
public enum FactKind: String, CaseIterable, Hashable, Sendable {
  /// A customer.
  case customer
  /// A supply contract.
  case contract
  /// An invoice.
  case invoice
  /// A credit note.
  case creditNote
  /// A payment.
  case payment
  /// The reversal of a payment.
  case reversal
  /// A debt notice.
  case debtNotice
  /// A dispute of an invoice.
  case dispute
  /// An entry of a public register.
  case registerEntry
  /// An entry of an arrears register.
  case arrearsEntry

  /// The name of the canonical CSV layout.
  public var layout: String {
    switch self {
    case .customer: "customers"
    case .contract: "contracts"
    case .invoice: "invoices"
    case .creditNote: "credit-notes"
    case .payment: "payments"
    case .reversal: "payment-reversals"
    case .debtNotice: "debt-notices"
    case .dispute: "disputes"
    case .registerEntry: "register-entries"
    case .arrearsEntry: "arrears-entries"
    }
  }

  /// The fields in the order of the canonical CSV layout; the first is the record id.
  public var fields: [FieldDescription] { FieldDescription.all[self] ?? [] }
}
