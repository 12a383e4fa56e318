/// A time of day to the nanosecond, with or without a zone.
///
/// Hours run from 0 to 23: `24:00:00` is not a time of its day but the first of the next one, and there is no leap
/// second. Equality is that of the parts; times in different zones are compared where the zones are resolved.
public struct CivilTime: Hashable, Sendable {
  private let storedHour: UInt8
  private let storedMinute: UInt8
  private let storedSecond: UInt8
  private let storedNanosecond: Int32
  /// The zone the time is told in; nil for a local time.
  public let zone: Zone?

  /// The nanoseconds of a day.
  public static let nanosecondsPerDay = 86_400_000_000_000

  /// The hour, 0...23.
  public var hour: Int { Int(storedHour) }
  /// The minute, 0...59.
  public var minute: Int { Int(storedMinute) }
  /// The second, 0...59.
  public var second: Int { Int(storedSecond) }
  /// The nanosecond, 0...999,999,999.
  public var nanosecond: Int { Int(storedNanosecond) }

  /// Makes a time; nil where a part, or the offset of the zone, is out of its range.
  public init?(hour: Int, minute: Int, second: Int = 0, nanosecond: Int = 0, zone: Zone? = nil) {
    guard hour >= 0, hour <= 23, minute >= 0, minute <= 59, second >= 0, second <= 59 else { return nil }
    guard nanosecond >= 0, nanosecond <= 999_999_999 else { return nil }
    if case .offset(let seconds)? = zone {
      guard seconds >= -Zone.greatestOffset, seconds <= Zone.greatestOffset else { return nil }
    }
    self.init(unchecked: hour, minute, second, nanosecond, zone)
  }

  private init(unchecked hour: Int, _ minute: Int, _ second: Int, _ nanosecond: Int, _ zone: Zone?) {
    storedHour = UInt8(truncatingIfNeeded: hour)
    storedMinute = UInt8(truncatingIfNeeded: minute)
    storedSecond = UInt8(truncatingIfNeeded: second)
    storedNanosecond = Int32(truncatingIfNeeded: nanosecond)
    self.zone = zone
  }

  /// Makes the time this many nanoseconds after midnight; a number outside of a day wraps around.
  public init(nanosecondOfDay: Int, zone: Zone? = nil) {
    var rest = nanosecondOfDay % CivilTime.nanosecondsPerDay
    if rest < 0 { rest += CivilTime.nanosecondsPerDay }
    let seconds = rest / 1_000_000_000
    self.init(
      unchecked: seconds / 3600, seconds / 60 % 60, seconds % 60, rest % 1_000_000_000, zone)
  }

  /// Midnight, the first moment of a day.
  public static let midnight = CivilTime(nanosecondOfDay: 0)

  /// The number of seconds since midnight.
  public var secondOfDay: Int { hour * 3600 + minute * 60 + second }

  /// The number of nanoseconds since midnight.
  public var nanosecondOfDay: Int { secondOfDay * 1_000_000_000 + nanosecond }

  /// The offset in seconds where the zone is a fixed one.
  public var offsetSeconds: Int? {
    if case .offset(let seconds)? = zone { seconds } else { nil }
  }

  /// The same time of day told in another zone, or in none.
  public func with(zone: Zone?) -> CivilTime {
    CivilTime(unchecked: hour, minute, second, nanosecond, zone)
  }

  /// The time this much later, wrapping around midnight, in the same zone.
  public func adding(_ duration: DaysTimeDuration) -> CivilTime {
    let day = 86_400
    let seconds = secondOfDay + duration.seconds % day
    return CivilTime(nanosecondOfDay: seconds * 1_000_000_000 + nanosecond + duration.nanoseconds, zone: zone)
  }
}

extension CivilTime: UTF8Readable, CustomStringConvertible {
  /// Reads `hh:mm:ss`, a fraction of at most nine digits, and a zone: `08:30:00.25+02:00`, `08:30:00@Europe/Riga`.
  public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    var scanner = ByteScanner(bytes)
    guard let time = CivilTime(&scanner), scanner.isAtEnd else { return nil }
    self = time
  }

  /// Reads a time, with its zone if there is one, from where the scanner stands.
  init?(_ scanner: inout ByteScanner) {
    guard let hour = scanner.digits(exactly: 2), scanner.take(UInt8(ascii: ":")),
      let minute = scanner.digits(exactly: 2), scanner.take(UInt8(ascii: ":")),
      let second = scanner.digits(exactly: 2)
    else { return nil }
    var nanosecond = 0
    if scanner.take(UInt8(ascii: ".")) {
      guard let fraction = scanner.nanoseconds(), fraction.count > 0 else { return nil }
      nanosecond = fraction.value
    }
    var zone: Zone?
    if !scanner.isAtEnd {
      guard let read = Zone(&scanner) else { return nil }
      zone = read
    }
    self.init(hour: hour, minute: minute, second: second, nanosecond: nanosecond, zone: zone)
  }

  /// The ISO 8601 text with the zone, such as `08:30:00.25+02:00`.
  public var description: String {
    let text = TextWriter.text { write(to: &$0) }
    if case .region? = zone, let zone { return text + zone.description }
    return text
  }

  /// Writes everything but the name of a region, which has no bounded length.
  func write(to writer: inout TextWriter) {
    writer.putPair(hour)
    writer.put(":")
    writer.putPair(minute)
    writer.put(":")
    writer.putPair(second)
    writer.put(nanoseconds: nanosecond)
    if let offsetSeconds { Zone.write(offset: offsetSeconds, to: &writer) }
  }
}
