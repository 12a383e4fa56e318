internal import Values

/// A point on a time line: seconds and nanoseconds, for comparing and subtracting (DMN 1.5, 10.3.2.3.4 to .6).
struct TimePoint: Comparable {
  var seconds: Int
  var nanoseconds: Int

  static func < (left: TimePoint, right: TimePoint) -> Bool {
    left.seconds != right.seconds ? left.seconds < right.seconds : left.nanoseconds < right.nanoseconds
  }

  /// The exact distance from another point, or nil beyond the range of durations.
  func distance(from other: TimePoint) -> DaysTimeDuration? {
    var seconds = self.seconds - other.seconds
    var nanoseconds = self.nanoseconds - other.nanoseconds
    if nanoseconds < 0 {
      nanoseconds += 1_000_000_000
      seconds -= 1
    }
    return DaysTimeDuration(seconds: seconds, nanoseconds: nanoseconds)
  }
}

extension CivilTime {
  /// The point on the time line of one day; the zone's offset is taken off where there is one.
  ///
  /// A region's offset depends on the date; for a time alone the day of the epoch stands in.
  var timePoint: TimePoint {
    var seconds = secondOfDay
    if let zone, let epoch = CivilDate(year: 1970, month: 1, day: 1) {
      seconds -= zone.offsetSeconds(date: epoch, time: self) ?? 0
    }
    return TimePoint(seconds: seconds, nanoseconds: nanosecond)
  }
}

extension CivilDateTime {
  /// The point on the time line of UTC; a local value counts by its fields.
  var timePoint: TimePoint {
    var seconds = localSeconds
    if let zone = time.zone { seconds -= zone.offsetSeconds(date: date, time: time) ?? 0 }
    return TimePoint(seconds: seconds, nanoseconds: time.nanosecond)
  }
}

extension CivilDate {
  /// The implicit conversion of a date to date and time (10.3.2.9.4): midnight in UTC.
  var atMidnightUTC: CivilDateTime {
    CivilDateTime(date: self, time: CivilTime.midnight.with(zone: .utc))
  }
}
