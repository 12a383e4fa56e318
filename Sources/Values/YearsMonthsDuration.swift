/// A duration of months, written in years and months.
public struct YearsMonthsDuration: Hashable, Sendable {
  /// The whole duration in months.
  public let months: Int

  /// Makes a duration of months.
  public init(months: Int) {
    self.months = months
  }

  /// Makes a duration of years and months; nil where it does not fit.
  public init?(years: Int, months: Int) {
    let (product, overflow) = years.multipliedReportingOverflow(by: 12)
    let (sum, again) = product.addingReportingOverflow(months)
    if overflow || again { return nil }
    self.init(months: sum)
  }

  /// No time at all.
  public static let zero = YearsMonthsDuration(months: 0)

  /// The whole years, with the sign of the duration.
  public var yearsPart: Int { months / 12 }
  /// The months beyond the whole years, with the sign of the duration.
  public var monthsPart: Int { months % 12 }

  /// The sum; nil where it does not fit.
  public func adding(_ other: YearsMonthsDuration) -> YearsMonthsDuration? {
    let (sum, overflow) = months.addingReportingOverflow(other.months)
    return overflow ? nil : YearsMonthsDuration(months: sum)
  }

  /// The difference; nil where it does not fit.
  public func subtracting(_ other: YearsMonthsDuration) -> YearsMonthsDuration? {
    let (difference, overflow) = months.subtractingReportingOverflow(other.months)
    return overflow ? nil : YearsMonthsDuration(months: difference)
  }

  /// The opposite duration; nil where it does not fit.
  public func negated() -> YearsMonthsDuration? { YearsMonthsDuration.zero.subtracting(self) }
}

extension YearsMonthsDuration: Comparable {
  /// Whether the left duration is shorter.
  public static func < (left: YearsMonthsDuration, right: YearsMonthsDuration) -> Bool {
    left.months < right.months
  }
}

extension YearsMonthsDuration: UTF8Readable, CustomStringConvertible {
  /// Reads an ISO 8601 duration of years and months: `P1Y2M`, `-P14M`.
  public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    var scanner = ByteScanner(bytes)
    let negative = scanner.take(UInt8(ascii: "-"))
    guard scanner.take(UInt8(ascii: "P")), let first = scanner.digits() else { return nil }
    var years = 0
    var months = 0
    if scanner.take(UInt8(ascii: "Y")) {
      years = first.value
      if !scanner.isAtEnd {
        guard let second = scanner.digits(), scanner.take(UInt8(ascii: "M")) else { return nil }
        months = second.value
      }
    } else {
      guard scanner.take(UInt8(ascii: "M")) else { return nil }
      months = first.value
    }
    guard scanner.isAtEnd else { return nil }
    self.init(years: negative ? -years : years, months: negative ? -months : months)
  }

  /// The canonical text: `P1Y2M`, `P1Y`, `-P2M`, `P0M`.
  public var description: String {
    TextWriter.text { writer in
      if months < 0 { writer.put("-") }
      writer.put("P")
      let years = yearsPart.magnitude
      let rest = monthsPart.magnitude
      if years > 0 {
        writer.put(years)
        writer.put("Y")
      }
      if rest > 0 || years == 0 {
        writer.put(rest)
        writer.put("M")
      }
    }
  }
}
