/// Writes the short texts of dates, times and durations into a buffer that is large enough for them.
struct TextWriter {
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0

  /// The greatest number of bytes that any of these texts has: the parts of a date-time and a duration are bounded.
  static let capacity = 96

  /// The text that `body` writes.
  static func text(_ body: (inout TextWriter) -> Void) -> String {
    // Not written into a string of this capacity: that would keep the whole capacity alive, even of a date.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { buffer in
      var writer = TextWriter(buffer: buffer)
      body(&writer)
      return String(decoding: UnsafeBufferPointer(rebasing: buffer[..<writer.count]), as: UTF8.self)
    }
  }

  private init(buffer: UnsafeMutableBufferPointer<UInt8>) {
    self.buffer = buffer
  }

  @inline(__always)
  mutating func put(_ byte: Unicode.Scalar) {
    buffer[count] = UInt8(truncatingIfNeeded: byte.value)
    count &+= 1
  }

  /// Writes a number below 100 with two digits.
  @inline(__always)
  mutating func putPair(_ value: Int) {
    let (tens, ones) = value.quotientAndRemainder(dividingBy: 10)
    buffer[count] = UInt8(truncatingIfNeeded: tens) &+ 48
    buffer[count &+ 1] = UInt8(truncatingIfNeeded: ones) &+ 48
    count &+= 2
  }

  /// Writes a number with at least this many digits.
  mutating func put(_ value: UInt, width: Int = 1) {
    var length = 1
    var power: UInt = 10
    while length < 20 && (length < width || value >= power) {
      length += 1
      let (next, overflow) = power.multipliedReportingOverflow(by: 10)
      if overflow {
        if value >= power { length += 1 }
        break
      }
      power = next
    }
    var rest = value
    var place = count + length
    while place > count {
      place -= 1
      buffer[place] = UInt8(truncatingIfNeeded: rest % 10) &+ 48
      rest /= 10
    }
    count += length
  }

  /// Writes a point and the nanoseconds without zeros at the end; nothing for none.
  mutating func put(nanoseconds: Int) {
    guard nanoseconds > 0 else { return }
    var rest = UInt(nanoseconds)
    var width = 9
    while rest % 10 == 0 {
      rest /= 10
      width -= 1
    }
    put(".")
    put(rest, width: width)
  }
}
