/// Numbers by hash: open addressing over words of seven bytes, 20 bits of the hash beside 36 of the number.
///
/// A dictionary takes 40 bytes and more an entry; this takes 8 to 9, since it grows by an eighth and not to twice its size. A hash
/// that agrees in the bits that are kept gives a candidate too many, which its reader sees: with 40,000 entries in 4 of 100
/// lookups, with 150,000 in 15.
struct CompactIndex {
  /// One byte more than the words take, so that each can be read as eight.
  private var bytes: [UInt8] = []
  private var capacity = 0
  private let leastCapacity: Int
  private(set) var count = 0

  /// - Parameter leastCapacity: words to make room for with the first number.
  init(leastCapacity: Int = 16) { self.leastCapacity = max(16, leastCapacity) }

  private static let tagBits: UInt64 = 20
  private static let numberBits: UInt64 = 36
  private static let wordBytes = 7
  private static let wordMask: UInt64 = 1 << 56 - 1

  /// The numbers that may stand under a hash.
  func candidates(_ hash: UInt64) -> [Int] {
    var found: [Int] = []
    each(Self.tag(hash)) { found.append($0) }
    return found
  }

  /// The number that may stand under a hash, where there is just one.
  func candidate(_ hash: UInt64) -> Int? {
    var (found, count) = (0, 0)
    each(Self.tag(hash)) { number in
      found = number
      count += 1
    }
    return count == 1 ? found : nil
  }

  /// Enters a number from 1 to 2^36 - 1.
  mutating func insert(_ hash: UInt64, _ number: Int) {
    // A miss looks at some twenty words where seven of eight are taken: two or three lines of the cache.
    if (count + 1) * 8 > capacity * 7 { resize(to: max(leastCapacity, capacity * 9 / 8)) { _ in true } }
    put(
      Self.tag(hash) << Self.numberBits | UInt64(truncatingIfNeeded: number) & (1 << Self.numberBits - 1))
  }

  /// Leaves out numbers below one.
  mutating func forget(before number: Int) {
    var left = 0
    each { if Self.number($0) >= number { left += 1 } }
    if left == count { return }
    resize(to: max(leastCapacity, left * 5 / 4)) { Self.number($0) >= number }
  }

  private func each(_ tag: UInt64, _ body: (Int) -> Void) {
    if capacity == 0 { return }
    bytes.withUnsafeBytes { bytes in
      var place = start(tag)
      while true {
        let word = Self.word(place, bytes)
        if word == 0 { return }
        if word >> Self.numberBits == tag { body(Self.number(word)) }
        place = next(place)
      }
    }
  }

  private func each(_ body: (_ word: UInt64) -> Void) {
    bytes.withUnsafeBytes { bytes in
      for place in 0..<capacity {
        let word = Self.word(place, bytes)
        if word != 0 { body(word) }
      }
    }
  }

  private mutating func put(_ word: UInt64) {
    let (first, capacity) = (start(word >> Self.numberBits), capacity)
    bytes.withUnsafeMutableBytes { bytes in
      var place = first
      while Self.word(place, UnsafeRawBufferPointer(bytes)) != 0 {
        place = place + 1 == capacity ? 0 : place + 1
      }
      for byte in 0..<Self.wordBytes {
        bytes[place * Self.wordBytes + byte] = UInt8(truncatingIfNeeded: word >> UInt64(8 * byte))
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

  private static func tag(_ hash: UInt64) -> UInt64 { hash >> (64 - tagBits) }

  private static func word(_ place: Int, _ bytes: UnsafeRawBufferPointer) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place * wordBytes, as: UInt64.self)) & wordMask
  }

  private static func number(_ word: UInt64) -> Int { Int(word & (1 << numberBits - 1)) }
}
