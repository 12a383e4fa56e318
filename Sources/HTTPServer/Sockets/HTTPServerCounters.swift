/// What a server has counted since its start.
public struct HTTPServerCounters: Sendable, Equatable {
  /// Connections that are open now.
  public internal(set) var openConnections = 0
  /// Bytes that are held now: of unfinished requests, and of answers that clients have not taken.
  public internal(set) var bytesInFlight = 0
  /// Connections that were accepted, the refused ones included.
  public internal(set) var acceptedConnections = 0
  /// Connections that were one too many.
  public internal(set) var refusedConnections = 0
  /// Connections that were closed because nothing came, or nothing was taken, for too long.
  public internal(set) var timedOutConnections = 0
  /// Connections that broke off, and those that `drain` cut.
  public internal(set) var brokenConnections = 0
  /// Whole requests that reached the handler.
  public internal(set) var requests = 0
  /// Answers for which no client was there any more.
  public internal(set) var lostAnswers = 0
  /// Bytes read.
  public internal(set) var bytesReceived = 0
  /// Bytes written.
  public internal(set) var bytesSent = 0
  /// Refusals by their kind.
  public internal(set) var refusals: [HTTPRefusal: Int] = [:]

  /// Adds the counts of another loop.
  mutating func add(_ other: HTTPServerCounters) {
    openConnections += other.openConnections
    bytesInFlight += other.bytesInFlight
    acceptedConnections += other.acceptedConnections
    refusedConnections += other.refusedConnections
    timedOutConnections += other.timedOutConnections
    brokenConnections += other.brokenConnections
    requests += other.requests
    lostAnswers += other.lostAnswers
    bytesReceived += other.bytesReceived
    bytesSent += other.bytesSent
    refusals.merge(other.refusals, uniquingKeysWith: +)
  }
}
