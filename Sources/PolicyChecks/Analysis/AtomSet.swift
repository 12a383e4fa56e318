/// A set of small numbers: the atoms of an axis, or the rules of a table.
struct AtomSet: Hashable, Sendable {
  private var words: [UInt64]

  /// The empty set of numbers below a count.
  init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

  /// All numbers below a count.
  init(allOf count: Int) {
    self.init(count: count)
    for number in 0..<count { insert(number) }
  }

  /// Some numbers below a count.
  init(_ members: some Sequence<Int>, count: Int) {
    self.init(count: count)
    for number in members { insert(number) }
  }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }
  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// The numbers, smallest first.
  var members: [Int] {
    var members: [Int] = []
    for (place, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        members.append(place * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
    return members
  }

  var first: Int? {
    for (place, word) in words.enumerated() where word != 0 { return place * 64 + word.trailingZeroBitCount }
    return nil
  }

  func contains(_ number: Int) -> Bool {
    number >= 0 && number / 64 < words.count && words[number / 64] & (1 << UInt64(number % 64)) != 0
  }

  mutating func insert(_ number: Int) {
    guard number >= 0, number / 64 < words.count else { return }
    words[number / 64] |= 1 << UInt64(number % 64)
  }

  func isSuperset(of other: AtomSet) -> Bool { zip(words, other.words).allSatisfy { $1 & ~$0 == 0 } }

  func intersects(_ other: AtomSet) -> Bool { zip(words, other.words).contains { $0 & $1 != 0 } }

  func intersection(_ other: AtomSet) -> AtomSet { combined(other) { $0 & $1 } }
  func union(_ other: AtomSet) -> AtomSet { combined(other) { $0 | $1 } }
  func subtracting(_ other: AtomSet) -> AtomSet { combined(other) { $0 & ~$1 } }

  private func combined(_ other: AtomSet, _ operation: (UInt64, UInt64) -> UInt64) -> AtomSet {
    var result = self
    for place in result.words.indices where place < other.words.count {
      result.words[place] = operation(words[place], other.words[place])
    }
    return result
  }
}
