public import Values

/// An entry of a public register about a customer.
public struct RegisterEntry: FactContent {
  /// What a register entry says.
  public enum EntryType: String, CaseIterable, Hashable, Sendable {
    /// Insolvency or bankruptcy proceedings.
    case insolvency
    /// Legal protection proceedings (a reorganisation, not an insolvency).
    case legalProtection
    /// Liquidation.
    case liquidation
    /// Activity suspended by an authority.
    case activitySuspension
    /// A securing measure or prohibition.
    case securingMeasure
    /// A tax debt.
    case taxDebt
    /// The person has died.
    case deceased
    /// The company is struck off the register.
    case struckOff
  }

  /// The entry's record id.
  public var id: String
  /// The customer, by number or identifier.
  public var customer: CustomerReference
  /// The register's name.
  public var register: String
  /// What the entry says.
  public var type: EntryType
  /// From when it holds.
  public var since: CivilDate
  /// The day from which it holds no longer; nil while open.
  public var until: CivilDate?

  /// An entry as one record states it.
  public init(
    id: String, customer: CustomerReference, register: String, type: EntryType, since: CivilDate,
    until: CivilDate? = nil
  ) {
    self.id = id
    self.customer = customer
    self.register = register
    self.type = type
    self.since = since
    self.until = until
  }

  /// The kind of fact.
  public static var factKind: FactKind { .registerEntry }
  /// From when the entry holds.
  public var trueFrom: CivilDate { since }

  /// Whether the entry holds on this day.
  public func isInForce(on date: CivilDate) -> Bool {
    guard since <= date else { return false }
    guard let until else { return true }
    return date < until
  }
}
