/// Counts of latencies in nanoseconds, in buckets of less than 1 % of the value (as HdrHistogram does).
///
/// A value below 128 has a bucket of its own; above that every power of two is cut into 128 equal parts.
struct LatencyHistogram {
  private static let parts = 128
  private static let partBits = 7
  private var counts = [Int](repeating: 0, count: (64 - partBits) * parts)
  private(set) var count = 0
  private(set) var greatest = 0

  mutating func record(_ nanoseconds: Int) {
    let value = max(0, nanoseconds)
    counts[Self.bucket(of: value)] += 1
    count += 1
    greatest = max(greatest, value)
  }

  /// The least value that this share of all values does not exceed, rounded up to the end of its bucket.
  func quantile(_ share: Double) -> Int {
    let rank = max(1, min(count, Int((share * Double(count)).rounded(.up))))
    var passed = 0
    for (bucket, number) in counts.enumerated() where number > 0 {
      passed += number
      if passed >= rank { return min(greatest, Self.end(of: bucket)) }
    }
    return 0
  }

  private static func bucket(of value: Int) -> Int {
    if value < parts { return value }
    let shift = 63 - value.leadingZeroBitCount - partBits
    return (shift << partBits) + (value >> shift)
  }

  private static func end(of bucket: Int) -> Int {
    if bucket < 2 * parts { return bucket }
    let shift = (bucket >> partBits) - 1
    // The last bucket ends with the greatest integer.
    return (((bucket & (parts - 1)) + parts + 1) << shift) &- 1
  }
}
