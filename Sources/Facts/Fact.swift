public import Values

/// One fact of any kind.
///
/// The largest contents are boxed, so that they do not make every fact larger.
public enum Fact: Hashable, Sendable {
  /// A customer.
  case customer(Customer)
  /// A supply contract.
  case contract(Contract)
  /// An invoice.
  case invoice(Invoice)
  /// A credit note.
  case creditNote(CreditNote)
  /// A payment.
  case payment(Payment)
  /// The reversal of a payment.
  case reversal(Reversal)
  /// A debt notice.
  indirect case debtNotice(DebtNotice)
  /// A dispute of an invoice.
  case dispute(Dispute)
  /// An entry of a public register.
  case registerEntry(RegisterEntry)
  /// An entry of an arrears register.
  case arrearsEntry(ArrearsEntry)
  /// What became of a debt notice on its way.
  case noticeDelivery(NoticeDelivery)
  /// A complaint about a claim.
  case complaint(Complaint)
  /// A payment plan.
  case paymentPlan(PaymentPlan)
  /// An instalment of a payment plan.
  case planInstalment(PlanInstalment)
  /// A status that protects a customer.
  case protection(Protection)
  /// What the law asks about the place supplied.
  case dwelling(Dwelling)
  /// A deposit.
  case deposit(Deposit)
  /// The network operator's confirmation.
  case operatorConfirmation(OperatorConfirmation)
  /// The handing over of claims to a collector.
  case claimAssignment(ClaimAssignment)
  /// A hold of a debt.
  indirect case hold(Hold)

  /// What all kinds have in common.
  public var content: any FactContent {
    switch self {
    case .customer(let content): content
    case .contract(let content): content
    case .invoice(let content): content
    case .creditNote(let content): content
    case .payment(let content): content
    case .reversal(let content): content
    case .debtNotice(let content): content
    case .dispute(let content): content
    case .registerEntry(let content): content
    case .arrearsEntry(let content): content
    case .noticeDelivery(let content): content
    case .complaint(let content): content
    case .paymentPlan(let content): content
    case .planInstalment(let content): content
    case .protection(let content): content
    case .dwelling(let content): content
    case .deposit(let content): content
    case .operatorConfirmation(let content): content
    case .claimAssignment(let content): content
    case .hold(let content): content
    }
  }

  /// The kind of fact.
  public var kind: FactKind { type(of: content).factKind }
  /// The record id that the source gave.
  public var id: String { content.id }
  /// The customer that the fact is about.
  public var customer: CustomerReference { content.customer }
  /// The business date from which the fact is true.
  public var trueFrom: CivilDate { content.trueFrom }

  /// What is odd about the fact without being a reason to refuse it.
  public var warnings: [FactWarning] {
    let identifier: Identifier? =
      switch self {
      case .customer(let customer): customer.identifier
      default:
        if case .identifier(let identifier) = customer { identifier } else { nil }
      }
    guard let identifier, identifier.hasUnusualCheckDigit else { return [] }
    return [FactWarning(field: .identifier, rule: .identifierCheckDigit, value: identifier.code)]
  }

  /// The hash of the kind and of every field in canonical spelling; independent of source, file and time.
  public var contentHash: Digest { SHA256.hash(canonicalContent) }

  /// Kind and fields in canonical spelling, each preceded by its length in bytes, so that no two facts share it.
  ///
  /// Empty fields at the end that a kind did not have from the beginning are left out: a record that does not fill them
  /// is the fact that it was before.
  public var canonicalContent: String {
    let kind = kind
    var values = fieldValues[...]
    let founding = kind.foundingFieldCount
    while values.count > founding, values.last == .missing { values.removeLast() }
    var text = kind.rawValue
    for value in values {
      let field = value.text
      text += "\n\(field.utf8.count):"
      text += field
    }
    return text
  }
}
