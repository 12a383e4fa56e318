public import Facts
public import Values

/// What somebody wants to do about a debt, and on which grounds.
public struct RestrictionRequest: Hashable, Sendable {
  /// The id of the request.
  public var id: String
  /// What is to be done.
  public var tool: Tool
  /// The customer number.
  public var customer: String
  /// The contract.
  public var contract: String
  /// The invoices that it rests on.
  public var invoices: [String]
  /// The day on which it goes out; supply may be cut on the same day.
  public var on: CivilDate
  /// The principal claimed for them.
  public var amount: Money
  /// Interest claimed beside it, in the same currency.
  public var interest: Decimal
  /// Contractual penalty claimed beside it.
  public var penalty: Decimal
  /// Costs of recovery claimed beside it.
  public var costs: Decimal

  /// A request.
  public init(
    id: String, tool: Tool, customer: String, contract: String, invoices: [String], on: CivilDate,
    amount: Money, interest: Decimal = 0, penalty: Decimal = 0, costs: Decimal = 0
  ) {
    self.id = id
    self.tool = tool
    self.customer = customer
    self.contract = contract
    self.invoices = invoices
    self.on = on
    self.amount = amount
    self.interest = interest
    self.penalty = penalty
    self.costs = costs
  }
}
