/// How long is waited for what; looked after a few times a second, so that thousands of connections cost nothing.
public struct HTTPTimeouts: Sendable {
  /// From the acceptance of a connection to its first byte; then it is closed.
  public var firstByteMilliseconds = 10_000
  /// From a request's first byte to the end of its head; then 408.
  public var headMilliseconds = 10_000
  /// Between two requests; then the connection is closed.
  public var idleMilliseconds = 60_000
  /// The time in which a body has to bring its share of `bodyBytesPerSecond`; else 408.
  public var bodyWindowMilliseconds = 5_000
  /// How fast a body has to arrive, at least.
  public var bodyBytesPerSecond = 1_024
  /// How long a client may take nothing of an answer; then the connection is cut.
  public var stalledReaderMilliseconds = 20_000
  /// How long the client's last bytes are awaited after a closing answer, so that it is not lost (RFC 9112 section 9.6).
  public var lingerMilliseconds = 2_000

  /// The defaults.
  public init() {}

  /// How often the connections are looked through.
  var tickMilliseconds: Int {
    let shortest = min(
      firstByteMilliseconds, headMilliseconds, idleMilliseconds, bodyWindowMilliseconds,
      stalledReaderMilliseconds, lingerMilliseconds)
    return max(5, min(shortest / 4, 500))
  }
}
