import Facts
import Values

/// What a decision is asked about besides the customer's facts.
public struct Situation: Hashable, Sendable {
  /// The day that the decision is to hold for.
  public var businessDate: CivilDate
  /// The currency to rate; nil for the one of most of the customer's invoices.
  public var currency: Currency?
  /// Which registers the store holds any entry of.
  public var sources: LoadedSources
  /// Open records in quarantine that name the customer.
  public var quarantinedRecords: Int
  /// The order that is asked about; nil where the customer alone is rated.
  public var order: Order?
  /// The step of debt management that the decision is to propose; nil where it proposes none.
  public var proposal: ServiceProposal?
  /// The rating that stood before; nil where there was none.
  public var previous: PreviousRating?
  /// What a person decided, now or earlier; nil where nobody has.
  public var judgement: GivenJudgement?
  /// The sources that were asked about the customer and gave no answer that can be used, by name: the order waits.
  public var silentSources: [String]

  /// A situation.
  public init(
    businessDate: CivilDate, currency: Currency? = nil, sources: LoadedSources, quarantinedRecords: Int = 0,
    order: Order? = nil, proposal: ServiceProposal? = nil, previous: PreviousRating? = nil,
    judgement: GivenJudgement? = nil, silentSources: [String] = []
  ) {
    self.businessDate = businessDate
    self.currency = currency
    self.sources = sources
    self.quarantinedRecords = quarantinedRecords
    self.order = order
    self.proposal = proposal
    self.previous = previous
    self.judgement = judgement
    self.silentSources = silentSources
  }
}

/// Which registers have ever been loaded: where one has not, "no entry" is not knowledge but its absence.
public struct LoadedSources: Hashable, Sendable {
  /// Whether arrears-register entries have been loaded.
  public var arrearsRegister: Bool
  /// Whether entries of public registers have been loaded.
  public var publicRegisters: Bool

  /// These, and those that have answered about a customer.
  public func with(_ answered: Set<FactKind>) -> LoadedSources {
    LoadedSources(
      arrearsRegister: arrearsRegister || answered.contains(.arrearsEntry),
      publicRegisters: publicRegisters || answered.contains(.registerEntry))
  }

  /// The loaded registers.
  public init(arrearsRegister: Bool, publicRegisters: Bool) {
    self.arrearsRegister = arrearsRegister
    self.publicRegisters = publicRegisters
  }
}
