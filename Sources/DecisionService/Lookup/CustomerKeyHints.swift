import FactStore
import SQLite
import Synchronization

/// Under which keys customers may be found by their numbers, kept in memory: an event loop forgets the pages of an index
/// with every commit of the service, and reading them again took 5 % of a decision.
///
/// A number stays with its key for ever, but a hint may be another number's, whose hash is alike: who uses it compares what
/// it finds there with the number. Numbers that came later are learnt when they are asked about. A million take some 9 MB.
final class CustomerKeyHints: Sendable {
  private let index = Mutex(CompactIndex(partBits: CustomerKeyHints.partBits))

  /// 2,048 parts: with a million customers 500 in each.
  private static let partBits = 11

  /// The only key that may be a number's; nil where there is none, or more than one.
  func key(of number: String) -> Int? { index.withLock { $0.candidate(Self.hash(number)) } }

  /// Keeps the key of a number.
  func learn(_ number: String, key: Int) {
    let hash = Self.hash(number)
    index.withLock { index in
      // One that is there already under this hash stays the only one, or the two are looked up from now on.
      if !index.candidates(hash).contains(key) { index.insert(hash, key) }
    }
  }

  /// Keeps the keys of all customers.
  func fill(from reader: FactReader) throws(SQLiteError) {
    var filled = CompactIndex(partBits: Self.partBits)
    try reader.eachNumber { filled.insert(Self.hash($0), $1) }
    index.withLock { $0 = filled }
  }

  /// Seeded by chance in every process, so that nobody can choose numbers whose hashes are alike.
  private static func hash(_ number: String) -> UInt64 {
    UInt64(truncatingIfNeeded: number.hashValue)
  }
}
