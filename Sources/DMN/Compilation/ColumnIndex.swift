internal import FEEL
internal import Values

/// The rules that a value of one input column lets pass, looked up instead of tested cell by cell.
///
/// The constants of a column's cells cut its values into regions in which every cell answers the same: below the
/// least constant, equal to it, between it and the next, and so on. For each region the set of passing rules is found
/// once, by asking the cells themselves about a value of the region, so the index cannot disagree with them.
struct ColumnIndex: Sendable {
  private enum Keys: Sendable {
    case numbers([Decimal])
    case dates([Int])
    case strings([String])
    case booleans
  }
  private let keys: Keys
  private let wordCount: Int
  /// The passing rules of region 0, of region 1, ...; the last region is null.
  private let bits: [UInt64]

  /// Above so many questions to cells the column is left to be tested cell by cell.
  private static let maximumQuestions = 2_000_000
  private static let maximumWords = 1 << 20

  /// Makes the index of a column.
  ///
  /// - Parameters:
  ///   - cells: the tests of each rule; nil for a cell that lets everything pass.
  ///   - isIndexed: whether a rule's cell is decided by the index; the others pass in every region.
  /// - Returns: nil where the cells' constants are of several kinds or too many.
  init?(cells: [UnaryTests?], isIndexed: [Bool]) {
    var constants: [Value] = []
    for (cell, isIndexed) in zip(cells, isIndexed) where isIndexed {
      if let cell { constants += cell.shape.constants }
    }
    guard let keys = Self.keys(constants) else { return nil }
    let samples = Self.samples(keys)
    wordCount = (cells.count + 63) / 64
    // Cells of the same text answer alike and are asked once.
    var groups: [String: (tests: UnaryTests, rules: [Int])] = [:]
    for (rule, cell) in cells.enumerated() where isIndexed[rule] {
      if let cell { groups[cell.text, default: (cell, [])].rules.append(rule) }
    }
    guard samples.count * groups.count <= Self.maximumQuestions,
      samples.count * wordCount <= Self.maximumWords
    else { return nil }
    var bits = Array(repeating: UInt64(0), count: samples.count * wordCount)
    for rule in cells.indices where !isIndexed[rule] || cells[rule] == nil {
      for region in samples.indices { bits[region * wordCount + rule >> 6] |= 1 << UInt64(rule & 63) }
    }
    for group in groups.values {
      let frame = Frame(count: max(group.tests.slotCount, group.tests.inputSlot + 1))
      for (region, sample) in samples.enumerated() {
        var evaluation = Evaluation()
        guard group.tests.evaluate(sample, frame, &evaluation) == true else { continue }
        for rule in group.rules { bits[region * wordCount + rule >> 6] |= 1 << UInt64(rule & 63) }
      }
    }
    self.keys = keys
    self.bits = bits
  }

  /// Strikes out the rules that a value does not let pass; false where the index does not know such values.
  @inline(__always)
  func strike(_ value: Value, _ candidates: UnsafeMutablePointer<UInt64>) -> Bool {
    guard let region = region(of: value) else { return false }
    let start = region * wordCount
    bits.withUnsafeBufferPointer { bits in
      for word in 0..<wordCount { candidates[word] &= bits[start + word] }
    }
    return true
  }

  @inline(__always)
  private func region(of value: Value) -> Int? {
    switch (keys, value) {
    case (.numbers(let keys), .number(let number)): Self.ordered(number, keys)
    case (.dates(let keys), .date(let date)): Self.ordered(date.dayNumber, keys)
    case (.strings(let keys), .string(let string)): Self.position(of: string, keys)
    case (.booleans, .boolean(let boolean)): boolean ? 1 : 0
    case (_, .null): bits.count / wordCount - 1
    default: nil
    }
  }

  /// The region of a value among ascending keys: 0 below the first, 1 equal to it, 2 between it and the second, ...
  @inline(__always)
  private static func ordered<Key: Comparable>(_ value: Key, _ keys: [Key]) -> Int {
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) >> 1
      if keys[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low < keys.count && keys[low] == value ? 2 * low + 1 : 2 * low
  }

  /// The position of a string among the keys, their count for any other string.
  ///
  /// Swift takes canonically equivalent strings for equal and FEEL does not: nil leaves such a value to the cells.
  @inline(__always)
  private static func position(of string: String, _ keys: [String]) -> Int? {
    for (position, key) in keys.enumerated() where key == string {
      return key.utf8.count == string.utf8.count && key.utf8.elementsEqual(string.utf8) ? position : nil
    }
    return keys.count
  }

  private static func keys(_ constants: [Value]) -> Keys? {
    switch constants.first {
    case .number:
      let numbers = constants.compactMap(\.number)
      return numbers.count == constants.count ? .numbers(distinct(numbers.sorted())) : nil
    case .date:
      let days = constants.compactMap { if case .date(let date) = $0 { date.dayNumber } else { nil } }
      return days.count == constants.count ? .dates(distinct(days.sorted())) : nil
    case .string:
      let strings = constants.compactMap(\.string)
      return strings.count == constants.count ? .strings(distinct(strings.sorted())) : nil
    case .boolean:
      return constants.allSatisfy { $0.boolean != nil } ? .booleans : nil
    default: return nil
    }
  }

  private static func distinct<Key: Equatable>(_ sorted: [Key]) -> [Key] {
    var result: [Key] = []
    for key in sorted where result.last != key { result.append(key) }
    return result
  }

  /// A value of each region, null last.
  private static func samples(_ keys: Keys) -> [Value] {
    var samples: [Value] = []
    switch keys {
    case .numbers(let keys):
      for (index, key) in keys.enumerated() {
        if index == 0 {
          samples.append(.number(key - 1))
        } else {
          samples.append(.number((keys[index - 1] + key).divided(by: 2) ?? key))
        }
        samples.append(.number(key))
      }
      if let last = keys.last { samples.append(.number(last + 1)) }
    case .dates(let days):
      for (index, day) in days.enumerated() {
        // Between two days that follow each other there is nothing, so that the sample does not matter.
        samples.append(.date(CivilDate(dayNumber: index == 0 ? day - 1 : (days[index - 1] + day) / 2)))
        samples.append(.date(CivilDate(dayNumber: day)))
      }
      if let last = days.last { samples.append(.date(CivilDate(dayNumber: last + 1))) }
    case .strings(let keys):
      samples = keys.map { .string($0) }
      samples.append(.string(other(than: keys)))
    case .booleans:
      samples = [.boolean(false), .boolean(true)]
    }
    return samples + [.null]
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

  /// Whether the tests turn on constants alone, all of one kind that an index can order.
  var isIndexable: Bool {
    let constants = constants
    switch self {
    case .any: return true
    case .general: return false
    case .intervals:
      // Intervals of strings are ordered, and the index knows only which string it is.
      return !constants.isEmpty
        && (constants.allSatisfy { $0.number != nil }
          || constants.allSatisfy { if case .date = $0 { true } else { false } })
    case .constants, .exceptConstants:
      return !constants.isEmpty
        && (constants.allSatisfy { $0.number != nil } || constants.allSatisfy { $0.string != nil }
          || constants.allSatisfy { $0.boolean != nil }
          || constants.allSatisfy { if case .date = $0 { true } else { false } })
    }
  }
}
