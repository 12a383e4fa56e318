import Synchronization

/// Which keys are being answered, and which decisions may have answered one: the index of `intake`, kept in memory.
///
/// An index on keys that callers choose at random would have the commit write a page of its own for each
/// (docs/decisions/0017). 10 million keys take 80 to 90 MB here; a full table is rebuilt from the stored rows when the
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
    /// At least 128 KiB from the first key on: smaller pieces of memory that are outgrown are not given back to the system, and
    /// tables that grow in step leave one hole each behind; 4 million keys left 40 MB so.
    var stored = CompactIndex(leastCapacity: 20_000)
  }

  init() {
    shards = (0..<64).map { _ in Shard() }
  }

  private func shard(_ key: IdempotencyKey) -> Shard { shards[Int(key.digest.low & 63)] }

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
