import Values

/// One line of the record of which rule set decides from when; lines are added and never changed.
public struct Activation: Hashable, Sendable {
  /// What a line does.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Puts a version in force from a day.
    case activation
    /// Puts an earlier version back in force from a day.
    case rollback
    /// Takes a line back whose day had not come.
    case withdrawal
  }

  /// Its number, counted from 1.
  public var number: Int
  /// What it does.
  public var kind: Kind
  /// The version that it puts in force or takes back.
  public var version: Digest
  /// The first business date that the version decides.
  public var from: CivilDate
  /// The number of the line that it takes back; nil for every other kind.
  public var withdraws: Int?
  /// The number of the write that stored it.
  public var sequence: Int
  /// Who did it.
  public var actor: String
  /// When it was recorded.
  public var at: Instant

  /// A line of the record.
  public init(
    number: Int, kind: Kind, version: Digest, from: CivilDate, withdraws: Int? = nil, sequence: Int,
    actor: String, at: Instant
  ) {
    self.number = number
    self.kind = kind
    self.version = version
    self.from = from
    self.withdraws = withdraws
    self.sequence = sequence
    self.actor = actor
    self.at = at
  }
}
