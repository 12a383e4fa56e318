/// Answers requests; one instance belongs to each event loop and is used on that loop's thread alone.
public protocol HTTPHandler: AnyObject {
  /// Takes one request; `exchange` is answered now, or later from any thread.
  ///
  /// Nothing may be waited for here: as long as it does not return, all connections of the loop wait.
  func handle(_ request: HTTPRequest, _ exchange: HTTPExchange)

  /// All requests that one wake-up of the loop brought have been handled; what was gathered may be sent on.
  func turnEnded()
}

extension HTTPHandler {
  /// Nothing is gathered by default.
  public func turnEnded() {}
}
