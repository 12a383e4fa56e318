/// A duration of seconds and nanoseconds, written in days, hours, minutes and seconds.
///
/// The value is `seconds + nanoseconds / 10⁹`: the nanoseconds are never negative, the seconds carry the sign.
public struct DaysTimeDuration: Hashable, Sendable {
  /// The seconds, rounded down.
  public let seconds: Int
  /// The nanoseconds above the seconds, 0...999,999,999.
  public let nanoseconds: Int

  /// Makes a duration; nil where the nanoseconds are out of their range.
  public init?(seconds: Int, nanoseconds: Int) {
    guard nanoseconds >= 0, nanoseconds <= 999_999_999 else { return nil }
    self.init(unchecked: seconds, nanoseconds)
  }

  /// Makes a duration of whole seconds.
  public init(seconds: Int) {
    self.init(unchecked: seconds, 0)
  }

  /// Makes a duration of whole days; nil where it does not fit.
  public init?(days: Int) {
    let (seconds, overflow) = days.multipliedReportingOverflow(by: 86_400)
    if overflow { return nil }
    self.init(unchecked: seconds, 0)
  }

  private init(unchecked seconds: Int, _ nanoseconds: Int) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// Makes a duration of seconds far from the limits and nanoseconds of either sign, less than a second.
  init(seconds: Int, carrying nanoseconds: Int) {
    self.init(
      unchecked: nanoseconds < 0 ? seconds - 1 : seconds,
      nanoseconds < 0 ? nanoseconds + 1_000_000_000 : nanoseconds)
  }

  /// Makes the duration nearest to a number of seconds, half-even to the nanosecond; nil where it does not fit.
  public init?(totalSeconds: Decimal) {
    guard let rounded = totalSeconds.rounded(scale: 9, .halfEven),
      let whole = rounded.rounded(scale: 0, .floor), let seconds = whole.integer(),
      let nanoseconds = (rounded - whole).multiplied(by: Decimal(1_000_000_000))?.integer()
    else { return nil }
    self.init(unchecked: seconds, nanoseconds)
  }

  /// No time at all.
  public static let zero = DaysTimeDuration(seconds: 0)

  /// The whole duration in seconds, exactly.
  public var totalSeconds: Decimal {
    if nanoseconds == 0 { return Decimal(seconds) }
    return Decimal(seconds) + Decimal(narrow: Int64(nanoseconds), exponent: -9)
  }

  /// Whether the duration is below zero.
  public var isNegative: Bool { seconds < 0 }

  /// The magnitude as whole seconds and nanoseconds.
  private var parts: (seconds: UInt, nanoseconds: UInt) {
    if seconds >= 0 { return (UInt(seconds), UInt(nanoseconds)) }
    if nanoseconds == 0 { return (seconds.magnitude, 0) }
    return (seconds.magnitude - 1, UInt(1_000_000_000 - nanoseconds))
  }

  private func signed(_ part: UInt) -> Int { isNegative ? -Int(part) : Int(part) }

  /// The whole days, with the sign of the duration.
  public var daysPart: Int { signed(parts.seconds / 86_400) }
  /// The hours beyond the days, with the sign of the duration.
  public var hoursPart: Int { signed(parts.seconds / 3600 % 24) }
  /// The minutes beyond the hours, with the sign of the duration.
  public var minutesPart: Int { signed(parts.seconds / 60 % 60) }
  /// The seconds beyond the minutes, with the sign of the duration.
  public var secondsPart: Int { signed(parts.seconds % 60) }
  /// The nanoseconds beyond the seconds, with the sign of the duration.
  public var nanosecondsPart: Int { signed(parts.nanoseconds) }

  /// The sum; nil where it does not fit.
  public func adding(_ other: DaysTimeDuration) -> DaysTimeDuration? {
    let sum = nanoseconds + other.nanoseconds
    let carry = sum >= 1_000_000_000 ? 1 : 0
    let (total, overflow) = seconds.addingReportingOverflow(other.seconds)
    let (carried, again) = total.addingReportingOverflow(carry)
    if overflow || again { return nil }
    return DaysTimeDuration(unchecked: carried, sum - carry * 1_000_000_000)
  }

