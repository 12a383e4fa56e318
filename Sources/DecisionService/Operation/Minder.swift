import FactStore
import HumanReview
import SQLite
import Values

/// Looks after what nobody asks for: cases for referrals, keys whose time is over, sums of refusals.
final class Minder: Sendable {
  private let core: ServiceCore
  /// Often, so that each time is short: all decisions of a second took 40 ms of one of two cores at once, which orders waited for.
  private let recurrence = Recurrence("bonitas.minder", everyMilliseconds: 200)

  init(_ core: ServiceCore) { self.core = core }

  /// Begins.
  func start() { recurrence.start { [self] in look() } }

  /// Ends after what is under way.
  func stop() { recurrence.stop() }

  private func look() {
    let now = core.clock.now()
    core.admission.enter(
      core.admission.due(at: Int(core.clock.monotonicNanoseconds() / 1000)), at: now)
    core.forgetRetries(at: now)
    follow(at: now)
  }

  private func follow(at now: Instant) {
    do throws(ReviewError) {
      try core.cases.follow(core, at: now)
    } catch {
      core.log.event("cases-not-followed", ["code": error.code])
    }
  }
}
