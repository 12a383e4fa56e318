public import Values

/// How an effect of an earlier step stands, as far as the case has to know of it: what the outbox tells beside the facts.
public struct EffectStanding: Hashable, Sendable {
  /// How far it has come.
  public enum Progress: String, CaseIterable, Hashable, Sendable {
    /// It has not left yet, or somebody has to look at it.
    case waiting
    /// It has left.
    case left
    /// It never had an effect and never will.
    case void
  }

  /// Its id: that of the notice that it became, and of the request that the operator answers.
  public var id: String
  /// The contract; nil for a debt without one.
  public var contract: String?
  /// The step.
  public var step: LadderStep
  /// How far it has come.
  public var progress: Progress
  /// The day on which it left, or was begun while it has not.
  public var on: CivilDate
  /// The invoices that it names.
  public var invoices: [String]
  /// The restriction that it takes back.
  public var concerning: String?

  /// An effect's standing.
  public init(
    id: String, contract: String?, step: LadderStep, progress: Progress, on: CivilDate,
    invoices: [String] = [], concerning: String? = nil
  ) {
    self.id = id
    self.contract = contract
    self.step = step
    self.progress = progress
    self.on = on
    self.invoices = invoices
    self.concerning = concerning
  }
}