  /// The difference; nil where it does not fit.
  public func subtracting(_ other: DaysTimeDuration) -> DaysTimeDuration? {
    let difference = nanoseconds - other.nanoseconds
    let borrow = difference < 0 ? 1 : 0
    let (total, overflow) = seconds.subtractingReportingOverflow(other.seconds)
    let (borrowed, again) = total.subtractingReportingOverflow(borrow)
    if overflow || again { return nil }
    return DaysTimeDuration(unchecked: borrowed, difference + borrow * 1_000_000_000)
  }

  /// The opposite duration; nil where it does not fit.
  public func negated() -> DaysTimeDuration? { DaysTimeDuration.zero.subtracting(self) }

  /// The duration without its sign; nil where it does not fit.
  public func magnitude() -> DaysTimeDuration? { isNegative ? negated() : self }
}

extension DaysTimeDuration: Comparable {
  /// Whether the left duration is shorter.
  public static func < (left: DaysTimeDuration, right: DaysTimeDuration) -> Bool {
    left.seconds == right.seconds ? left.nanoseconds < right.nanoseconds : left.seconds < right.seconds
  }
}

extension DaysTimeDuration: UTF8Readable, CustomStringConvertible {
  /// Reads an ISO 8601 duration of days and time: `P1DT2H3M4.5S`, `-PT90M`.
  ///
  /// A fraction of a second has at most nine digits, and may have none (`PT0.S`), as XML Schema 1.0 allowed.
  public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    var scanner = ByteScanner(bytes)
    let negative = scanner.take(UInt8(ascii: "-"))
    guard scanner.take(UInt8(ascii: "P")), !scanner.isAtEnd else { return nil }
    var total = 0
    var nanoseconds = 0

    func add(_ value: Int, _ unit: Int) -> Bool {
      let (product, overflow) = value.multipliedReportingOverflow(by: unit)
      let (sum, again) = total.addingReportingOverflow(product)
      total = sum
      return !overflow && !again
    }

    if scanner.next != UInt8(ascii: "T") {
      guard let days = scanner.digits(), scanner.take(UInt8(ascii: "D")), add(days.value, 86_400)
      else { return nil }
    }
    if scanner.take(UInt8(ascii: "T")) {
      guard !scanner.isAtEnd else { return nil }
      var unit = 3600 * 60
      while !scanner.isAtEnd {
        guard let number = scanner.digits() else { return nil }
        var next = 1
        if scanner.take(UInt8(ascii: ".")) {
          guard let fraction = scanner.nanoseconds(), scanner.take(UInt8(ascii: "S")) else { return nil }
          nanoseconds = fraction.value
        } else if scanner.take(UInt8(ascii: "H")) {
          next = 3600
        } else if scanner.take(UInt8(ascii: "M")) {
          next = 60
        } else {
          guard scanner.take(UInt8(ascii: "S")) else { return nil }
        }
        // The units come in their order, each at most once.
        guard next < unit, add(number.value, next) else { return nil }
        unit = next
      }
    }
    guard scanner.isAtEnd else { return nil }
    let value = DaysTimeDuration(unchecked: total, nanoseconds)
    guard let signed = negative ? value.negated() : value else { return nil }
    self = signed
  }

  /// The canonical text: `P1DT2H3M4.5S`, `P2D`, `-PT0.001S`, `PT0S`.
  public var description: String {
    TextWriter.text { writer in
      let (total, fraction) = parts
      if isNegative { writer.put("-") }
      writer.put("P")
      if total >= 86_400 {
        writer.put(total / 86_400)
        writer.put("D")
      }
      let time = total % 86_400
      if time > 0 || fraction > 0 || total == 0 { writer.put("T") }
      if time >= 3600 {
        writer.put(time / 3600)
        writer.put("H")
      }
      if time / 60 % 60 > 0 {
        writer.put(time / 60 % 60)
        writer.put("M")
      }
      if time % 60 > 0 || fraction > 0 || total == 0 {
        writer.put(time % 60)
        writer.put(nanoseconds: Int(fraction))
        writer.put("S")
      }
    }
  }
}
