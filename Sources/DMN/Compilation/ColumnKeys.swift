internal import FEEL
internal import Values

/// The constants on which the cells of a column turn, distinct and in order.
enum ColumnKeys {
  case numbers([Decimal])
  case dates([Int])
  case strings([String])
  case booleans

  /// Makes keys of constants; nil where they are of several kinds or of one that has no index.
  ///
  /// Null among them makes no key: it is a region of its own in any case.
  init?(_ constants: [Value]) {
    let constants = constants.filter { !$0.isNull }
    switch constants.first {
    case .number:
      let numbers = constants.compactMap(\.number)
      guard numbers.count == constants.count else { return nil }
      self = .numbers(Self.distinct(numbers))
    case .date:
      let days = constants.compactMap { if case .date(let date) = $0 { date.dayNumber } else { nil } }
      guard days.count == constants.count else { return nil }
      self = .dates(Self.distinct(days))
    case .string:
      let strings = constants.compactMap(\.string)
      guard strings.count == constants.count else { return nil }
      self = .strings(Self.distinct(strings))
    case .boolean:
      guard constants.allSatisfy({ $0.boolean != nil }) else { return nil }
      self = .booleans
    default: return nil
    }
  }

  var numbers: [Decimal] { if case .numbers(let keys) = self { keys } else { [] } }
  var days: [Int] { if case .dates(let keys) = self { keys } else { [] } }
  var strings: [String] { if case .strings(let keys) = self { keys } else { [] } }

  /// A value of each region, null last.
  var samples: [Value] {
    var samples: [Value] = []
    switch self {
    case .numbers(let keys):
      for (index, key) in keys.enumerated() {
        let below = index == 0 ? key - 1 : (keys[index - 1] + key).divided(by: 2) ?? key
        samples += [.number(below), .number(key)]
      }
      if let last = keys.last { samples.append(.number(last + 1)) }
    case .dates(let days):
      for (index, day) in days.enumerated() {
        // Between two days that follow each other there is nothing, so that the sample does not matter.
        let below = index == 0 ? day - 1 : (days[index - 1] + day) / 2
        samples += [.date(CivilDate(dayNumber: below)), .date(CivilDate(dayNumber: day))]
      }
      if let last = days.last { samples.append(.date(CivilDate(dayNumber: last + 1))) }
    case .strings(let keys):
      samples = keys.map { .string($0) }
      samples.append(.string(Self.other(than: keys)))
    case .booleans:
      samples = [.boolean(false), .boolean(true)]
    }
    return samples + [.null]
  }

  private static func distinct<Key: Comparable>(_ keys: [Key]) -> [Key] {
    var result: [Key] = []
    for key in keys.sorted() where result.last != key { result.append(key) }
    return result
  }

  /// A string that is none of the keys.
  private static func other(than keys: [String]) -> String {
    var text = "other"
    while keys.contains(text) { text += "'" }
    return text
  }
}

extension UnaryTests.Shape {
  /// The constants on which the answer of the tests turns.
  var constants: [Value] {
    switch self {
    case .any, .general: []
    case .constants(let values), .exceptConstants(let values): values
    case .intervals(let intervals): intervals.flatMap { [$0.low, $0.high].compactMap { $0 } }
    }
  }

  /// Whether the tests turn on constants alone, all of one kind (or null) that an index can order.
  var isIndexable: Bool {
    switch self {
    case .any: return true
    case .general: return false
    case .intervals:
      // Intervals of strings are ordered, and the index knows only which string it is.
      switch ColumnKeys(constants) {
      case .numbers, .dates: return true
      default: return false
      }
    case .constants(let values), .exceptConstants(let values):
      return values.allSatisfy(\.isNull) || ColumnKeys(values) != nil
    }
  }

  /// The kind of the constants; nil where there are none but null.
  var kindOfConstants: String? { constants.first { !$0.isNull }?.kindName }
}
