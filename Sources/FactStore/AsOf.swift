import Values

/// The point on both time axes, and in the order of writes, that a read looks from.
public struct AsOf: Sendable, Hashable {
  /// Facts that became true after this date have not happened yet.
  public var businessDate: CivilDate
  /// Facts that became known after this instant are not known yet.
  public var knownAt: Instant
  /// Facts that were stored by a later write do not exist yet; nil takes all that are stored.
  public var sequence: Int?

  /// Names a point of view.
  public init(businessDate: CivilDate, knownAt: Instant, sequence: Int? = nil) {
    self.businessDate = businessDate
    self.knownAt = knownAt
    self.sequence = sequence
  }

  /// The last write that counts.
  var lastSequence: Int { sequence ?? Int.max }
}
