import DebtManagement
import Decisioning
import FactStore
import HumanReview
import Synchronization
import Values

/// Follows what becomes known of customers and takes restrictions back whose ground is gone, within a second of the commit;
/// sends what the outbox has, where the service was told where to.
final class DebtKeeper: Sendable {
  private let core: ServiceCore
  private let destination: OutboxDestination?
  private let recurrence = Recurrence("bonitas.debts", everyMilliseconds: 200)
  /// The desk with the version of the rule set that it was made of; nil for a rule set without a policy of debts.
  private let desk = Mutex<(version: Digest, desk: DebtDesk?)?>(nil)
  private static let actor = "system"

  init(_ core: ServiceCore, destination: OutboxDestination?) {
    self.core = core
    self.destination = destination
  }

  /// Begins.
  func start() { recurrence.start { [self] in look() } }

  /// Ends after what is under way.
  func stop() { recurrence.stop() }

  private func look() {
    let now = core.clock.now()
    let day = core.businessDate(at: now)
    do throws(DebtError) {
      guard let desk = try desk(on: day) else { return }
      let report = try ReleaseFollower(desk, actor: Self.actor).run(on: day, clock: core.clock.now)
      if !report.relief.isEmpty || !report.withdrawn.isEmpty || !report.wrongful.isEmpty {
        core.log.event(
          "restrictions-taken-back",
          [
            "relief": String(report.relief.count), "withdrawn": String(report.withdrawn.count),
            "wrongful": String(report.wrongful.count),
          ])
      }
      guard let destination else { return }
      try send(desk, to: destination, on: day)
    } catch {
      core.log.event("debts-not-followed", ["code": error.code])
    }
  }

  private func send(_ desk: DebtDesk, to destination: OutboxDestination, on day: CivilDate) throws(DebtError)
  {
    do throws(OutboxError) {
      let sent = try OutboxSender(
        store: core.store, audit: core.audit, destination: destination,
        guards: desk.guards(on: core.options.businessDate),
        settings: OutboxSender.Settings(actor: Self.actor, day: core.options.businessDate),
        clock: core.clock.now
      ).run()
      if !sent.sent.isEmpty || !sent.failed.isEmpty {
        core.log.event(
          "outbox-sent", ["sent": String(sent.sent.count), "failed": String(sent.failed.count)])
      }
    } catch {
      throw .outbox(error)
    }
  }

  /// The desk with the rule set in force, made anew only where that is another.
  private func desk(on day: CivilDate) throws(DebtError) -> DebtDesk? {
    let ruleSet: RuleSet
    do throws(Problem) {
      ruleSet = try core.store.read { reader throws(Problem) in
        try core.rules.rules(on: day, in: reader.sql)
      }.rater.ruleSet
    } catch {
      // Where no rules are in force nothing is decided either, and the log says so already.
      return nil
    }
    if let known = desk.withLock({ $0 }), known.version == ruleSet.version { return known.desk }
    var made: DebtDesk?
    if ruleSet.files[RestrictionModel.path] != nil {
      made = try DebtDesk(store: core.store, audit: core.audit, ruleSet: ruleSet) {
        key, reader throws(DebtError) in
        do throws(DecisionStoreError) {
          return try OpenContests.restrictedContracts(of: key, in: reader.sql)
        } catch {
          throw .decisions(error)
        }
      }
    }
    desk.withLock { [made] in $0 = (ruleSet.version, made) }
    return made
  }
}
