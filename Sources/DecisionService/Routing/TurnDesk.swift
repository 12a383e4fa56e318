import Access
import Decisioning
import Explanation
import FactStore
import Facts
import HTTPServer
import SQLite
import Values

/// Handles the requests of one turn on one snapshot of the database.
struct TurnDesk {
  let core: ServiceCore
  let reader: FactReader
  let now: Instant
  private(set) var basis: TurnBasis
  /// What is the same for all decisions of the turn; made when the first asks.
  private var known: (moment: OnlineRater.Moment, rules: RulesInForce)?

  init(_ core: ServiceCore, _ reader: FactReader, _ now: Instant, _ basis: TurnBasis) {
    self.core = core
    self.reader = reader
    self.now = now
    self.basis = basis
  }

  /// Handles a request whose caller may ask for it: it is answered, or becomes a job, or goes to the slow lane.
  mutating func handle(
    _ item: ServiceHandler.Item, _ caller: Caller, _ jobs: inout [IntakeJob]
  ) throws(Problem) {
    switch item.route {
    case .decide: if let job = try decide(item, caller) { jobs.append(job) }
    case .decision(let id):
      _ = try QueryText.parameters(item.request.query, known: ["language"])
      jobs.append(try decision(id, item, caller))
    case .rating(let customer): jobs.append(try rating(of: customer, item, caller))
    case .sources: core.finish(caller, item.exchange, ServiceReport.sources(core, caller.requestID))
    case .metrics: core.finish(caller, item.exchange, ServiceReport.metrics(core, caller.requestID))
    case .explanation, .contest, .facts: try slowly(item, caller)
    case .health, .readiness, .openAPI: break
    }
  }

  private func slowly(_ item: ServiceHandler.Item, _ caller: Caller) throws(Problem) {
    let desk = SlowDesk(core, caller, item.request)
    let (exchange, core) = (item.exchange, core)
    let isTaken = core.slow.submit {
      do throws(Problem) {
        switch try desk.answer() {
        case .response(let response): core.finish(caller, exchange, response)
        case .disclosure(let disclosure, let response):
          core.submit([
            .disclosure(
              DisclosureJob(caller: caller, disclosure: disclosure, response: response, exchange: exchange))
          ])
        }
      } catch {
        core.finish(caller, exchange, error)
      }
    }
    if !isTaken { throw Problem(.overloaded, "Too many slow requests are waiting already.") }
  }

  /// The moment of this turn and the rules that decide at it.
  mutating func current() throws(Problem) -> (moment: OnlineRater.Moment, rules: RulesInForce) {
    if let known { return known }
    let instant = try core.instant()
    let day = core.businessDate(at: instant)
    let rules = try core.rules.rules(
      RulesInForce.Basis(businessDate: day, lastActivation: basis.lastActivation))
    do throws(SQLiteError) {
      let made = (moment: try basis.moment(on: day, at: instant, in: reader), rules: rules)
      known = made
      return made
    } catch {
      throw Problem(error)
    }
  }

  // MARK: Particulars of requests

  /// Refuses content of another type.
  static func require(_ type: String, _ request: HTTPRequest) throws(Problem) {
    // As nearly everybody writes it; the rest is for who writes it otherwise.
    if request.fields.bytes(of: "Content-Type")?.elementsEqual(type.utf8) ?? false { return }
    let field = request.fields["Content-Type"] ?? ""
    let parts = field.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
    let isUTF8 = parts.dropFirst().allSatisfy { $0 == "charset=utf-8" || !$0.hasPrefix("charset=") }
    guard parts.first == type, isUTF8 else {
      throw Problem(.unsupportedMediaType, "The Content-Type has to be \(type), in UTF-8.")
    }
  }

  static func require(_ jurisdiction: Jurisdiction, _ caller: Caller) throws(Problem) {
    do { try caller.token.require(jurisdiction) } catch { throw Problem(error) }
  }

  /// The language that a query names; nil where it names none.
  static func language(_ request: HTTPRequest) throws(Problem) -> Language? {
    guard let text = try QueryText.parameters(request.query, known: ["language", "audience"])["language"]
    else {
      return nil
    }
    guard let language = Language(rawValue: text) else {
      let known = Language.allCases.map(\.rawValue).joined(separator: ", ")
      throw Problem(.invalidParameter, "The language is one of: \(known).")
    }
    return language
  }

  static func written(_ body: () throws(TextError) -> [UInt8]) throws(Problem) -> [UInt8] {
    do { return try body() } catch { throw Problem(.internalFault, error.sentence) }
  }
}
