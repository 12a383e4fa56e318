/// What type of value a field takes.
public enum FieldType: Hashable, Sendable {
  /// Text without control characters, at most this many characters.
  case text(limit: Int)
  /// A calendar date.
  case date
  /// An exact amount: below 10^13 in magnitude, at most five fraction digits.
  case amount
  /// A whole number from zero to 1200.
  case months
  /// A currency of ISO 4217.
  case currency
  /// A country of two capital letters.
  case country
  /// One of these words.
  case enumeration([String])
  /// `yes` or `no`.
  case yesNo
  /// A SHA-256 digest as 64 hexadecimal digits.
  case digest

  /// The words that it knows; nil where it takes more than some words.
  public var words: [String]? {
    switch self {
    case .enumeration(let words): words
    case .yesNo: ["yes", "no"]
    default: nil
    }
  }
}

/// One field of a kind of fact, as mappings and templates need it.
public struct FieldDescription: Hashable, Sendable {
  /// The field's name, the column of the canonical layout.
  public let name: FieldName
  /// What it takes.
  public let type: FieldType
  /// Whether every record of the kind must have it.
  public let isRequired: Bool
  /// Whether the kind did not have it from the beginning: files without its column stay readable.
  public let isAddition: Bool

  private init(_ name: FieldName, _ type: FieldType, required: Bool = false, addition: Bool = false) {
    self.name = name
    self.type = type
    isRequired = required
    isAddition = addition
  }

  static let all: [FactKind: [FieldDescription]] = {
    let id = FieldType.text(limit: 120)
    let scheme = FieldDescription(.identifierScheme, words(IdentifierScheme.self))
    let identifier = FieldDescription(.identifier, .text(limit: 64))
    func key(_ name: FieldName) -> FieldDescription { FieldDescription(name, id, required: true) }
    func date(_ name: FieldName) -> FieldDescription { FieldDescription(name, .date, required: true) }
    func money(required: Bool) -> [FieldDescription] {
      [
        FieldDescription(.amount, .amount, required: required),
        FieldDescription(.currency, .currency, required: required),
      ]
    }
    func added(_ name: FieldName, _ type: FieldType) -> FieldDescription {
      FieldDescription(name, type, addition: true)
    }
    func yesNo(_ name: FieldName) -> FieldDescription { FieldDescription(name, .yesNo, required: true) }
    return [
      .customer: [
        key(.customer), FieldDescription(.kind, words(Customer.Kind.self), required: true),
        FieldDescription(.jurisdiction, .country, required: true),
        FieldDescription(.language, words(Customer.Language.self)), date(.customerSince),
        FieldDescription(.name, .text(limit: 400)), scheme, identifier,
        FieldDescription(.address, .text(limit: 1000)),
      ],
      .contract: [
        key(.contract), key(.customer),
        FieldDescription(.commodity, words(Contract.Commodity.self), required: true),
        FieldDescription(.deliveryPoint, .text(limit: 200)), date(.start), FieldDescription(.end, .date),
        added(.jurisdiction, .country), added(.customerType, words(Contract.CustomerType.self)),
        added(.claimant, words(Contract.Claimant.self)),
      ],
      .invoice: [
        key(.invoice), key(.customer), FieldDescription(.contract, id), date(.issued), date(.due),
      ] + money(required: true) + [added(.subject, words(Invoice.Subject.self))],
      .creditNote: [
        key(.creditNote), key(.customer), FieldDescription(.invoice, id), date(.issued),
      ] + money(required: true),
      .payment: [
        key(.payment), key(.customer), date(.date),
      ] + money(required: true) + [FieldDescription(.invoice, id)],
      .reversal: [
        key(.reversal), key(.customer), key(.payment), date(.date),
        FieldDescription(.reason, .text(limit: 200)),
      ],
      .debtNotice: [
        key(.notice), key(.customer), FieldDescription(.invoice, id), date(.sent),
        FieldDescription(.channel, words(DebtNotice.Channel.self), required: true),
      ] + money(required: false) + [
        added(.type, words(DebtNotice.NoticeType.self)), added(.contract, id), added(.deadline, .date),
        added(.principal, .amount), added(.interest, .amount), added(.penalty, .amount),
        added(.costs, .amount), added(.addressKind, words(DebtNotice.AddressKind.self)),
        added(.contentHash, .digest), added(.template, id), added(.language, words(Customer.Language.self)),
      ],
      .dispute: [
        key(.dispute), key(.customer), key(.invoice), date(.opened),
      ] + money(required: false) + [
        FieldDescription(.closed, .date), FieldDescription(.outcome, words(Dispute.Outcome.self)),
      ],
      .registerEntry: [
        key(.entry), FieldDescription(.customer, id), scheme, identifier, key(.register),
        FieldDescription(.type, words(RegisterEntry.EntryType.self), required: true), date(.since),
        FieldDescription(.until, .date),
      ],
      .arrearsEntry: [
        key(.entry), FieldDescription(.customer, id), scheme, identifier, FieldDescription(.register, id),
        date(.reported), FieldDescription(.ageMonths, .months), FieldDescription(.cleared, .date),
      ] + money(required: false),
      .noticeDelivery: [
        key(.delivery), key(.customer), key(.notice),
        FieldDescription(.event, words(NoticeDelivery.Event.self), required: true), date(.date),
        FieldDescription(.evidence, .text(limit: 200)),
      ],
      .complaint: [
        key(.complaint), key(.customer), FieldDescription(.contract, id), FieldDescription(.invoice, id),
        FieldDescription(.kind, words(Complaint.Kind.self), required: true), date(.opened),
        FieldDescription(.closed, .date), yesNo(.written), FieldDescription(.repliedOn, .date),
        FieldDescription(.outcome, words(Dispute.Outcome.self)),
      ],
      .paymentPlan: [
        key(.plan), key(.customer), key(.contract), date(.agreed), FieldDescription(.ended, .date),
        FieldDescription(.endReason, words(PaymentPlan.EndReason.self)),
      ],
      .planInstalment: [
        key(.instalment), key(.customer), key(.plan), date(.agreed), date(.due),
      ] + money(required: true),
      .protection: [
        key(.protection), key(.customer),
        FieldDescription(.kind, words(Protection.Kind.self), required: true), date(.from),
        FieldDescription(.until, .date), yesNo(.withProof),
      ],
      .dwelling: [
        key(.dwelling), key(.customer), FieldDescription(.deliveryPoint, .text(limit: 200), required: true),
        date(.from), FieldDescription(.until, .date), yesNo(.permanentHome), yesNo(.needsElectricityToHeat),
      ],
      .deposit: [
        key(.deposit), key(.customer), key(.contract), date(.date),
      ] + money(required: true),
      .operatorConfirmation: [
        key(.confirmation), key(.customer), key(.contract), key(.request),
        FieldDescription(.event, words(OperatorConfirmation.Event.self), required: true), date(.date),
      ],
      .claimAssignment: [
        key(.assignment), key(.customer), key(.contract), date(.date),
        FieldDescription(.collector, .text(limit: 400), required: true), FieldDescription(.returned, .date),
      ],
      .hold: [
        key(.hold), key(.customer), FieldDescription(.contract, id), FieldDescription(.invoice, id),
        date(.from), FieldDescription(.until, .date), key(.reason), key(.placedBy),
      ],
    ]
  }()

  private static func words<Words: CaseIterable & RawRepresentable<String>>(_: Words.Type) -> FieldType {
    .enumeration(Words.allCases.map(\.rawValue))
  }
}
