import FactStore
import SQLite
import Synchronization

/// Under which keys customers may be found by their numbers, kept in memory: an event loop forgets the pages of an index
/// with every commit of the service, and reading them again took 5 % of a decision.
///
/// A number stays with its key for ever, but a hint may be another number's, whose hash is alike: who uses it compares what
/// it finds there with the number. Numbers that came later are learnt when they are asked about. A million take some 9 MB.
final class CustomerKeyHints: Sendable {
  private let index = Mutex([CompactIndex](repeating: CompactIndex(), count: tables))

  /// So many tables, so that each is small and hardly two numbers look alike: with a million customers, one in 250 does.
  private static let tables = 256

  /// The only key that may be a number's; nil where there is none, or more than one.
  func key(of number: String) -> Int? {
    let hash = Self.hash(number)
    return index.withLock { $0[Self.table(hash)].candidate(hash) }
  }

  /// Keeps the key of a number.
  func learn(_ number: String, key: Int) {
    let hash = Self.hash(number)
    index.withLock { index in
      // One that is there already under this hash stays the only one, or the two are looked up from now on.
      let table = Self.table(hash)
      if !index[table].candidates(hash).contains(key) { index[table].insert(hash, key) }
    }
  }

  /// Keeps the keys of all customers.
  func fill(from reader: FactReader) throws(SQLiteError) {
    var filled = [CompactIndex](repeating: CompactIndex(), count: Self.tables)
    try reader.eachNumber { number, key in
      let hash = Self.hash(number)
      filled[Self.table(hash)].insert(hash, key)
    }
    index.withLock { $0 = filled }
  }

  /// By bits of the hash that an index does not look at.
  private static func table(_ hash: UInt64) -> Int { Int(hash % UInt64(tables)) }

  /// Seeded by chance in every process, so that nobody can choose numbers whose hashes are alike.
  private static func hash(_ number: String) -> UInt64 {
    UInt64(truncatingIfNeeded: number.hashValue)
  }
}
