/// Durations by how long they took, in the buckets of a Prometheus histogram.
struct Histogram: Sendable {
  /// The upper ends of the buckets, in microseconds; one more takes the rest.
  static let bounds = [
    250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000,
  ]

  private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
  private(set) var count = 0
  private(set) var sumMicroseconds = 0

  /// Counts a duration.
  mutating func record(microseconds: Int) {
    var place = 0
    while place < Self.bounds.count, microseconds > Self.bounds[place] { place += 1 }
    counts[place] &+= 1
    count &+= 1
    sumMicroseconds &+= max(0, microseconds)
  }
}
