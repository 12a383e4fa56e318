internal import FEEL
internal import Values

/// The rules that a value of one input column lets pass, looked up instead of tested cell by cell.
///
/// The constants of a column's cells cut its values into regions in which every cell answers the same: below the
/// least constant, equal to it, between it and the next, and so on. For each region the set of passing rules is found
/// once, by asking the cells themselves about a value of the region, so the index cannot disagree with them.
final class ColumnIndex: @unchecked Sendable {
  // Raw memory, written in `init` and only read afterwards: arrays would be retained and checked at every look.
  private let kind: Kind
  private let numbers: UnsafeMutableBufferPointer<Decimal>
  private let days: UnsafeMutableBufferPointer<Int>
  private let strings: UnsafeMutableBufferPointer<String>
  private let wordCount: Int
  private let regionCount: Int
  /// The passing rules of region 0, of region 1, ...; the last region is null.
  private let bits: UnsafeMutableBufferPointer<UInt64>

  private enum Kind: Sendable { case numbers, dates, strings, booleans }

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
    guard let keys = ColumnKeys(constants) else { return nil }
    let samples = keys.samples
    let words = (cells.count + 63) / 64
    // Cells of the same text answer alike and are asked once.
    var groups: [String: (tests: UnaryTests, rules: [Int])] = [:]
    for (rule, cell) in cells.enumerated() where isIndexed[rule] {
      if let cell { groups[cell.text, default: (cell, [])].rules.append(rule) }
    }
    guard samples.count * groups.count <= Self.maximumQuestions, samples.count * words <= Self.maximumWords
    else { return nil }
    wordCount = words
    regionCount = samples.count
    bits = .allocate(capacity: samples.count * words)
    bits.initialize(repeating: 0)
    switch keys {
    case .numbers: kind = .numbers
    case .dates: kind = .dates
    case .strings: kind = .strings
    case .booleans: kind = .booleans
    }
    numbers = Self.memory(keys.numbers)
    days = Self.memory(keys.days)
    strings = Self.memory(keys.strings)
    for rule in cells.indices where !isIndexed[rule] || cells[rule] == nil {
      for region in samples.indices { bits[region * words + rule >> 6] |= 1 << UInt64(rule & 63) }
    }
    for group in groups.values {
      let frame = Frame(count: max(group.tests.slotCount, group.tests.inputSlot + 1))
      for (region, sample) in samples.enumerated() {
        var evaluation = Evaluation()
        guard group.tests.evaluate(sample, frame, &evaluation) == true else { continue }
        for rule in group.rules { bits[region * words + rule >> 6] |= 1 << UInt64(rule & 63) }
      }
    }
  }

  deinit {
    bits.deallocate()
    numbers.deallocate()
    days.deallocate()
    strings.deinitialize()
    strings.deallocate()
  }

  private static func memory<Element>(_ elements: [Element]) -> UnsafeMutableBufferPointer<Element> {
    let memory = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = memory.initialize(from: elements)
    return memory
  }

  /// Strikes out the rules that a value does not let pass; false where the index does not know such values.
  @inline(__always)
  func strike(_ value: Value, _ candidates: UnsafeMutablePointer<UInt64>) -> Bool {
    let region: Int
    switch value {
    case .number(let number):
      guard kind == .numbers else { return false }
      region = Self.ordered(number, numbers)
    case .string(let string):
      guard kind == .strings, let found = position(of: string) else { return false }
      region = found
    case .null: region = regionCount - 1
    case .boolean(let boolean):
      guard kind == .booleans else { return false }
      region = boolean ? 1 : 0
    case .date(let date):
      guard kind == .dates else { return false }
      region = Self.ordered(date.dayNumber, days)
    default: return false
    }
    let start = region &* wordCount
    for word in 0..<wordCount { candidates[word] &= bits[start &+ word] }
    return true
  }

  /// The region of a value among ascending keys: 0 below the first, 1 equal to it, 2 between it and the second, ...
  @inline(__always)
  private static func ordered<Key: Comparable>(_ value: Key, _ keys: UnsafeMutableBufferPointer<Key>) -> Int {
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low &+ high) >> 1
      if keys[middle] < value { low = middle &+ 1 } else { high = middle }
    }
    return low < keys.count && keys[low] == value ? 2 &* low &+ 1 : 2 &* low
  }

  /// The position of a string among the keys, their count for any other string.
  ///
  /// Swift takes canonically equivalent strings for equal and FEEL does not: nil leaves such a value to the cells.
  @inline(__always)
  private func position(of string: String) -> Int? {
    for position in 0..<strings.count where strings[position] == string {
      return strings[position].utf8.count == string.utf8.count
        && strings[position].utf8.elementsEqual(string.utf8) ? position : nil
    }
    return strings.count
  }
}
