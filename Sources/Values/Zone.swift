/// The zone that a time is told in: a fixed offset, or the name of a region whose rules are kept elsewhere.
public enum Zone: Hashable, Sendable {
  /// Seconds east of UTC.
  case offset(seconds: Int)
  /// A region of the IANA time zone database, such as `Europe/Riga`; not checked to exist.
  case region(String)

  /// UTC.
  public static let utc = Zone.offset(seconds: 0)

  /// The greatest distance from UTC, 18 hours: more than the 14 of XML Schema and less than any mistake.
  public static let greatestOffset = 18 * 3600
}

extension Zone: UTF8Readable, CustomStringConvertible {
  /// Reads `Z` or `z`, `±hh:mm`, `±hh:mm:ss` or `@Region/Name`.
  ///
  /// The small letter is in an example of DMN 1.5, Table 73: `time("23:59:00z")`.
  public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    var scanner = ByteScanner(bytes)
    guard let zone = Zone(&scanner), scanner.isAtEnd else { return nil }
    self = zone
  }

  /// Reads a zone from where the scanner stands.
  init?(_ scanner: inout ByteScanner) {
    if scanner.take(UInt8(ascii: "Z")) || scanner.take(UInt8(ascii: "z")) {
      self = .utc
      return
    }
    if scanner.take(UInt8(ascii: "@")) {
      let name = scanner.remainder()
      guard Zone.isRegionName(name) else { return nil }
      self = .region(String(decoding: name, as: UTF8.self))
      return
    }
    let negative = scanner.take(UInt8(ascii: "-"))
    guard negative || scanner.take(UInt8(ascii: "+")) else { return nil }
    guard let hours = scanner.digits(exactly: 2), scanner.take(UInt8(ascii: ":")),
      let minutes = scanner.digits(exactly: 2), minutes < 60
    else { return nil }
    var seconds = 0
    if scanner.take(UInt8(ascii: ":")) {
      guard let value = scanner.digits(exactly: 2), value < 60 else { return nil }
      seconds = value
    }
    let offset = hours * 3600 + minutes * 60 + seconds
    guard offset <= Zone.greatestOffset else { return nil }
    self = .offset(seconds: negative ? -offset : offset)
  }

  /// Whether the bytes have the form of a region's name: letters, digits, `_`, `+`, `-` and `/` after a letter.
  private static func isRegionName(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first, bytes.count <= 64, isLetter(first) else { return false }
    return bytes.allSatisfy { byte in
      isLetter(byte) || (byte &- 48) <= 9 || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "_")
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 }

  /// The text as written behind a time: `Z`, `+02:00`, `@Europe/Riga`.
  public var description: String {
    switch self {
    case .offset(let seconds):
      return TextWriter.text { Zone.write(offset: seconds, to: &$0) }
    case .region(let name):
      return "@" + name
    }
  }

  static func write(offset: Int, to writer: inout TextWriter) {
    if offset == 0 {
      writer.put("Z")
      return
    }
    let magnitude = offset.magnitude
    writer.put(offset < 0 ? "-" : "+")
    writer.put(magnitude / 3600, width: 2)
    writer.put(":")
    writer.put(magnitude / 60 % 60, width: 2)
    if magnitude % 60 != 0 {
      writer.put(":")
      writer.put(magnitude % 60, width: 2)
    }
  }
}
