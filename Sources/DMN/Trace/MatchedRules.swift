/// The rules of a table that matched, as a set of positions from 0.
public struct MatchedRules: Sendable, Hashable, Sequence {
  /// One bit for each rule.
  private let words: [UInt64]

  init(words: [UInt64]) { self.words = words }

  /// No rule.
  public static let none = MatchedRules(words: [])

  /// How many rules matched.
  public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Whether no rule matched.
  public var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// The first rule that matched.
  public var first: Int? {
    var iterator = makeIterator()
    return iterator.next()
  }

  /// Whether a rule matched.
  public func contains(_ rule: Int) -> Bool {
    guard rule >= 0, rule >> 6 < words.count else { return false }
    return words[words.startIndex + rule >> 6] & (1 << UInt64(rule & 63)) != 0
  }

  /// Goes through the rules that matched, in order.
  public func makeIterator() -> Iterator { Iterator(words: words) }

  /// Goes through the rules that matched, in order.
  public struct Iterator: IteratorProtocol {
    private let words: [UInt64]
    private var offset = 0
    private var rest: UInt64

    init(words: [UInt64]) {
      self.words = words
      rest = words.first ?? 0
    }

    /// The next rule.
    public mutating func next() -> Int? {
      while rest == 0 {
        offset += 1
        guard offset < words.count else { return nil }
        rest = words[words.startIndex + offset]
      }
      let bit = rest.trailingZeroBitCount
      rest &= rest - 1
      return offset << 6 + bit
    }
  }
}
