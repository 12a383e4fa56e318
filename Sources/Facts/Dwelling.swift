public import Values

/// What the law asks about the place that is supplied (Estonian Electricity Market Act, § 90(7)).
public struct Dwelling: FactContent {
  /// The record id.
  public var id: String
  /// The customer.
  public var customer: CustomerReference
  /// The delivery point, as contracts name it.
  public var deliveryPoint: String
  /// From when this is so.
  public var from: CivilDate
  /// The day from which it is so no longer; nil while it is.
  public var until: CivilDate?
  /// Whether it is a dwelling used as a permanent home.
  public var isPermanentHome: Bool
  /// Whether it is heated wholly or mainly by electricity, or its heating cannot run without.
  public var needsElectricityToHeat: Bool

  /// A dwelling as one record states it.
  public init(
    id: String, customer: CustomerReference, deliveryPoint: String, from: CivilDate, until: CivilDate? = nil,
    isPermanentHome: Bool, needsElectricityToHeat: Bool
  ) {
    self.id = id
    self.customer = customer
    self.deliveryPoint = deliveryPoint
    self.from = from
    self.until = until
    self.isPermanentHome = isPermanentHome
    self.needsElectricityToHeat = needsElectricityToHeat
  }

  /// The kind of fact.
  public static var factKind: FactKind { .dwelling }
  /// From when this is so.
  public var trueFrom: CivilDate { from }

  /// Whether this is so on this day.
  public func isInForce(on date: CivilDate) -> Bool {
    guard from <= date else { return false }
    guard let until else { return true }
    return date < until
  }
}
