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
  /// What became of a debt notice on its way.
  case noticeDelivery
  /// A complaint about a claim.
  case complaint
  /// A payment plan.
  case paymentPlan
  /// An instalment of a payment plan.
  case planInstalment
  /// A status that protects a customer.
  case protection
  /// What the law asks about the place supplied.
  case dwelling
  /// A deposit.
  case deposit
  /// The network operator's confirmation.
  case operatorConfirmation
  /// The handing over of claims to a collector.
  case claimAssignment
  /// A hold of a debt.
  case hold

  /// The kinds that a rating reads; the others are about what is done about a debt.
  public static let rating: [FactKind] = [
    .customer, .contract, .invoice, .creditNote, .payment, .reversal, .debtNotice, .dispute, .registerEntry,
    .arrearsEntry,
  ]

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
    case .noticeDelivery: "notice-deliveries"
    case .complaint: "complaints"
    case .paymentPlan: "payment-plans"
    case .planInstalment: "plan-instalments"
    case .protection: "protections"
    case .dwelling: "dwellings"
    case .deposit: "deposits"
    case .operatorConfirmation: "operator-confirmations"
    case .claimAssignment: "claim-assignments"
    case .hold: "holds"
    }
  }

  /// The fields in the order of the canonical CSV layout; the first is the record id.
  public var fields: [FieldDescription] { FieldDescription.all[self] ?? [] }

  /// How many of the fields the kind had from the beginning; they stand first.
  public var foundingFieldCount: Int {
    switch self {
    case .contract: 6
    case .invoice, .debtNotice: 7
    default: fields.count
    }
  }
}
