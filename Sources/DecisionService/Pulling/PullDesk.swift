import Access
import Decisioning
import FactStore
import Facts
import HTTPClient
import HTTPServer
import Ingestion
import SQLite
import Values

/// Asks registers about customers whose sources are out of date, before their decision is made.
///
/// A register that does not answer in time makes the decision a referral, never an acceptance and never a refusal.
final class PullDesk: Sendable {
  private let pulls: RegisterPulls
  private let submit: @Sendable (IntakeJob) -> Void

  /// How long a register may take where the caller names no deadline.
  private static let usualMilliseconds = 3_000
  /// What is kept of the caller's time for the decision and its commit.
  private static let reserveMilliseconds = 25

  /// - Parameter submit: takes a decision whose registers have answered, or not.
  init(_ pulls: RegisterPulls, submit: @escaping @Sendable (IntakeJob) -> Void) {
    self.pulls = pulls
    self.submit = submit
  }

  /// How the registers do.
  var figures: [RegisterFigures] { pulls.figures }

  /// What has to be asked before a decision.
  struct Wanted: Sendable {
    let sources: [RegisterSource]
    let subject: RegisterSubject
  }

  /// What has to be asked; nil where everything is fresh, or nobody can be asked.
  ///
  /// - Parameter key: the store's key of the customer; nil where nothing is known of them.
  func wanted(
    for request: DecisionRequest, key: Int?, at now: Instant, in reader: FactReader
  ) throws(StoreError) -> Wanted? {
    guard let identifier = try identifier(request, key, reader) else { return nil }
    let subject = RegisterSubject(identifier, jurisdiction: request.jurisdiction)
    let serving = pulls.sources.serving(subject)
    if serving.isEmpty { return nil }
    let newest =
      try key.map { key throws(StoreError) in try reader.newestPulls(of: key, knownAt: now) } ?? [:]
    let stale = serving.filter { SourceStatus(newest[$0.name], of: $0, at: now).needsPull }
    return stale.isEmpty ? nil : Wanted(sources: stale, subject: subject)
  }

  private func identifier(
    _ request: DecisionRequest, _ key: Int?, _ reader: FactReader
  ) throws(StoreError) -> Identifier? {
    if case .identifier(let identifier) = request.customer.reference { return identifier }
    return try key.flatMap { key throws(StoreError) in try reader.identifiers(of: key).first }
  }

  /// Asks, and hands the decision on with what came of it.
  ///
  /// - Parameter milliseconds: within how many the caller wants the answer; nil where they do not say.
  func ask(_ wanted: Wanted, milliseconds: Int?, for job: DecisionJob) {
    let limit = milliseconds.map { max(1, $0 - Self.reserveMilliseconds) } ?? Self.usualMilliseconds
    let deadline = MonotonicTime(nanoseconds: Int(clamping: job.caller.receivedAtNanoseconds))
      .adding(milliseconds: limit)
    pulls.pullAll(wanted.sources, about: wanted.subject, until: deadline) { [submit] results in
      submit(.decision(job.with(results)))
    }
  }
}
