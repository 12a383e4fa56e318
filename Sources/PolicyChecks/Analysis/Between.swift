import FEEL
import Values

/// Finds values strictly between two others, the plainest first.
struct Between {
  let low: Value?
  let high: Value?
  let isWhole: Bool

  /// Candidates; all of them lie between the ends.
  var samples: [Value] {
    candidates.filter { value in
      (low.map { Value.compare($0, value) == .less } ?? true)
        && (high.map { Value.compare(value, $0) == .less } ?? true)
    }
  }

  /// A value of a kind, where nothing bounds it.
  static func anything(_ type: FEELType) -> Value {
    switch type {
    case .date: CivilDate("2026-06-30").map(Value.date) ?? .null
    case .yearsMonthsDuration: .yearsMonthsDuration(YearsMonthsDuration(months: 12))
    default: .number(1)
    }
  }

  private var candidates: [Value] {
    switch low ?? high {
    case .number: return numbers
    case .date: return dates
    case .yearsMonthsDuration: return months
    case .daysTimeDuration: return seconds
    case .dateTime: return dateTimes
    default: return []
    }
  }

  private var numbers: [Value] {
    var numbers: [Decimal?] = []
    switch (low?.number, high?.number) {
    case (let low?, let high?):
      let middle = low.adding(high)?.divided(by: 2)
      numbers = [middle?.rounded(scale: 0, .halfUp), low.rounded(scale: 0, .floor)?.adding(1)]
      if !isWhole {
        numbers += (1...6).map { middle?.rounded(scale: $0, .halfUp) } + [middle]
      }
    case (let low?, nil):
      numbers = [1, 2, 5, 10].map { low.rounded(scale: 0, .floor)?.adding($0) }
    case (nil, let high?):
      numbers = [1, 2, 5, 10].map { high.rounded(scale: 0, .ceiling)?.subtracting($0) }
    case (nil, nil): break
    }
    return numbers.compactMap { $0.map(Value.number) }
  }

  private var dates: [Value] {
    guard let days = middle(date(low)?.dayNumber, date(high)?.dayNumber) else { return [] }
    return [.date(CivilDate(dayNumber: days))]
  }

  private func date(_ value: Value?) -> CivilDate? {
    if case .date(let date)? = value { date } else { nil }
  }

  private var months: [Value] {
    func months(_ value: Value?) -> Int? {
      if case .yearsMonthsDuration(let duration)? = value { duration.months } else { nil }
    }
    return middle(months(low), months(high)).map {
      [.yearsMonthsDuration(YearsMonthsDuration(months: $0))]
    } ?? []
  }

  private var seconds: [Value] {
    func seconds(_ value: Value?) -> Int? {
      if case .daysTimeDuration(let duration)? = value { duration.seconds } else { nil }
    }
    return middle(seconds(low), seconds(high)).map {
      [.daysTimeDuration(DaysTimeDuration(seconds: $0))]
    } ?? []
  }

  private var dateTimes: [Value] {
    func local(_ value: Value?) -> Int? {
      if case .dateTime(let moment)? = value { moment.localSeconds } else { nil }
    }
    guard let seconds = middle(local(low), local(high)), case .dateTime(let end)? = low ?? high,
      let moment = CivilDateTime(localSeconds: seconds, zone: end.zone)
    else { return [] }
    return [.dateTime(moment)]
  }

  /// A whole number between two others, one beyond where an end is missing.
  private func middle(_ low: Int?, _ high: Int?) -> Int? {
    switch (low, high) {
    case (let low?, let high?): return high - 1 > low ? low + max(1, (high - low) / 2) : nil
    case (let low?, nil): return low &+ 1
    case (nil, let high?): return high &- 1
    case (nil, nil): return nil
    }
  }
}
