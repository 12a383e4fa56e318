/// Numbers by hash: open addressing over words of eight bytes, 28 bits of the hash beside 36 of the number.
///
/// A dictionary takes 40 bytes and more an entry. A hash that agrees in 28 bits with another one's gives a candidate too
/// many, which its reader sees.
struct CompactIndex {
  private var slots: [UInt64] = Array(repeating: 0, count: 16)
  private(set) var count = 0

  private static let numberBits: UInt64 = 36
  private static let numberMask: UInt64 = 1 << 36 - 1

  /// The numbers that may stand under a hash.
  func candidates(_ hash: UInt64) -> [Int] {
    var found: [Int] = []
    var place = start(hash)
    while slots[place] != 0 {
      if slots[place] >> Self.numberBits == Self.tag(hash) {
        found.append(Int(slots[place] & Self.numberMask))
      }
      place = (place + 1) & (slots.count - 1)
    }
    return found
  }

  /// The number that may stand under a hash, where there is just one.
  func candidate(_ hash: UInt64) -> Int? {
    var found: UInt64?
    var place = start(hash)
    while slots[place] != 0 {
      if slots[place] >> Self.numberBits == Self.tag(hash) {
        if found != nil { return nil }
        found = slots[place] & Self.numberMask
      }
      place = (place + 1) & (slots.count - 1)
    }
    return found.map { Int($0) }
  }

  /// Enters a number from 1 to 2^36 - 1.
  mutating func insert(_ hash: UInt64, _ number: Int) {
    if (count + 1) * 4 > slots.count * 3 { resize(to: slots.count * 2) { _ in true } }
    put(Self.tag(hash) << Self.numberBits | UInt64(truncatingIfNeeded: number) & Self.numberMask)
  }

  /// Leaves out numbers below one.
  mutating func forget(before number: Int) {
    resize(to: slots.count) { Int($0 & Self.numberMask) >= number }
    while slots.count > 16, count * 4 < slots.count { resize(to: slots.count / 2) { _ in true } }
  }

  private mutating func put(_ word: UInt64) {
    var place = start(tag: word >> Self.numberBits)
    while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
    slots[place] = word
    count += 1
  }

  private mutating func resize(to capacity: Int, keeping isKept: (UInt64) -> Bool) {
    let old = slots
    slots = Array(repeating: 0, count: capacity)
    count = 0
    for word in old where word != 0 && isKept(word) { put(word) }
  }

  /// The place is found by the tag, which is all that a word keeps of its hash when the table grows.
  private func start(_ hash: UInt64) -> Int { start(tag: Self.tag(hash)) }

  private func start(tag: UInt64) -> Int {
    Int(truncatingIfNeeded: (tag &* 0x9E37_79B9_7F4A_7C15) >> 20) & (slots.count - 1)
  }

  private static func tag(_ hash: UInt64) -> UInt64 { hash >> numberBits }
}
