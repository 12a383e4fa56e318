/// How a CSV file is written.
public struct CSVDialect: Hashable, Sendable {
  /// The byte between fields.
  public var delimiter: UInt8
  /// The encoding of the text.
  public var encoding: TextEncoding

  /// A dialect; comma and UTF-8 unless said otherwise.
  public init(delimiter: UInt8 = UInt8(ascii: ","), encoding: TextEncoding = .utf8) {
    self.delimiter = delimiter
    self.encoding = encoding
  }
}
