public import Facts
public import Formats
public import Values

/// One dated entry of the law data: a rule, what it is about, and how well it is known.
public struct DebtLawEntry: Hashable, Sendable {
  /// How well a rule is known.
  public enum Confidence: String, CaseIterable, Hashable, Sendable {
    /// The text was read.
    case read
    /// A secondary source was read.
    case secondary
    /// From memory, or not known to be in force; a lawyer confirms it before it is relied on.
    case memory
    /// No law: the house's own caution.
    case house
  }

  /// The id of the requirement, as in `LV-E-1`; several entries of different kinds may share it.
  public let id: String
  /// The kind, as the file has it.
  public let kind: String
  /// The country.
  public let jurisdiction: Jurisdiction
  /// What it says.
  public let rule: DebtLawRule
  /// Whose claims it is about; nil for all.
  public let claimants: Set<Contract.Claimant>?
  /// What is supplied; nil for all.
  public let commodities: Set<Contract.Commodity>?
  /// Which customers; nil for all.
  public let customers: Set<Contract.CustomerType>?
  /// The first day on which it holds.
  public let from: CivilDate
  /// The last day on which it holds; nil while it is in force.
  public let until: CivilDate?
  /// The act and the place in it.
  public let source: String
  /// How well it is known.
  public let confidence: Confidence
  /// What it says, for the people who keep the file.
  public let note: String
  /// The entry as it was written.
  public let json: JSONValue

  /// Whether it is in force on a day.
  public func isInForce(on day: CivilDate) -> Bool { from <= day && day <= (until ?? day) }

  /// Whether it is about such a claim.
  public func concerns(_ claim: ClaimSubject) -> Bool {
    jurisdiction == claim.jurisdiction && (claimants?.contains(claim.claimant) ?? true)
      && (commodities?.contains(claim.commodity) ?? true) && (customers?.contains(claim.customerType) ?? true)
  }
}
