import Dispatch
import FactStore
import HumanReview
import SQLite
import Synchronization
import Values

/// Looks after what nobody asks for: cases for referrals, keys whose time is over, sums of refusals.
final class Minder: Sendable {
  private let core: ServiceCore
  private let queue = DispatchQueue(label: "bonitas.minder", qos: .utility)
  private let isStopping = Mutex(false)
  /// How often.
  private static let secondsBetween = 1.0

  init(_ core: ServiceCore) { self.core = core }

  /// Begins.
  func start() { again() }

  /// Ends after what is under way.
  func stop() {
    isStopping.withLock { $0 = true }
    queue.sync {}
  }

  private func again() {
    queue.asyncAfter(deadline: .now() + Self.secondsBetween) { [self] in
      if isStopping.withLock({ $0 }) { return }
      look()
      again()
    }
  }

  private func look() {
    let now = core.clock.now()
    core.admission.enter(
      core.admission.due(at: Int(core.clock.monotonicNanoseconds() / 1000)), at: now)
    core.forgetRetries(at: now)
    follow(at: now)
  }

  /// Opens the cases of what was referred since, so that reviewers find them without having looked.
  private func follow(at now: Instant) {
    let day = core.businessDate(at: now)
    do throws(ReviewError) {
      let isBehind = try core.store.read { reader throws(ReviewError) in
        try ReviewDesk.isBehind(on: day, at: now, in: reader.sql)
      }
      if isBehind { _ = try core.desk(on: day).follow(on: day, at: now) }
    } catch {
      core.log.event("cases-not-followed", ["code": error.code])
    }
  }
}
