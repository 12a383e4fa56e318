public import Facts
public import Values

/// A claim in the parts that a notice has to tell apart (LV-D-2): all of one currency.
public struct ClaimAmount: Hashable, Sendable {
  /// What was billed for supply and network and is open.
  public var principal: Decimal
  /// Statutory interest on it (LV-C-1), up to the principal (LV-C-3).
  public var interest: Decimal
  /// Contractual penalty, up to a share of the principal (LV-C-2).
  public var penalty: Decimal
  /// Costs of recovery (LV-D-11).
  public var costs: Decimal
  /// The currency of all parts.
  public var currency: Currency

  /// A claim of these parts.
  public init(
    principal: Decimal, interest: Decimal = 0, penalty: Decimal = 0, costs: Decimal = 0, currency: Currency
  ) {
    self.principal = principal
    self.interest = interest
    self.penalty = penalty
    self.costs = costs
    self.currency = currency
  }

  /// What is past due of invoices, in its parts: by what each bills, with the interest on it.
  init(_ invoices: [ClaimInvoice], currency: Currency) {
    self.init(principal: 0, currency: currency)
    for invoice in invoices {
      switch invoice.subject {
      case .supply, .network: principal += invoice.overdue
      case .penalty: penalty += invoice.overdue
      case .recoveryCost, .restorationCost: costs += invoice.overdue
      }
      interest += invoice.interest
    }
  }

  /// All parts together.
  public var total: Decimal { principal + interest + penalty + costs }

  /// All parts together, with their currency.
  public var money: Money { Money(total, currency) }
}
