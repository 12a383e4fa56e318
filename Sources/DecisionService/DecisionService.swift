import AuditLog
public import DebtManagement
import Decisioning
import Dispatch
import FactStore
import HTTPServer
import Ingestion
import SQLite
import Synchronization
import Values

/// The service that order intake calls: decisions by HTTP, each stored before it is answered.
public final class DecisionService: Sendable {
  private let core: ServiceCore
  private let server: HTTPServer
  private let minder: Minder
  private let sweeper: IndexSweeper
  private let debts: DebtKeeper
  /// Has long writers of other processes keep their transactions short.
  private let presence: ServicePresence

  /// Prepares a service; nothing listens yet.
  ///
  /// - Parameters:
  ///   - folder: reads the rules folder, which decides as long as nothing was activated.
  ///   - registers: those that are asked about customers whose sources are out of date; nil where none is.
  ///   - outbox: where letters and requests of debt management go; nil where something else sends them.
  ///   - log: takes whole lines.
  /// - Throws: `.noRules` where no rule set can be used, and what the database reports.
  public init(
    store: FactStore, audit: AuditLog, configuration: HTTPServerConfiguration, options: ServiceConfiguration,
    clock: ServiceClock, registers: RegisterPulls? = nil, outbox: OutboxDestination? = nil,
    folder: @escaping @Sendable () throws(RuleSetError) -> RuleSetFiles,
    log: @escaping @Sendable ([UInt8]) -> Void
  ) throws(Problem) {
    let rules = RuleDesk(store: store, audit: audit, now: clock.now, folder: folder)
    let log = RequestLog(
      RequestLog.Level(rawValue: options.log) ?? .problems, now: clock.now, write: log)
    let now = clock.now()
    let last = try store.read { reader throws(Problem) in
      do throws(SQLiteError) {
        let last = try reader.sql.integer("SELECT at FROM write ORDER BY sequence DESC LIMIT 1")
        return Instant(microseconds: last ?? 0)
      } catch {
        throw Problem(error)
      }
    }
    let checkpointer: Checkpointer
    do throws(SQLiteError) {
      presence = try store.database.announceService()
      checkpointer = try Checkpointer(store.database)
    } catch {
      throw Problem(error)
    }
    let core = ServiceCore(
      store: store, audit: audit, rules: rules, options: options, clock: clock, log: log,
      checkpointer: checkpointer, registers: registers, lastRecording: last)
    // Loaded before anybody asks, so that the first request is as fast as the next.
    let day = core.businessDate(at: now)
    _ = try store.read { reader throws(Problem) in try rules.rules(on: day, in: reader.sql) }
    try core.rememberRetries(at: now)
    try core.rememberCustomers(on: day, at: now)
    var configuration = configuration
    configuration.refusalResponse = { Problem.response($0) }
    server = HTTPServer(
      configuration,
      clocks: HTTPClocks(
        monotonicNanoseconds: clock.monotonicNanoseconds,
        unixSeconds: { Int64(clock.now().microseconds / 1_000_000) })
    ) { ServiceHandler(core) }
    self.core = core
    minder = Minder(core)
    sweeper = IndexSweeper(store, log: log)
    debts = DebtKeeper(core, destination: outbox)
  }

  /// Listens, and serves from then on.
  public func start() throws(HTTPServerError) {
    try server.start()
    minder.start()
    sweeper.start()
    debts.start()
    core.log.event("started", ["address": server.address?.description ?? ""])
  }

  /// Where the service listens, with the port that the system chose; nil before it does.
  public var address: HTTPAddress? { server.address }

  /// Reads the rules folder again and looks whether another rule set is in force; no request is dropped for it.
  ///
  /// - Throws: `.noRules`; the rule set that decided before goes on deciding then.
  public func reload() throws(Problem) {
    try core.rules.reload()
    core.log.event(
      "reloaded", ["ruleSet": core.rules.current.map { $0.texts.files.version.hexadecimal } ?? ""])
  }

  /// Accepts nothing more, answers what was asked, stores what waits.
  ///
  /// - Returns: how many connections had to be cut because the time was over.
  @discardableResult
  public func drain(withinMilliseconds milliseconds: Int) -> Int {
    core.log.event("draining")
    let cut = server.drain(withinMilliseconds: milliseconds)
    minder.stop()
    sweeper.stop()
    debts.stop()
    core.checkpointer.stop()
    core.stop()
    core.log.event("stopped", ["cut": String(cut)])
    return cut
  }
}
