public import Values

/// A person or company that buys from the supplier, or asks to.
public struct Customer: FactContent {
  /// What the customer is to the supplier.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// A natural person buying for the home.
    case household
    /// A company or sole trader.
    case business
    /// Somebody who has asked for an offer and bought nothing yet.
    case prospect
  }

  /// The language that the customer is written to.
  public enum Language: String, CaseIterable, Hashable, Sendable {
    /// Latvian.
    case latvian = "lv"
    /// Estonian.
    case estonian = "et"
    /// English.
    case english = "en"
  }

  /// The supplier's customer number.
  public var number: String
  /// Household, business or prospect.
  public var kind: Kind
  /// Whose law applies.
  public var jurisdiction: Jurisdiction
  /// The language that the customer chose, if known.
  public var language: Language?
  /// Since when the customer is one.
  public var customerSince: CivilDate
  /// The name, if kept.
  public var name: String?
  /// The personal code or registration number, if kept.
  public var identifier: Identifier?
  /// The postal address, if kept.
  public var address: String?

  /// A customer as one record states it.
  public init(
    number: String, kind: Kind, jurisdiction: Jurisdiction, language: Language? = nil,
    customerSince: CivilDate, name: String? = nil, identifier: Identifier? = nil, address: String? = nil
  ) {
    self.number = number
    self.kind = kind
    self.jurisdiction = jurisdiction
    self.language = language
    self.customerSince = customerSince
    self.name = name
    self.identifier = identifier
    self.address = address
  }

  /// The kind of fact.
  public static var factKind: FactKind { .customer }
  /// The customer number.
  public var id: String { number }
  /// The customer itself.
  public var customer: CustomerReference { .number(number) }
  /// Since when the customer is one.
  public var trueFrom: CivilDate { customerSince }
}
