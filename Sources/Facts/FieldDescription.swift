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
}

/// One field of a kind of fact, as mappings and templates need it.
public struct FieldDescription: Hashable, Sendable {
  /// The field's name, the column of the canonical layout.
  public let name: FieldName
  /// What it takes.
  public let type: FieldType
  /// Whether every record of the kind must have it.
  public let isRequired: Bool

  private init(_ name: FieldName, _ type: FieldType, required: Bool = false) {
    self.name = name
    self.type = type
    isRequired = required
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
      ],
      .invoice: [
        key(.invoice), key(.customer), FieldDescription(.contract, id), date(.issued), date(.due),
      ] + money(required: true),
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
      ] + money(required: false),
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
    ]
  }()

  private static func words<Words: CaseIterable & RawRepresentable<String>>(_: Words.Type) -> FieldType {
    .enumeration(Words.allCases.map(\.rawValue))
  }
}
