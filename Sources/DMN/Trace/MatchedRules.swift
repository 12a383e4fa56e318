/// The rules of a table that matched, as a set of positions from 0.
public struct MatchedRules: Sendable, Hashable, Sequence {
  /// One bit for each of the first 64 rules; most tables have no more, and then there is nothing to allocate.
  private let first64: UInt64
  /// One bit for each of the others.
  private let others: [UInt64]

  init(words: some Collection<UInt64>) {
    first64 = words.first ?? 0
    others = words.count > 1 ? Array(words.dropFirst()) : []
  }

  /// No rule.
  public static let none = MatchedRules(words: [])

  /// How many rules matched.
  public var count: Int { others.reduce(first64.nonzeroBitCount) { $0 + $1.nonzeroBitCount } }

  /// Whether no rule matched.
  public var isEmpty: Bool { first64 == 0 && others.allSatisfy { $0 == 0 } }

  /// The first rule that matched.
  public var first: Int? {
    var iterator = makeIterator()
    return iterator.next()
  }

  /// Whether a rule matched.
  public func contains(_ rule: Int) -> Bool {
    guard rule >= 0, rule >> 6 <= others.count else { return false }
    let word = rule < 64 ? first64 : others[rule >> 6 - 1]
    return word & (1 << UInt64(rule & 63)) != 0
  }

  /// Goes through the rules that matched, in order.
  public func makeIterator() -> Iterator { Iterator(first64, others) }

  /// Goes through the rules that matched, in order.
  public struct Iterator: IteratorProtocol {
    private let others: [UInt64]
    private var offset = 0
    private var rest: UInt64

    init(_ first64: UInt64, _ others: [UInt64]) {
      self.others = others
      rest = first64
    }

    /// The next rule.
    public mutating func next() -> Int? {
      while rest == 0 {
        guard offset < others.count else { return nil }
        rest = others[offset]
        offset += 1
      }
      let bit = rest.trailingZeroBitCount
      rest &= rest - 1
      return offset << 6 + bit
    }
  }
}
