public import Values

/// What came of handing an event over.
public enum DeliveryOutcome: Hashable, Sendable {
  /// The other side has it.
  case delivered
  /// Not now, says the other side: it is sent again, after so many seconds at least where it says so.
  case later(code: String, afterSeconds: Int?)
  /// There was no answer: it may have arrived or not, and is sent again; the others need not be tried now.
  case unreachable(code: String)
  /// The other side does not want it as it is: a person has to look.
  case refused(code: String)
}

/// Where events go.
public struct OutboxDestination: Sendable {
  /// How long handing one event over takes at most.
  public let timeoutMilliseconds: Int
  /// Hands an event over; returns when that is done or known to have failed, at the timeout at the latest.
  public let deliver: @Sendable (CloudEvent, Instant) -> DeliveryOutcome

  /// A destination from its parts.
  ///
  /// - Parameter deliver: gets the moment of sending, too, which signatures need.
  public init(
    timeoutMilliseconds: Int, deliver: @escaping @Sendable (CloudEvent, Instant) -> DeliveryOutcome
  ) {
    self.timeoutMilliseconds = timeoutMilliseconds
    self.deliver = deliver
  }
}
