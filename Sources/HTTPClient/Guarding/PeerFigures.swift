/// How a peer does, at one moment.
public struct PeerFigures: Sendable {
  /// Whether calls are let through.
  public var breaker: CircuitBreaker.State
  /// Calls at work.
  public var running: Int
  /// Calls that wait for a place.
  public var waiting: Int
  /// Requests that were sent, repeated ones among them.
  public var tries: Int
  /// Requests that were repeated.
  public var retries: Int
  /// Calls by what became of them: `answered`, or the code of the error.
  public var calls: [String: Int]
  /// How long calls took.
  public var latency: LatencyHistogram
}
