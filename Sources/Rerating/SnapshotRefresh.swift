import Decisioning
import Dispatch
import FactStore
import SQLite
import Synchronization
import Values

/// Keeps the features of the whole portfolio for a day, so that order intake finds them ready.
///
/// Who has a snapshot that holds is passed over, so it may be killed and run again.
public struct SnapshotRefresh: Sendable {
  private let store: FactStore
  private let rater: OnlineRater
  private let jobs: Int
  /// Customers a chunk.
  private static let chunk = 500
  /// Snapshots a write: some milliseconds, which others wait.
  private static let slice = 100

  /// What came of a pass, or of the part of it done so far.
  public struct Report: Hashable, Sendable {
    /// How many customers there are.
    public var portfolio = 0
    /// How many were looked at.
    public var seen = 0
    /// How many snapshots were made.
    public var made = 0
    /// How many customers cannot have one: something about them comes to be known later, or cannot be kept exactly.
    public var without = 0
  }

  /// A pass with a rule set that the store keeps.
  public init(_ store: FactStore, _ rater: OnlineRater, jobs: Int = 2) {
    self.store = store
    self.rater = rater
    self.jobs = max(1, jobs)
  }

  /// Runs the pass.
  ///
  /// - Parameters:
  ///   - businessDate: the day that the snapshots are to hold for.
  ///   - knownAt: the instant of knowledge.
  ///   - progress: called after each chunk.
  public func run(
    businessDate: CivilDate, knownAt: Instant, progress: (Report) -> Void = { _ in }
  ) throws(RatingError) -> Report {
    var report = Report()
    report.portfolio = try store.read { reader throws(RatingError) in
      try RatingError.wrapping { () throws(SQLiteError) in
        try reader.portfolioSize(
          asOf: AsOf(businessDate: businessDate, knownAt: knownAt, sequence: try reader.lastSequence()))
      }
    }
    var next: Int? = 0
    while let after = next {
      let page = try page(after: after, businessDate, knownAt)
      next = page.next
      let made = assess(page)
      try keep(made.compactMap(\.self))
      report.seen += page.seen
      report.made += made.count { $0 != nil }
      report.without += made.count { $0 == nil }
      progress(report)
    }
    return report
  }

  private struct Page: Sendable {
    var seen = 0
    var members: [OnlineRater.Member] = []
    var moment: OnlineRater.Moment
    var next: Int?
  }

  private func page(
    after key: Int, _ businessDate: CivilDate, _ knownAt: Instant
  ) throws(RatingError) -> Page {
    try store.read { reader throws(RatingError) in
      let moment = try RatingError.wrapping { () throws(SQLiteError) in
        try OnlineRater.Moment(businessDate: businessDate, knownAt: knownAt, in: reader)
      }
      let found: PortfolioPage
      do throws(StoreError) {
        found = try reader.portfolio(after: key, limit: Self.chunk, asOf: moment.asOf)
      } catch {
        throw .facts(error)
      }
      var page = Page(seen: found.customers.count, moment: moment, next: found.next)
      page.members = try rater.members(found.customers, moment, reader)
      return page
    }
  }

  private func assess(_ page: Page) -> [FeatureSnapshot?] {
    let parts = Mutex<[[FeatureSnapshot?]]>(Array(repeating: [], count: jobs))
    let share = (page.members.count + jobs - 1) / jobs
    DispatchQueue.concurrentPerform(iterations: jobs) { job in
      let part = page.members.dropFirst(job * share).prefix(share).map { rater.snapshot($0, page.moment) }
      parts.withLock { $0[job] = part }
    }
    return parts.withLock { $0.flatMap { $0 } }
  }

  private func keep(_ snapshots: [FeatureSnapshot]) throws(RatingError) {
    for start in stride(from: 0, to: snapshots.count, by: Self.slice) {
      // Without a number: nothing rests on snapshots, and what is numbered is audited.
      try store.database.write { transaction throws(RatingError) in
        try RatingError.wrapping { () throws(SQLiteError) in
          for snapshot in snapshots[start..<min(start + Self.slice, snapshots.count)] {
            try FeatureSnapshotStore.keep(snapshot, ruleSetKey: rater.ruleSetKey, in: transaction)
          }
        }
      }
    }
  }
}
