/// A set of Unicode scalars as a class expression describes it: `[a-z\p{Lu}-[aeiou]]`.
struct CharacterClass: Hashable, Sendable {
  /// Scalars named one by one or by range, sorted and merged by `prepare()`.
  private var ranges: [ClosedRange<UInt32>] = []
  /// General categories, one bit each, in the order of `Category.bit`.
  private var categories: UInt32 = 0
  private var isNegated = false
  private var subtracted: [CharacterClass] = []
  /// Membership of the 128 ASCII scalars, so that common text needs no search.
  private var asciiLow: UInt64 = 0
  private var asciiHigh: UInt64 = 0

  init() {}

  init(_ scalars: [UInt32]) {
    insert(scalars.map { $0...$0 })
    prepare()
  }

  mutating func insert(_ more: [ClosedRange<UInt32>]) {
    ranges.append(contentsOf: more)
  }

  mutating func insert(categories mask: UInt32) {
    categories |= mask
  }

  /// Adds a multi-character or category escape, which the flag `i` does not touch.
  mutating func insert(_ other: Escape) {
    insert(other.ranges)
    insert(categories: other.categories)
  }

  mutating func negate() {
    isNegated = true
  }

  mutating func subtract(_ other: CharacterClass) {
    subtracted.append(other)
  }

  /// Sorts, merges and fills the ASCII bits; called once, when the class is complete.
  mutating func prepare() {
    ranges = Self.merged(ranges)
    for value in UInt32(0)..<64 where search(value) { asciiLow |= 1 << UInt64(value) }
    for value in UInt32(64)..<128 where search(value) { asciiHigh |= 1 << UInt64(value - 64) }
  }

  func contains(_ value: UInt32) -> Bool {
    if value < 64 { return asciiLow & (1 << UInt64(value)) != 0 }
    if value < 128 { return asciiHigh & (1 << UInt64(value - 64)) != 0 }
    return search(value)
  }

  private func search(_ value: UInt32) -> Bool {
    (named(value) != isNegated) && !subtracted.contains { $0.search(value) }
  }

  private func named(_ value: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      let range = ranges[middle]
      if value < range.lowerBound {
        high = middle
      } else if value > range.upperBound {
        low = middle + 1
      } else {
        return true
      }
    }
    return categories != 0 && categories & UnicodeCategory.bit(of: value) != 0
  }

  static func merged(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var result: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, range.lowerBound <= last.upperBound &+ 1 {
        result[result.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }
}

extension CharacterClass {
  /// What a multi-character escape (`\d`), category escape (`\p{Lu}`) or block escape stands for.
  struct Escape: Hashable, Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    var categories: UInt32 = 0

    /// Everything that this escape does not stand for.
    var complement: Escape {
      if ranges.isEmpty { return Escape(categories: ~categories & UnicodeCategory.all) }
      var gaps: [ClosedRange<UInt32>] = []
      var next: UInt32 = 0
      for range in CharacterClass.merged(ranges) {
        if range.lowerBound > next { gaps.append(next...(range.lowerBound - 1)) }
        next = range.upperBound &+ 1
      }
      if next <= 0x10FFFF { gaps.append(next...0x10FFFF) }
      return Escape(ranges: gaps)
    }

    /// The escape of a letter after the backslash, if XML Schema has one.
    static func multiCharacter(_ letter: Unicode.Scalar) -> Escape? {
      switch letter {
      case "s": Escape(ranges: [0x20...0x20, 0x9...0xA, 0xD...0xD])
      case "d": Escape(categories: UnicodeCategory.mask(named: "Nd") ?? 0)
      case "w": Escape(categories: word)
      case "i": Escape(ranges: nameStart)
      case "c": Escape(ranges: nameStart + nameRest)
      case "S", "D", "W", "I", "C": letter.lowercased.flatMap(multiCharacter)?.complement
      default: nil
      }
    }

    /// `\w` is everything but punctuation, separators and "other" (XML Schema part 2, G.4.2.5).
    private static let word: UInt32 = {
      let excluded = ["P", "Z", "C"].reduce(UInt32(0)) { $0 | (UnicodeCategory.mask(named: $1) ?? 0) }
      return UnicodeCategory.all & ~excluded
    }()

    /// NameStartChar of XML 1.1, production 4.
    private static let nameStart: [ClosedRange<UInt32>] = [
      0x3A...0x3A, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF,
      0x370...0x37D, 0x37F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF,
      0xF900...0xFDCF, 0xFDF0...0xFFFD, 0x10000...0xEFFFF,
    ]

    /// What NameChar of XML 1.1, production 4a, adds.
    private static let nameRest: [ClosedRange<UInt32>] = [
      0x2D...0x2E, 0x30...0x39, 0xB7...0xB7, 0x300...0x36F, 0x203F...0x2040,
    ]
  }
}

extension Unicode.Scalar {
  /// The ASCII lower-case letter of an ASCII upper-case letter.
  fileprivate var lowercased: Unicode.Scalar? {
    value >= 0x41 && value <= 0x5A ? Unicode.Scalar(value + 32) : nil
  }
}
