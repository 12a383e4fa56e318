public import Values

/// An entry of an arrears register about a customer.
public struct ArrearsEntry: FactContent {
  /// The entry's record id.
  public var id: String
  /// The customer, by number or identifier.
  public var customer: CustomerReference
  /// The register's name, if known.
  public var register: String?
  /// The day on which the arrears were reported.
  public var reported: CivilDate
  /// How many months the arrears were old when reported, if known.
  public var ageMonths: Int?
  /// The day on which the arrears were cleared; nil while open.
  public var cleared: CivilDate?
  /// The amount in arrears, if the register tells.
  public var amount: Money?

  /// An entry as one record states it.
  public init(
    id: String, customer: CustomerReference, register: String? = nil, reported: CivilDate,
    ageMonths: Int? = nil, cleared: CivilDate? = nil, amount: Money? = nil
  ) {
    self.id = id
    self.customer = customer
    self.register = register
    self.reported = reported
    self.ageMonths = ageMonths
    self.cleared = cleared
    self.amount = amount
  }

  /// The kind of fact.
  public static var factKind: FactKind { .arrearsEntry }
  /// The day on which the arrears were reported.
  public var trueFrom: CivilDate { reported }

  /// Whether the arrears are open on this day.
  public func isOpen(on date: CivilDate) -> Bool {
    guard reported <= date else { return false }
    guard let cleared else { return true }
    return date < cleared
  }
}
