internal import Values

extension Zone {
  /// Seconds east of UTC at a local date and time, or nil for a region that is not known.
  func offsetSeconds(date: CivilDate, time: CivilTime) -> Int? {
    switch self {
    case .offset(let seconds): seconds
    case .region: nil
    }
  }
}
