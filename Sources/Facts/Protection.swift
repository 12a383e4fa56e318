public import Values

/// A status that protects a customer from acts against them.
///
/// It says no more than that the status holds: serious illness and unemployment are both `temporaryInsolvency`, so that no
/// health data are kept (GDPR art. 9).
public struct Protection: FactContent {
  /// What protects.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// A protected user of electricity (Latvian Electricity Market Law, s. 1(2)3).
    case protectedUser
    /// A household in energy poverty.
    case energyPoor
    /// Temporary insolvency of a natural person (Estonian Electricity Market Act, § 90(5)).
    case temporaryInsolvency
    /// The data about the debt may not be used meanwhile (GDPR art. 18).
    case dataRestricted
    /// The debtor has died.
    case deceased
  }

  /// The record id.
  public var id: String
  /// The customer.
  public var customer: CustomerReference
  /// What protects.
  public var kind: Kind
  /// From when.
  public var from: CivilDate
  /// The day from which it holds no longer, which may lie ahead; nil where that is open.
  public var until: CivilDate?
  /// Whether proof of it was given.
  public var withProof: Bool

  /// A protection as one record states it.
  public init(
    id: String, customer: CustomerReference, kind: Kind, from: CivilDate, until: CivilDate? = nil,
    withProof: Bool
  ) {
    self.id = id
    self.customer = customer
    self.kind = kind
    self.from = from
    self.until = until
    self.withProof = withProof
  }

  /// The kind of fact.
  public static var factKind: FactKind { .protection }
  /// From when it holds.
  public var trueFrom: CivilDate { from }

  /// Whether it holds on this day.
  public func isInForce(on date: CivilDate) -> Bool {
    guard from <= date else { return false }
    guard let until else { return true }
    return date < until
  }
}
