public import Facts
public import Values

/// What debt management would do on a day, written down before anything is done.
///
/// A plan is a proposal to people: `debt plan` writes it, somebody reads it, `debt apply` does what it says and nothing
/// else. It names the last write that it saw, so that a case whose facts have changed since is refused, and carries a
/// digest of itself, so that one that was edited by hand is refused whole.
public struct DebtPlan: Hashable, Sendable {
  /// A step that would be taken.
  public struct Action: Hashable, Sendable {
    /// The customer number.
    public var customer: String
    /// The contract whose debt it is; nil for a debt without one.
    public var contract: String?
    /// What is supplied under it.
    public var commodity: Contract.Commodity?
    /// Whose law applies.
    public var jurisdiction: Jurisdiction
    /// What would be done.
    public var step: LadderStep
    /// The code of why, as the policy gives it.
    public var reason: String
    /// The invoices that it is about.
    public var invoices: [String]
    /// What is claimed, all parts together.
    public var amount: Money
    /// Whether a person has to approve it first.
    public var needsApproval: Bool

    /// A step that would be taken.
    public init(
      customer: String, contract: String?, commodity: Contract.Commodity?, jurisdiction: Jurisdiction,
      step: LadderStep, reason: String, invoices: [String], amount: Money, needsApproval: Bool
    ) {
      self.customer = customer
      self.contract = contract
      self.commodity = commodity
      self.jurisdiction = jurisdiction
      self.step = step
      self.reason = reason
      self.invoices = invoices
      self.amount = amount
      self.needsApproval = needsApproval
    }
  }

  /// A step that the policy asks for and the law does not allow yet, or at all.
  public struct Barred: Hashable, Sendable {
    /// The customer number.
    public var customer: String
    /// The contract whose debt it is; nil for a debt without one.
    public var contract: String?
    /// What the policy asks for.
    public var step: LadderStep
    /// The ids of what stands against it, as `rules/law` names them.
    public var bars: [String]
    /// The first day on which every clock has run; nil where none is told by the law.
    public var earliest: CivilDate?

    /// A step that is not allowed.
    public init(
      customer: String, contract: String?, step: LadderStep, bars: [String], earliest: CivilDate?
    ) {
      self.customer = customer
      self.contract = contract
      self.step = step
      self.bars = bars
      self.earliest = earliest
    }
  }

  /// The day that it was made for.
  public var businessDate: CivilDate
  /// What became known later was not used.
  public var knownAt: Instant
  /// The last write that it saw.
  public var readSequence: Int
  /// The version of the rules that it was made by.
  public var ruleSet: Digest
  /// What would be done, by customer and contract.
  public var actions: [Action]
  /// What would not be, and why.
  public var barred: [Barred]
  /// How many cases there are, those among them for which nothing is due today.
  public var cases: Int

  /// A plan.
  public init(
    businessDate: CivilDate, knownAt: Instant, readSequence: Int, ruleSet: Digest, actions: [Action] = [],
    barred: [Barred] = [], cases: Int = 0
  ) {
    self.businessDate = businessDate
    self.knownAt = knownAt
    self.readSequence = readSequence
    self.ruleSet = ruleSet
    self.actions = actions
    self.barred = barred
    self.cases = cases
  }
}
