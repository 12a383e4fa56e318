import DecisionService
import Glibc
import Values

extension Edge {
  /// The clocks and chance of a service.
  static let serviceClock = ServiceClock(
    now: currentInstant, monotonicNanoseconds: monotonicNanoseconds,
    chance: { UInt64.random(in: .min ... .max) })

  /// Nanoseconds that never go back.
  static func monotonicNanoseconds() -> UInt64 {
    var reading = timespec()
    clock_gettime(CLOCK_MONOTONIC, &reading)
    return UInt64(reading.tv_sec) &* 1_000_000_000 &+ UInt64(reading.tv_nsec)
  }

  /// Writes a whole line to standard error at once, so that lines of several threads do not mix.
  static func writeToErrors(_ line: [UInt8]) {
    line.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while let base = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
        let written = write(2, base, rest.count)
        if written < 0, errno != EINTR { return }
        rest = rest.dropFirst(max(0, written))
      }
    }
  }
}
