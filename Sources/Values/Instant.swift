/// A moment in microseconds from 1970-01-01T00:00:00Z, leap seconds not counted.
public struct Instant: Hashable, Sendable {
  /// The microseconds from 1970-01-01T00:00:00Z.
  public let microseconds: Int

  /// Makes the moment this many microseconds after 1970-01-01T00:00:00Z.
  public init(microseconds: Int) {
    self.microseconds = microseconds
  }

  /// Makes the moment of a date-time that has a fixed offset, cut off to the microsecond; nil for any other.
  public init?(_ dateTime: CivilDateTime) {
    guard let offset = dateTime.time.offsetSeconds else { return nil }
    // Near the least moment the seconds alone do not fit, so the sum is taken in 128 bits.
    let total = Int128(dateTime.localSeconds - offset) * 1_000_000 + Int128(dateTime.time.nanosecond / 1000)
    guard let microseconds = Int(exactly: total) else { return nil }
    self.init(microseconds: microseconds)
  }

  private var secondsAndRest: (seconds: Int, rest: Int) {
    let (quotient, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    return rest < 0 ? (quotient - 1, rest + 1_000_000) : (quotient, rest)
  }

  /// The date in UTC.
  public var date: CivilDate {
    let seconds = secondsAndRest.seconds
    return CivilDate(dayNumber: (seconds >= 0 ? seconds : seconds - 86_399) / 86_400)
  }

  /// The date and time in UTC.
  public var dateTime: CivilDateTime {
    let (seconds, rest) = secondsAndRest
    let second = seconds - date.dayNumber * 86_400
    return CivilDateTime(
      date: date, time: CivilTime(nanosecondOfDay: second * 1_000_000_000 + rest * 1000, zone: .utc))
  }

  /// The moment this many microseconds later; nil where it does not fit.
  public func adding(microseconds: Int) -> Instant? {
    let (sum, overflow) = self.microseconds.addingReportingOverflow(microseconds)
    return overflow ? nil : Instant(microseconds: sum)
  }
}

extension Instant: Comparable {
  /// Whether the left moment is earlier.
  public static func < (left: Instant, right: Instant) -> Bool { left.microseconds < right.microseconds }
}

extension Instant: UTF8Readable, CustomStringConvertible {
  /// Reads an RFC 3339 moment with its offset: `2026-05-14T08:30:00.000000Z`, `2026-05-14T11:30:00+03:00`.
  ///
  /// A fraction finer than a microsecond is refused, so that nothing is lost in silence.
  public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    guard let value = CivilDateTime(utf8: bytes), value.time.nanosecond % 1000 == 0 else { return nil }
    self.init(value)
  }

  /// The RFC 3339 text in UTC with six digits of the second: `2026-05-14T08:30:00.000000Z`.
  public var description: String {
    TextWriter.text { writer in
      let (seconds, rest) = secondsAndRest
      let date = date
      let time = seconds - date.dayNumber * 86_400
      date.write(to: &writer)
      writer.put("T")
      writer.putPair(time / 3600)
      writer.put(":")
      writer.putPair(time / 60 % 60)
      writer.put(":")
      writer.putPair(time % 60)
      writer.put(".")
      writer.putPair(rest / 10_000)
      writer.putPair(rest / 100 % 100)
      writer.putPair(rest % 100)
      writer.put("Z")
    }
  }
}
