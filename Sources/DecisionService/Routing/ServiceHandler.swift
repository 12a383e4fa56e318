import Access
import Decisioning
import FactStore
import Formats
import HTTPServer
import SQLite
import Values

/// Answers the requests of one event loop.
///
/// The requests of one wake-up are handled together: one snapshot of the database shows all of them the same moment, and
/// what they want recorded goes to the queue at once.
final class ServiceHandler: HTTPHandler {
  private let core: ServiceCore
  private var turn: [Item] = []
  private var tokens = TokenCache()
  /// Made on the loop's own thread; made anew after a failure, and with it what was found out on it.
  private var connection: (reading: ReadingConnection, basis: TurnBasis?)?
  /// The next id of a request that brings none, begun by chance: asking the system for chance each time took 1 % of a request.
  private var nextID: UInt64

  /// A request of the turn.
  struct Item {
    let request: HTTPRequest
    let exchange: HTTPExchange
    let route: Route
    let requestID: String
  }

  init(_ core: ServiceCore) {
    self.core = core
    nextID = core.clock.chance()
  }

  func handle(_ request: HTTPRequest, _ exchange: HTTPExchange) {
    let id = requestID(request)
    var found: Route?
    do throws(Problem) {
      let route = try Route(request.method, request.path)
      found = route
      switch route {
      case .health: answer(ServiceReport.health(id), request, exchange, route, id)
      case .openAPI: answer(ServiceReport.openAPI(id), request, exchange, route, id)
      case .readiness:
        // It asks for the write lock, which an event loop must not wait for.
        let core = core
        let isTaken = core.slow.submit {
          let response = Readiness(core).response(id)
          core.tell(id, route, response.status, nil, since: request.receivedAtNanoseconds)
          exchange.respond(response)
        }
        if !isTaken { throw Problem(.overloaded, "Too many slow requests are waiting already.") }
      default: turn.append(Item(request: request, exchange: exchange, route: route, requestID: id))
      }
    } catch {
      refuse(error, request, exchange, found, id)
    }
  }

  func turnEnded() {
    if turn.isEmpty { return }
    let items = turn
    turn.removeAll(keepingCapacity: true)
    var jobs: [IntakeJob] = []
    var answered = 0
    do throws(SQLiteError) {
      let now = core.clock.now()
      var connection = try takeConnection()
      try connection.reading.read { reader throws(SQLiteError) in
        let reader = FactReader(reader)
        let basis = try TurnBasis(after: connection.basis, core.quietWrites, reader)
        tokens.refresh(basis.accessGeneration)
        var desk = TurnDesk(core, reader, now, basis)
        for item in items {
          handle(item, &desk, &jobs)
          answered += 1
        }
        connection.basis = desk.basis
      }
      self.connection = connection
    } catch {
      for item in items[answered...] {
        refuse(Problem(error), item.request, item.exchange, item.route, item.requestID)
      }
    }
    core.submit(jobs)
  }

  /// The loop's connection; it is put back only where the turn succeeds.
  private func takeConnection() throws(SQLiteError) -> (reading: ReadingConnection, basis: TurnBasis?) {
    if let connection {
      self.connection = nil
      return connection
    }
    return (try core.store.database.readingConnection(), nil)
  }

  private func handle(_ item: Item, _ desk: inout TurnDesk, _ jobs: inout [IntakeJob]) {
    do throws(Problem) {
      let token = try admit(item, desk)
      let caller = Caller(
        token: token, requestID: item.requestID, route: item.route,
        receivedAtNanoseconds: item.request.receivedAtNanoseconds)
      do throws(Problem) {
        try desk.handle(item, caller, &jobs)
      } catch {
        core.finish(caller, item.exchange, error)
      }
    } catch {
      refuse(error, item.request, item.exchange, item.route, item.requestID)
    }
  }

  private func admit(_ item: Item, _ desk: TurnDesk) throws(Problem) -> ServiceToken {
    let microseconds = Int(core.clock.monotonicNanoseconds() / 1000)
    let token: ServiceToken
    do throws(AccessError) {
      token = try tokens.token(of: item.request.fields, at: desk.now, in: desk.reader.sql)
      try token.require(item.route.scope)
    } catch {
      count(error, at: microseconds, desk.now)
      throw Problem(error)
    }
    try core.admission.take(token, at: microseconds)
    return token
  }

  private func count(_ error: AccessError, at microseconds: Int, _ now: Instant) {
    core.metrics.update { $0.refusedSignIns[error.code, default: 0] += 1 }
    guard let entry = core.admission.refuse(error, at: microseconds) else { return }
    // Entered behind the answer: who tries tokens must not find out what it costs.
    let admission = core.admission
    _ = core.slow.submit { admission.enter([entry], at: now) }
  }

  private func refuse(
    _ problem: Problem, _ request: HTTPRequest, _ exchange: HTTPExchange, _ route: Route?, _ id: String
  ) {
    core.tell(id, route, problem.kind.status, problem.kind, since: request.receivedAtNanoseconds)
    exchange.respond(problem.response(id))
  }

  private func answer(
    _ response: HTTPResponse, _ request: HTTPRequest, _ exchange: HTTPExchange, _ route: Route, _ id: String
  ) {
    core.tell(id, route, response.status, nil, since: request.receivedAtNanoseconds)
    exchange.respond(response)
  }

  /// The caller's id of the request, where it can stand in a log, else one of ours.
  private func requestID(_ request: HTTPRequest) -> String {
    if let given = request.fields.bytes(of: "X-Request-Id"), (1...128).contains(given.count),
      given.allSatisfy(Self.mayStandInID)
    {
      return String(decoding: given, as: UTF8.self)
    }
    // An odd step meets every number before one comes again; this one changes most digits.
    nextID &+= 0x9E37_79B9_7F4A_7C15
    let number = nextID >> 4
    // 15 digits: the most that a string holds without memory of its own.
    return String(unsafeUninitializedCapacity: 15) { digits in
      for place in 0..<15 {
        let digit = UInt8(truncatingIfNeeded: number >> UInt64(56 - 4 * place)) & 15
        digits[place] = digit < 10 ? 48 + digit : 87 + digit
      }
      return 15
    }
  }

  private static func mayStandInID(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

extension Route {
  /// What a token must have been made for.
  var scope: Scope {
    switch self {
    case .decide: .decide
    case .contest: .contest
    case .facts: .facts
    case .metrics: .metrics
    default: .read
    }
  }
}
