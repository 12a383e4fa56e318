/// Holds idle connections to the service open: `Benchmarks service-idle`.
///
/// Each asks for `/healthz` once in a while, as a pool of a caller does to keep its connections; one that is closed by the
/// service in the meantime is counted and opened again.
final class ServiceIdle: Workload {
  static let usage =
    "Benchmarks service-idle --url ADDRESS --connections N --seconds S [--every SECONDS] [--allow-closed N] [--json]"

  private let host: String
  private let interval: Double
  private let end: Int
  /// Connections that have not asked for anything yet.
  ///
  /// They do so in the first seconds: a service need not wait for one that never does.
  private var fresh: Int
  private var due: Double
  private var answeredWell = 0
  private var answeredBadly = 0
  private var lost = 0

  /// 5,000 first requests a second.
  private static let firstInterval = 200_000.0

  static func run(_ words: [String]) -> Bool {
    do throws(LoadError) {
      let words = try CommandWords(
        words, values: ["url", "connections", "seconds", "every", "allow-closed"], flags: ["json"],
        usage: usage)
      let address = try ServiceAddress(try words.required("url"))
      let count = try words.integer("connections", in: 1...60_000)
      let every = try words.number("every", in: 1...3600, default: 20)
      let idle = ServiceIdle(
        host: address.host, count: count, interval: every * 1e9 / Double(count),
        seconds: try words.number("seconds", in: 1...86_400))
      let loop = try LoadLoop(idle, to: address, connections: count, depth: 1, tickMicroseconds: 0)
      print("\(count) connections are open.")
      try loop.run()
      let figures = [
        ("connections", count), ("openAtEnd", loop.openCount), ("closedByService", loop.broken),
        ("answered", idle.answeredWell), ("failed", idle.answeredBadly + idle.lost),
      ]
      if words.has("json") {
        print("{" + figures.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}")
      } else {
        for (name, value) in figures { print("\(name)  \(value)") }
      }
      return loop.broken <= (try words.integer("allow-closed", in: 0...Int.max, default: 0))
        && idle.answeredBadly == 0 && loop.openCount == count
    } catch {
      print(error.sentence)
      return false
    }
  }

  private init(host: String, count: Int, interval: Double, seconds: Double) {
    self.host = host
    fresh = count
    self.interval = interval
    let now = monotonicNanoseconds()
    end = now + Int(seconds * 1e9)
    due = Double(now)
  }

  var nextDue: Int? { due < Double(end) ? Int(due) : nil }

  func write(into buffer: SendBuffer, at now: Int) -> Ticket {
    buffer.append(Array("GET /healthz HTTP/1.1\r\nHost: \(host)\r\n\r\n".utf8))
    let ticket = Ticket(number: 0, due: Int(due))
    due += fresh > 0 ? min(interval, Self.firstInterval) : interval
    fresh -= 1
    return ticket
  }

  func answered(_ ticket: Ticket, _ answer: ServiceAnswer, at now: Int) {
    if answer.status == 200 { answeredWell += 1 } else { answeredBadly += 1 }
  }

  func lost(_ ticket: Ticket) { lost += 1 }

  func isOver(at now: Int, inFlight: Int) -> Bool {
    now >= end && (inFlight == 0 || now > end + 5_000_000_000)
  }
}
