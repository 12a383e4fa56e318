public import Facts
public import Values

/// That a source was asked about a customer, what for, and what came of it.
public struct SourcePull: Hashable, Sendable {
  /// What came of asking.
  public enum State: String, CaseIterable, Hashable, Sendable {
    /// It has entries.
    case present
    /// It was asked and has none.
    case absent
    /// It has entries that are disputed.
    case disputed
    /// It may not tell.
    case withheld
    /// What it had was erased.
    case erased
    /// It gave no answer.
    case unavailable
    /// Its answer breaks the contract.
    case malformed

    /// Whether something is known since; otherwise what was known before is all there is.
    public var isConclusive: Bool { self != .unavailable && self != .malformed }
  }

  /// The name of the source.
  public var source: String
  /// When it was asked.
  public var at: Instant
  /// What came of it.
  public var state: State
  /// The kinds of record that it was asked for.
  public var kinds: Set<FactKind>
  /// Why, where it gave nothing: a stable code and a place, never personal data.
  public var cause: String?
  /// What it was asked for.
  public var purpose: String
  /// What allows asking.
  public var legalGround: String

  /// Describes a pull.
  public init(
    source: String, at: Instant, state: State, kinds: Set<FactKind>, cause: String? = nil, purpose: String, legalGround: String
  ) {
    self.source = source
    self.at = at
    self.state = state
    self.kinds = kinds
    self.cause = cause
    self.purpose = purpose
    self.legalGround = legalGround
  }
}

/// What is known of a source's pulls for a customer as of a point in time.
public struct NewestPulls: Hashable, Sendable {
  /// The last one.
  public var last: SourcePull
  /// The last one by which something became known, perhaps the same.
  public var lastConclusive: SourcePull?
}
