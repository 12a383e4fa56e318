import FuzzDriver
import Values

/// Decimals, dates, times, durations and instants: what is read is written so that it reads back the same.
@main
enum FuzzValues {
  static func main() { FuzzDriver.run(target) }
}

@_cdecl("LLVMFuzzerTestOneInput")
func target(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = FuzzDriver.bytes(start, count)
  let text = String(decoding: bytes, as: UTF8.self)
  if let value = bytes.withUnsafeBufferPointer({ Decimal(utf8: $0) }) {
    precondition(Decimal(value.description) == value, "\(text) is written as \(value)")
    precondition(
      Decimal(mantissa: value.significand, exponent: value.exponent) == value, "\(text) is kept wrong")
    _ = value.rounded(scale: 2, .halfEven)
    _ = value.adding(1)
    _ = value.divided(by: 7)
    precondition(value.subtracting(value) == 0, "\(text) - \(text) is not 0")
  }
  expectRoundTrip(CivilDate(text)) { CivilDate($0) }
  expectRoundTrip(CivilTime(text)) { CivilTime($0) }
  expectRoundTrip(CivilDateTime(text)) { CivilDateTime($0) }
  expectRoundTrip(YearsMonthsDuration(text)) { YearsMonthsDuration($0) }
  expectRoundTrip(DaysTimeDuration(text)) { DaysTimeDuration($0) }
  expectRoundTrip(Instant(text)) { Instant($0) }
  return 0
}

private func expectRoundTrip<Value: Equatable & CustomStringConvertible>(
  _ value: Value?, _ read: (String) -> Value?
) {
  guard let value else { return }
  precondition(read(value.description) == value, "\(value) does not read back")
}
