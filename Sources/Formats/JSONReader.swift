/// Bounds on what a JSON reader accepts from a stranger.
public struct JSONLimits: Hashable, Sendable {
  /// Deepest nesting of arrays and objects.
  public var depth: Int
  /// Longest text in bytes.
  public var bytes: Int
  /// Longest numeral, as written and as written out without exponent.
  public var digits: Int

  /// Limits; a depth above 512 is held at 512, since the reader calls itself.
  public init(depth: Int = 64, bytes: Int = 256 << 20, digits: Int = 400) {
    self.depth = min(max(depth, 1), 512)
    self.bytes = bytes
    self.digits = digits
  }
}

/// Reads JSON (RFC 8259) as a tree; strict, as `JSONTape` is.
public enum JSONReader {
  /// Reads bytes that hold exactly one value; a byte-order mark before it is passed over.
  public static func parse(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSONValue
  {
    try JSONTape(bytes, limits: limits).root.value
  }

  /// Reads a text that holds exactly one value.
  public static func parse(_ text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSONValue {
    try parse(Array(text.utf8), limits: limits)
  }
}
