/// Writes CSV (RFC 4180): fields in quotes only where they must be, LF at line ends.
public struct CSVWriter: Sendable {
  /// What was written and not yet taken.
  public private(set) var bytes: [UInt8] = []
  private let delimiter: UInt8

  /// A writer with nothing written.
  public init(delimiter: UInt8 = UInt8(ascii: ",")) { self.delimiter = delimiter }

  /// What was written and not yet taken, as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Hands over what was written so far and forgets it, so that a long file needs little memory.
  public mutating func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  /// Writes one row.
  public mutating func row(_ fields: some Sequence<String>) {
    let start = bytes.count
    var first = true
    for field in fields {
      if !first { bytes.append(delimiter) }
      first = false
      append(field)
    }
    // A row of one empty field would read back as an empty line, which readers pass over.
    if bytes.count == start { bytes.append(contentsOf: "\"\"".utf8) }
    bytes.append(0x0A)
  }

  private mutating func append(_ field: String) {
    let special = field.utf8.contains {
      $0 == delimiter || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D
    }
    guard special else {
      bytes.append(contentsOf: field.utf8)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in field.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
