extension CivilDate: UTF8Readable, CustomStringConvertible {
  /// Reads an ISO 8601 date: `2026-05-14`, with a year of four to nine digits and perhaps a minus.
  ///
  /// A year of more than four digits has no leading zero (XML Schema part 2, 3.2.9.1), and there is no year -0000.
  public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    var scanner = ByteScanner(bytes)
    guard let date = CivilDate(&scanner), scanner.isAtEnd else { return nil }
    self = date
  }

  /// Reads a date from where the scanner stands.
  init?(_ scanner: inout ByteScanner) {
    let negative = scanner.take(UInt8(ascii: "-"))
    let zero = scanner.next == UInt8(ascii: "0")
    guard let (year, count) = scanner.digits(), count >= 4, count <= 9 else { return nil }
    if (zero && count > 4) || (negative && year == 0) { return nil }
    guard scanner.take(UInt8(ascii: "-")), let month = scanner.digits(exactly: 2),
      scanner.take(UInt8(ascii: "-")), let day = scanner.digits(exactly: 2)
    else { return nil }
    self.init(year: negative ? -year : year, month: month, day: day)
  }

  /// The ISO 8601 text, such as `2026-05-14` or `-0045-01-01`.
  public var description: String {
    TextWriter.text { write(to: &$0) }
  }

  func write(to writer: inout TextWriter) {
    if year < 0 { writer.put("-") }
    if year >= 0 && year <= 9999 {
      writer.putPair(year / 100)
      writer.putPair(year % 100)
    } else {
      writer.put(year.magnitude, width: 4)
    }
    writer.put("-")
    writer.putPair(month)
    writer.put("-")
    writer.putPair(day)
  }
}
