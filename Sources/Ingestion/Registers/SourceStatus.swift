public import FactStore
public import Values

/// How a source stands for one customer at a moment.
public enum SourceStatus: String, CaseIterable, Hashable, Sendable {
  /// It has entries.
  case present
  /// It has none.
  case absent
  /// It has entries that are disputed.
  case disputed
  /// It may not tell.
  case withheld
  /// What it had was erased.
  case erased
  /// It was asked and gave no answer, and what was known before is too old or nothing.
  case unavailable
  /// What it said is too old.
  case stale
  /// It was never asked.
  case neverAsked = "never-asked"

  /// The status by the newest pulls of a source.
  ///
  /// An answer counts until it is too old, also when asking again failed meanwhile.
  public init(_ pulls: NewestPulls?, of source: RegisterSource, at now: Instant) {
    guard let pulls else {
      self = .neverAsked
      return
    }
    let age = source.maximumAgeHours.multipliedReportingOverflow(by: 3_600_000_000)
    if let known = pulls.lastConclusive,
      let end = known.at.adding(microseconds: age.overflow ? Int.max : age.partialValue), now <= end
    {
      self = SourceStatus(known.state)
    } else {
      self = pulls.last.state.isConclusive ? .stale : .unavailable
    }
  }

  /// The status while an answer is fresh.
  public init(_ state: SourcePull.State) {
    switch state {
    case .present: self = .present
    case .absent: self = .absent
    case .disputed: self = .disputed
    case .withheld: self = .withheld
    case .erased: self = .erased
    case .unavailable, .malformed: self = .unavailable
    }
  }

  /// Whether the source has to be asked before a decision rests on it.
  public var needsPull: Bool { self == .neverAsked || self == .stale || self == .unavailable }
}
