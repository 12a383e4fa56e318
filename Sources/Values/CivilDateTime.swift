/// A date and a time of it, with or without a zone.
///
/// Equality is that of the parts; date-times in different zones are compared where the zones are resolved.
public struct CivilDateTime: Hashable, Sendable {
  /// The date.
  public let date: CivilDate
  /// The time of the date, with its zone.
  public let time: CivilTime

  /// Makes a date-time of its parts.
  public init(date: CivilDate, time: CivilTime) {
    self.date = date
    self.time = time
  }

  /// The zone the time is told in; nil for a local time.
  public var zone: Zone? { time.zone }

  /// The number of seconds from 1970-01-01T00:00:00 by the clock shown, whatever the zone.
  public var localSeconds: Int { date.dayNumber * 86_400 + time.secondOfDay }

  /// Makes the date-time this many seconds after 1970-01-01T00:00:00 by the clock shown; nil beyond all dates.
  public init?(localSeconds: Int, nanosecond: Int = 0, zone: Zone? = nil) {
    guard nanosecond >= 0, nanosecond <= 999_999_999 else { return nil }
    let (quotient, rest) = localSeconds.quotientAndRemainder(dividingBy: 86_400)
    let day = rest < 0 ? quotient - 1 : quotient
    let second = rest < 0 ? rest + 86_400 : rest
    guard day >= CivilDate.earliest.dayNumber, day <= CivilDate.latest.dayNumber else { return nil }
    date = CivilDate(dayNumber: day)
    time = CivilTime(nanosecondOfDay: second * 1_000_000_000 + nanosecond, zone: zone)
  }

  /// The date-time this much later by the clock shown, in the same zone; nil beyond all dates.
  public func adding(_ duration: DaysTimeDuration) -> CivilDateTime? {
    var nanosecond = time.nanosecond + duration.nanoseconds
    let carry = nanosecond >= 1_000_000_000 ? 1 : 0
    nanosecond -= carry * 1_000_000_000
    let (seconds, overflow) = (localSeconds + carry).addingReportingOverflow(duration.seconds)
    return overflow ? nil : CivilDateTime(localSeconds: seconds, nanosecond: nanosecond, zone: zone)
  }

  /// The same time of the date this many months later, on the last day of a month that is too short.
  public func adding(months: Int) -> CivilDateTime? {
    date.adding(months: months).map { CivilDateTime(date: $0, time: time) }
  }

  /// The time from this date-time to another by the clocks shown, whatever their zones.
  public func localDuration(until other: CivilDateTime) -> DaysTimeDuration {
    DaysTimeDuration(
      seconds: other.localSeconds - localSeconds, carrying: other.time.nanosecond - time.nanosecond)
  }
}

extension CivilDateTime: UTF8Readable, CustomStringConvertible {
  /// Reads a date, `T` and a time: `2026-05-14T08:30:00+03:00`.
  public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    var scanner = ByteScanner(bytes)
    guard let date = CivilDate(&scanner), scanner.take(UInt8(ascii: "T")),
      let time = CivilTime(&scanner), scanner.isAtEnd
    else { return nil }
    self.init(date: date, time: time)
  }

  /// The ISO 8601 text with the zone.
  public var description: String {
    let text = TextWriter.text { writer in
      date.write(to: &writer)
      writer.put("T")
      time.write(to: &writer)
    }
    if case .region? = zone, let zone { return text + zone.description }
    return text
  }
}
