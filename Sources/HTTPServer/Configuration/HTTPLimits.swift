/// How much of each thing a client may send; what is over a limit is refused, the connection closed.
public struct HTTPLimits: Sendable {
  /// Bytes of the request line (RFC 9112 section 3 recommends 8,000 at least); over it 414.
  public var requestLineBytes = 8_192
  /// Bytes of one header line; over it 431.
  public var fieldLineBytes = 8_192
  /// Bytes of request line and header lines together; over it 431.
  public var headBytes = 32_768
  /// Header fields; over it 431.
  public var fields = 100
  /// Bytes of the content; over it 413.
  public var bodyBytes = 1 << 20
  /// Bytes of all chunk extensions of one request; over it 413.
  public var chunkExtensionBytes = 1_024
  /// Bytes of the trailer; over it 431.
  public var trailerBytes = 4_096
  /// Requests of one connection that wait for their answer; more are read when the first are answered.
  public var requestsInFlight = 16
  /// Bytes of answers made ready for one connection while its client does not read; nothing more is read from it meanwhile.
  public var outputBytes = 256 << 10
  /// Bytes of unfinished requests of each loop's connections; who needs more gets 503.
  public var bytesInFlight = 64 << 20
  /// Connections at once, over all loops; one more is told 503 and closed.
  public var connections = 16_384

  /// The defaults.
  public init() {}
}
