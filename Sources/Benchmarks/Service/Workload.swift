/// A request on its way: which one, and when it was due.
struct Ticket {
  let number: Int
  /// On the monotonic clock, in nanoseconds.
  let due: Int
}

/// What a `LoadLoop` sends, and what becomes of the answers.
protocol Workload: AnyObject {
  /// When the next request is due; nil where there is none at present.
  var nextDue: Int? { get }
  /// Writes the request that `nextDue` spoke of.
  func write(into buffer: SendBuffer, at now: Int) -> Ticket
  /// Takes an answer; its bytes are gone when the call returns.
  func answered(_ ticket: Ticket, _ answer: ServiceAnswer, at now: Int)
  /// Is told of a request whose connection ended before it was answered.
  func lost(_ ticket: Ticket)
  /// Is told that the service has ended a connection, before it is told what was lost on it.
  func connectionEnded()
  /// Whether the run is over.
  func isOver(at now: Int, inFlight: Int) -> Bool
}

extension Workload {
  func connectionEnded() {}
}
