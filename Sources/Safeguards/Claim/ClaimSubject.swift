public import Facts

/// What decides which law a claim is under.
public struct ClaimSubject: Hashable, Sendable {
  /// The country of the delivery point.
  public var jurisdiction: Jurisdiction
  /// Whose claim it is.
  public var claimant: Contract.Claimant
  /// What is supplied.
  public var commodity: Contract.Commodity
  /// Household or business.
  public var customerType: Contract.CustomerType

  /// A claim of this kind.
  public init(
    jurisdiction: Jurisdiction, claimant: Contract.Claimant, commodity: Contract.Commodity,
    customerType: Contract.CustomerType
  ) {
    self.jurisdiction = jurisdiction
    self.claimant = claimant
    self.commodity = commodity
    self.customerType = customerType
  }

  /// The claim under a contract; nil where the contract or whose law counts is not known.
  ///
  /// A customer of whom it is not known what they are is protected like a household.
  public init?(contract id: String, _ facts: CustomerFacts) {
    guard let contract = facts.contracts.first(where: { $0.fact.id == id })?.fact,
      let jurisdiction = contract.jurisdiction ?? facts.customer?.fact.jurisdiction
    else { return nil }
    let byKind: Contract.CustomerType = facts.customer?.fact.kind == .business ? .business : .household
    self.init(
      jurisdiction: jurisdiction, claimant: contract.claimant ?? .supplier, commodity: contract.commodity,
      customerType: contract.customerType ?? byKind)
  }
}
