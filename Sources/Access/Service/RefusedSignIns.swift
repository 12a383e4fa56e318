import Values

/// Counts refused tries and says when one is to be entered in the audit log.
///
/// The first of a kind is entered at once, so that it is seen; what follows within a minute is entered as one sum. So
/// who tries a million times a second makes an entry a minute, and can fill neither the log nor the disk. A kind is a
/// code and, where the token was really held, its number: nobody can invent kinds. Times are those of any clock in
/// microseconds.
public struct RefusedSignIns: Sendable {
  private var counts: [Kind: Count] = [:]

  /// So many refusals to be entered as one.
  public struct Entry: Equatable, Sendable {
    /// Why it was refused.
    public let error: AccessError
    /// How many tries.
    public let count: Int
  }

  private struct Kind: Hashable {
    let code: String
    let token: Int?
  }

  private struct Count {
    let error: AccessError
    var sinceMicroseconds: Int
    var count = 0
  }

  /// How long refusals are summed, in microseconds.
  public static let windowMicroseconds = 60_000_000
  /// So many kinds are told apart; of further ones the code alone is.
  public static let mostKinds = 256

  /// Nothing was refused yet.
  public init() {}

  /// Counts a refusal.
  ///
  /// - Returns: what is to be entered now; nil where it is summed.
  public mutating func refuse(_ error: AccessError, at microseconds: Int) -> Entry? {
    var kind = Kind(code: error.code, token: error.heldToken)
    if counts[kind] == nil, counts.count >= Self.mostKinds { kind = Kind(code: error.code, token: nil) }
    guard var known = counts[kind] else {
      counts[kind] = Count(error: error, sinceMicroseconds: microseconds)
      return Entry(error: error, count: 1)
    }
    known.count = known.count == Int.max ? Int.max : known.count + 1
    counts[kind] = known
    return nil
  }

  /// The sums whose minute is over; to be asked every few seconds.
  ///
  /// A kind of which nothing came in its minute is forgotten, so that its next is a first one again.
  public mutating func due(at microseconds: Int) -> [Entry] {
    settle(reopenedAt: microseconds) { known in
      // A clock that goes back ends the minute: a sum must not wait for the old time to come again.
      let (elapsed, isFar) = microseconds.subtractingReportingOverflow(known.sinceMicroseconds)
      return isFar || elapsed >= Self.windowMicroseconds || elapsed < 0
    }
  }

  /// Every sum, whether or not its minute is over; for the end of the program.
  public mutating func drain() -> [Entry] {
    settle(reopenedAt: nil) { _ in true }
  }

  private mutating func settle(reopenedAt microseconds: Int?, where isOver: (Count) -> Bool) -> [Entry] {
    var entries: [Entry] = []
    for (kind, known) in counts where isOver(known) {
      counts[kind] = nil
      guard known.count > 0 else { continue }
      entries.append(Entry(error: known.error, count: known.count))
      if let microseconds { counts[kind] = Count(error: known.error, sinceMicroseconds: microseconds) }
    }
    return entries.sorted {
      ($0.error.code, $0.error.heldToken ?? 0) < ($1.error.code, $1.error.heldToken ?? 0)
    }
  }
}
