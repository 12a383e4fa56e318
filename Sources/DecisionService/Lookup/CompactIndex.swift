/// Numbers by hash in seven bytes each: 36 bits of the number beside 20 of the hash, whose first bits choose one of many small
/// tables of open addressing.
///
/// A dictionary takes 40 bytes and more an entry. A small table grows by a quarter and not to twice its size, and few pay for it
/// at a time: 8 to 10 bytes an entry in all. A hash that agrees in all the bits that are kept gives a candidate too many, which
/// its reader sees.
struct CompactIndex {
  private var parts: [Part]
  /// How many of the first bits of a hash choose the part.
  private let partBits: Int

  /// - Parameter partBits: the logarithm of how many parts there are. A part should have some hundred entries: among as many, one
  ///   in some thousand lookups finds a candidate too many.
  init(partBits: Int) {
    self.partBits = partBits
    parts = Array(repeating: Part(), count: 1 << partBits)
  }

  /// How many numbers there are.
  var count: Int { parts.reduce(0) { $0 + $1.count } }

  /// The numbers that may stand under a hash.
  func candidates(_ hash: UInt64) -> [Int] {
    var found: [Int] = []
    parts[part(hash)].each(tag(hash)) { found.append($0) }
    return found
  }

  /// The number that may stand under a hash, where there is just one.
  func candidate(_ hash: UInt64) -> Int? {
    var (found, count) = (0, 0)
    parts[part(hash)].each(tag(hash)) { number in
      found = number
      count += 1
    }
    return count == 1 ? found : nil
  }

  /// Enters a number from 1 to 2^36 - 1.
  mutating func insert(_ hash: UInt64, _ number: Int) { parts[part(hash)].insert(tag(hash), number) }

  /// Leaves out numbers below one.
  mutating func forget(before number: Int) {
    for place in parts.indices { parts[place].forget(before: number) }
  }

  private func part(_ hash: UInt64) -> Int { Int(hash >> UInt64(64 - partBits)) }

  private func tag(_ hash: UInt64) -> UInt64 { (hash << UInt64(partBits)) >> UInt64(64 - Part.tagBits) }

  /// A table of open addressing over words of seven bytes.
  private struct Part {
    static let tagBits = 20
    private static let numberBits: UInt64 = 36
    private static let wordBytes = 7
    private static let wordMask: UInt64 = 1 << 56 - 1

    /// One byte more than the words take, so that each can be read as eight.
    private var bytes: [UInt8] = []
    private var capacity = 0
    private(set) var count = 0

    func each(_ tag: UInt64, _ body: (Int) -> Void) {
      if capacity == 0 { return }
      bytes.withUnsafeBytes { bytes in
        var place = start(tag)
        while case let word = Self.word(place, bytes), word != 0 {
          if word >> Self.numberBits == tag { body(Self.number(word)) }
          place = next(place)
        }
      }
    }

    mutating func insert(_ tag: UInt64, _ number: Int) {
      // A miss looks at some twenty words where seven of eight are taken: two lines of the cache.
      if (count + 1) * 8 > capacity * 7 { resize(to: max(8, capacity * 5 / 4)) { _ in true } }
      put(tag << Self.numberBits | UInt64(truncatingIfNeeded: number) & (1 << Self.numberBits - 1))
    }

    mutating func forget(before number: Int) {
      var left = 0
      each { if Self.number($0) >= number { left += 1 } }
      if left == count { return }
      resize(to: left * 5 / 4 + 4) { Self.number($0) >= number }
    }

    private func each(_ body: (_ word: UInt64) -> Void) {
      bytes.withUnsafeBytes { bytes in
        for place in 0..<capacity where Self.word(place, bytes) != 0 { body(Self.word(place, bytes)) }
      }
    }

    private mutating func put(_ word: UInt64) {
      let first = start(word >> Self.numberBits)
      let (capacity, wordBytes) = (capacity, Self.wordBytes)
      bytes.withUnsafeMutableBytes { bytes in
        var place = first
        while Self.word(place, UnsafeRawBufferPointer(bytes)) != 0 {
          place = place + 1 == capacity ? 0 : place + 1
        }
        for byte in 0..<wordBytes {
          bytes[place * wordBytes + byte] = UInt8(truncatingIfNeeded: word >> UInt64(8 * byte))
        }
      }
      count += 1
    }

    private mutating func resize(to capacity: Int, keeping isKept: (UInt64) -> Bool) {
      let old = self
      bytes = Array(repeating: 0, count: capacity * Self.wordBytes + 1)
      self.capacity = capacity
      count = 0
      old.each { if isKept($0) { put($0) } }
    }

    /// The place is found by the tag, which is all that a word keeps of its hash when the table grows.
    private func start(_ tag: UInt64) -> Int {
      let mixed = (tag &* 0x9E37_79B9_7F4A_7C15) >> 32
      return Int(truncatingIfNeeded: (mixed &* UInt64(capacity)) >> 32)
    }

    private func next(_ place: Int) -> Int { place + 1 == capacity ? 0 : place + 1 }

    private static func word(_ place: Int, _ bytes: UnsafeRawBufferPointer) -> UInt64 {
      UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place * wordBytes, as: UInt64.self)) & wordMask
    }

    private static func number(_ word: UInt64) -> Int { Int(word & (1 << numberBits - 1)) }
  }
}
