public import Values

/// One instalment of a payment plan.
///
/// It is true from the day of the agreement, so that those still to come are seen. Its plan need not be known: files come in
/// any order, and an instalment counts for nothing before its plan has come.
public struct PlanInstalment: FactContent {
  /// The record id.
  public var id: String
  /// The customer.
  public var customer: CustomerReference
  /// The record id of the plan.
  public var plan: String
  /// The day on which the instalment was agreed: that of the plan, or later where it was moved.
  public var agreed: CivilDate
  /// The last day on which paying it is in time.
  public var due: CivilDate
  /// What is to be paid, above zero.
  public var amount: Money

  /// An instalment as one record states it.
  public init(
    id: String, customer: CustomerReference, plan: String, agreed: CivilDate, due: CivilDate, amount: Money
  ) {
    self.id = id
    self.customer = customer
    self.plan = plan
    self.agreed = agreed
    self.due = due
    self.amount = amount
  }

  /// The kind of fact.
  public static var factKind: FactKind { .planInstalment }
  /// The day on which it was agreed.
  public var trueFrom: CivilDate { agreed }
}
