import Decisioning
import FactStore
import HumanReview
import SQLite
import Synchronization
import Values

/// Has cases follow decisions behind the answers, and passes by those that were seen to with their commit.
final class CaseFollower: Sendable {
  /// Decisions of this service, one after the other, of which nothing is left to follow.
  private let followed = Mutex(NumberRun())

  /// Notes what was committed.
  func note(_ outcome: IntakeRecorder.Outcome) {
    guard let first = outcome.recorded.first?.id.number, let last = outcome.recorded.last?.id.number
    else { return }
    followed.withLock { if outcome.isFollowed { $0.append(first...last) } else { $0.end() } }
  }

  /// Opens the cases of what was referred since and has none yet, and brings the queue up to the day.
  func follow(_ core: ServiceCore, at now: Instant) throws(ReviewError) {
    let day = core.businessDate(at: now)
    // Decisions that come from here on wait for the next time.
    let last = try core.store.read { reader throws(ReviewError) in try ReviewDesk.newest(in: reader.sql) }
    func isBehind() throws(ReviewError) -> Bool {
      try core.store.read { reader throws(ReviewError) in
        try ReviewDesk.isBehind(on: day, at: now, upTo: last, in: reader.sql)
      }
    }
    guard try isBehind() else { return }
    if let followed = followed.withLock({ $0.range }) {
      try ReviewError.wrapping { () throws(SQLiteError) in
        try core.store.database.write { transaction throws(SQLiteError) in
          try ReviewDesk.pass(followed, in: transaction)
        }
      }
      guard try isBehind() else { return }
    }
    _ = try core.desk(on: day).follow(on: day, at: now, upTo: last)
  }
}
