public import Values

/// One fact of any kind.
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
  case debtNotice(DebtNotice)
  /// A dispute of an invoice.
  case dispute(Dispute)
  /// An entry of a public register.
  case registerEntry(RegisterEntry)
  /// An entry of an arrears register.
  case arrearsEntry(ArrearsEntry)

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
  public var canonicalContent: String {
    var text = kind.rawValue
    for value in fieldValues {
      let field = value.text
      text += "\n\(field.utf8.count):"
      text += field
    }
    return text
  }
}
