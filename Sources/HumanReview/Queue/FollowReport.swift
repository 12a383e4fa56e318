/// What came of following what has happened.
public struct FollowReport: Hashable, Sendable {
  /// How many cases each kind of event has touched.
  public internal(set) var events: [ReviewEventKind: Int] = [:]

  /// How many events of a kind there were.
  public subscript(kind: ReviewEventKind) -> Int { events[kind] ?? 0 }

  mutating func count(_ kinds: [ReviewEventKind]) {
    for kind in kinds { events[kind, default: 0] += 1 }
  }
}
