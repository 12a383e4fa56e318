/// A cursor over bytes for the small readers of dates, times and durations.
struct ByteScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var index = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  @inline(__always)
  var isAtEnd: Bool { index >= bytes.count }

  @inline(__always)
  var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  /// Steps over this byte if it comes next.
  @inline(__always)
  mutating func take(_ byte: UInt8) -> Bool {
    guard index < bytes.count && bytes[index] == byte else { return false }
    index &+= 1
    return true
  }

  /// Reads exactly this many digits.
  @inline(__always)
  mutating func digits(exactly count: Int) -> Int? {
    guard index + count <= bytes.count else { return nil }
    var value = 0
    for _ in 0..<count {
      let digit = bytes[index] &- 48
      guard digit <= 9 else { return nil }
      value = value &* 10 &+ Int(digit)
      index &+= 1
    }
    return value
  }

  /// Reads as many digits as come, with their count; nil where none comes or the value does not fit.
  mutating func digits() -> (value: Int, count: Int)? {
    let start = index
    var value = 0
    while index < bytes.count {
      let digit = bytes[index] &- 48
      guard digit <= 9 else { break }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, again) = product.addingReportingOverflow(Int(digit))
      if overflow || again { return nil }
      value = sum
      index &+= 1
    }
    return index > start ? (value, index - start) : nil
  }

  /// Reads the digits of a fraction of a second, at most nine, as nanoseconds; none at all are zero.
  mutating func nanoseconds() -> (value: Int, count: Int)? {
    let start = index
    var value = 0
    while index < bytes.count {
      let digit = bytes[index] &- 48
      guard digit <= 9 else { break }
      guard index - start < 9 else { return nil }
      value = value &* 10 &+ Int(digit)
      index &+= 1
    }
    let count = index - start
    return (value * Int(PowersOfTen.narrow(9 - count)), count)
  }

  /// Reads the rest.
  mutating func remainder() -> UnsafeBufferPointer<UInt8> {
    defer { index = bytes.count }
    return UnsafeBufferPointer(rebasing: bytes[index...])
  }
}
