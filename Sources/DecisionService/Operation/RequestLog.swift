import Formats
import Values

/// One line of JSON for each thing worth telling: to standard error, for whatever gathers logs.
///
/// No personal data: requests by their id, decisions by theirs; no path, no query, no content.
struct RequestLog: Sendable {
  /// Which requests are told.
  enum Level: String, CaseIterable, Sendable {
    /// Those that end in a problem of the service's own making, and what happens to the service.
    case faults
    /// Every request that ends in a problem.
    case problems
    /// Every request.
    case requests
  }

  let level: Level
  private let now: @Sendable () -> Instant
  private let write: @Sendable ([UInt8]) -> Void

  /// A log that writes whole lines.
  init(
    _ level: Level, now: @escaping @Sendable () -> Instant, write: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.level = level
    self.now = now
    self.write = write
  }

  /// Tells something that happened to the service.
  func event(_ event: String, _ details: KeyValuePairs<String, String> = [:]) {
    var json = JSONWriter(capacity: 256)
    json.beginObject()
    json.member("at", now().description)
    json.member("event", event)
    for (name, value) in details {
      json.key(named: name)
      json.string(value)
    }
    json.endObject()
    write(json.bytes + [UInt8(ascii: "\n")])
  }

  /// Tells a request and how it was answered, where the level asks for it.
  func request(
    _ id: String, route: String, status: Int, problem: ProblemKind?, microseconds: Int, token: Int?,
    decision: (() -> DecisionName)? = nil
  ) {
    switch level {
    case .faults where status < 500, .problems where status < 400: return
    default: break
    }
    var json = JSONWriter(capacity: 256)
    json.beginObject()
    json.member("at", now().description)
    json.member("event", "request")
    json.member("request", id)
    json.member("route", route)
    json.member("status", status)
    json.member("microseconds", microseconds)
    if let token { json.member("token", token) }
    if let problem { json.member("problem", problem.rawValue) }
    if let decision { json.member("decision", decision().text) }
    json.endObject()
    write(json.bytes + [UInt8(ascii: "\n")])
  }

  /// The name of a decision, in a type of its own so that nothing else gets into the log in its place.
  struct DecisionName: Sendable {
    let text: String
  }
}
