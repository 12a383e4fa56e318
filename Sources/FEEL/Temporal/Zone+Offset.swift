internal import Values

extension Zone {
  /// Seconds east of UTC at a local date and time, or nil for a region that is not known.
  func offsetSeconds(date: CivilDate, time: CivilTime) -> Int? {
    switch self {
    case .offset(let seconds): seconds
    case .region(let name):
      TimeZoneRules.offset(in: name, atLocal: date.dayNumber * 86_400 + time.secondOfDay)
    }
  }

  /// Seconds east of UTC at a moment, given in seconds since 1970 in UTC, or nil for a region that is not known.
  func offsetSeconds(atUTC seconds: Int) -> Int? {
    switch self {
    case .offset(let seconds): seconds
    case .region(let name): TimeZoneRules.offset(in: name, atUTC: seconds)
    }
  }

  /// Whether the zone is an offset or a region that is known.
  var isKnown: Bool {
    switch self {
    case .offset: true
    case .region(let name): TimeZoneRules.knows(name)
    }
  }
}
