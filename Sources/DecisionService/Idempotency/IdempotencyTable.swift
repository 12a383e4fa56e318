import Synchronization

/// Which keys are being answered, and which decisions may have answered one: the index of `intake`, kept in memory.
///
/// An index on keys that callers choose at random would have the commit write a page of its own for each
/// (docs/decisions/0017). 10 million keys take some 130 MB here; a full table is rebuilt from the stored rows when the
/// service starts. A hit is a candidate, to be compared with the stored row.
final class IdempotencyTable: Sendable {
  /// What is known of a key.
  enum Finding: Equatable {
    /// It was not met before and is now held by who asked.
    case claimed
    /// Another request with it is being answered; whether that has the same content.
    case inFlight(isSame: Bool)
    /// Decisions that may have answered it, the newest last.
    case candidates([Int])
  }

  private let shards: [Shard]

  private final class Shard: Sendable {
    let state = Mutex(State())
  }

  private struct State {
    var inFlight: [IdempotencyKey: HalfDigest] = [:]
    var stored = CompactIndex()
  }

  init() {
    shards = (0..<256).map { _ in Shard() }
  }

  private func shard(_ key: IdempotencyKey) -> Shard { shards[Int(key.digest.low & 255)] }

  /// Looks a key up, and holds it for who asks where nobody else does.
  ///
  /// - Parameters:
  ///   - body: the digest of the content that it came with.
  ///   - excluding: candidates that turned out to be another key's, or too old.
  func claim(_ key: IdempotencyKey, body: HalfDigest, excluding: Set<Int> = []) -> Finding {
    shard(key).state.withLock { state in
      if let other = state.inFlight[key] { return .inFlight(isSame: other == body) }
      let found = state.stored.candidates(key.digest.high).filter { !excluding.contains($0) }
      if !found.isEmpty { return .candidates(found.sorted()) }
      state.inFlight[key] = body
      return .claimed
    }
  }

  /// Gives a held key up: its request was not decided.
  func release(_ key: IdempotencyKey) {
    shard(key).state.withLock { $0.inFlight[key] = nil }
  }

  /// Enters the decision that answered a key.
  func settle(_ key: IdempotencyKey, decision: Int) {
    shard(key).state.withLock { state in
      state.inFlight[key] = nil
      state.stored.insert(key.digest.high, decision)
    }
  }

  /// Forgets what decisions before a number have answered.
  func forget(before decision: Int) {
    for shard in shards { shard.state.withLock { $0.stored.forget(before: decision) } }
  }

  /// How many keys are held in memory.
  var count: Int { shards.reduce(0) { $0 + $1.state.withLock { $0.stored.count } } }
}

/// Numbers of decisions by hash: open addressing over words of eight bytes, 28 bits of the hash beside 36 of the number.
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
