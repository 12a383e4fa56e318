/// What a server is told when it is made.
public struct HTTPServerConfiguration: Sendable {
  /// Where it listens.
  public var address: HTTPAddress
  /// How many event loops it runs, each on a thread of its own; nil is one for each core.
  public var loops: Int?
  /// How much may be sent.
  public var limits = HTTPLimits()
  /// How long is waited.
  public var timeouts = HTTPTimeouts()
  /// Makes the answer of a refusal.
  public var refusalResponse: @Sendable (HTTPRefusal) -> HTTPResponse = { refusal in
    HTTPResponse(
      status: refusal.status, contentType: "text/plain; charset=utf-8", text: refusal.sentence + "\n")
  }

  /// The defaults, for an address.
  public init(address: HTTPAddress, loops: Int? = nil) {
    self.address = address
    self.loops = loops
  }
}

/// The clocks that a server is given, because it reads none itself.
public struct HTTPClocks: Sendable {
  /// Nanoseconds that never go back, for timers and `receivedAtNanoseconds`.
  public var monotonicNanoseconds: @Sendable () -> UInt64
  /// Seconds since 1970, for `Date`.
  public var unixSeconds: @Sendable () -> Int64

  /// Takes both.
  public init(
    monotonicNanoseconds: @escaping @Sendable () -> UInt64, unixSeconds: @escaping @Sendable () -> Int64
  ) {
    self.monotonicNanoseconds = monotonicNanoseconds
    self.unixSeconds = unixSeconds
  }
}
