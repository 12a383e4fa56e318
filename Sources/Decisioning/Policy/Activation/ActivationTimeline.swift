import Values

/// Which rule set is in force on which business date, as the record of activations says now.
///
/// In force on a day is the line with the latest first day up to it that was not taken back; of several with the same
/// first day the one recorded last.
public struct ActivationTimeline: Hashable, Sendable {
  /// A version and the days on which it is in force.
  public struct Period: Hashable, Sendable {
    /// The version.
    public var version: Digest
    /// Its first day.
    public var from: CivilDate
    /// Its last day; nil where nothing follows.
    public var until: CivilDate?

    /// A version in force from one day to another.
    public init(version: Digest, from: CivilDate, until: CivilDate?) {
      self.version = version
      self.from = from
      self.until = until
    }
  }

  /// The lines that were not taken back, by their first day and then by number.
  private let standing: [Activation]
  /// The periods without gap from the first day on, neighbours of one version joined.
  public let periods: [Period]

  /// The timeline of all lines, in any order.
  public init(_ activations: [Activation]) {
    let withdrawn = Set(activations.compactMap(\.withdraws))
    standing =
      activations.filter { $0.kind != .withdrawal && !withdrawn.contains($0.number) }
      .sorted { ($0.from, $0.number) < ($1.from, $1.number) }
    var periods: [Period] = []
    for activation in standing {
      if let last = periods.last, last.from == activation.from { periods.removeLast() }
      if periods.last?.version == activation.version { continue }
      periods.append(Period(version: activation.version, from: activation.from, until: nil))
    }
    for place in periods.indices.dropLast() {
      periods[place].until = periods[place + 1].from.adding(days: -1)
    }
    self.periods = periods
  }

  /// Whether no rule set was ever put in force, so that whoever asks names one.
  public var isEmpty: Bool { standing.isEmpty }

  /// The first business date that is decided; nil where the timeline is empty.
  public var firstDay: CivilDate? { periods.first?.from }

  /// What is in force on a business date.
  public func period(on day: CivilDate) -> Period? { periods.last { $0.from <= day } }

  /// The version in force on a business date.
  public func version(on day: CivilDate) -> Digest? { period(on: day)?.version }

  /// The days on which a version is in force.
  public func periods(of version: Digest) -> [Period] { periods.filter { $0.version == version } }

  /// Whether a version was ever put in force, if only for a part of a day, and not taken back before its day.
  public func hasActivated(_ version: Digest) -> Bool { standing.contains { $0.version == version } }

  /// The line recorded last whose day has not come; nil where there is none.
  public func scheduled(after today: CivilDate) -> Activation? {
    standing.filter { $0.from > today }.max { $0.number < $1.number }
  }

  /// The version that was in force before the one of today: what a rollback puts back.
  ///
  /// A rollback leads on from there: the version that it took out of force does not count any more.
  public func before(_ today: CivilDate) -> Digest? {
    var line: [Digest] = []
    for activation in standing where activation.from <= today {
      if activation.kind == .rollback, let place = line.lastIndex(of: activation.version) {
        line.removeSubrange((place + 1)...)
      } else if line.last != activation.version {
        line.append(activation.version)
      }
    }
    return line.dropLast().last
  }
}
