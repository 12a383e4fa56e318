import AuditLog
import Decisioning
import Dispatch
import FactStore
import Facts
import SQLite
import Synchronization
import Values

/// Rates the whole portfolio: a plain full pass in key order, one write transaction a chunk.
///
/// All chunks read up to the same write, so the pass sees one state of the facts however long it takes. A customer
/// whose newest decision has the very same content is confirmed, not recorded again; so a pass that was killed and is
/// run again ends with the same decisions as an undisturbed one.
public struct Rerating: Sendable {
  private let rater: Rater
  /// How many threads decide at once.
  private let jobs: Int
  /// Customers a chunk: large enough that the commit does not show, small enough that other writers wait little.
  private static let chunk = 1000
  /// Decisions of one write while a service is running: about two milliseconds.
  private static let servedSlice = 50

  /// What the pass is to do.
  public struct Order: Sendable {
    /// The day that the decisions are to hold for.
    public var businessDate: CivilDate
    /// What became known later is not used.
    public var knownAt: Instant
    /// The currency to rate; nil for the one of most of each customer's invoices.
    public var currency: Currency?
    /// Who asks.
    public var actor: String

    /// A pass over the portfolio.
    public init(businessDate: CivilDate, knownAt: Instant, currency: Currency? = nil, actor: String) {
      self.businessDate = businessDate
      self.knownAt = knownAt
      self.currency = currency
      self.actor = actor
    }
  }

  /// What came of a pass, or of the part of it done so far.
  public struct Report: Hashable, Sendable {
    /// How many customers there are to rate.
    public var portfolio = 0
    /// How many were rated, confirmed ones among them.
    public var rated = 0
    /// How many of these already had a decision with the same content.
    public var confirmed = 0
    /// Customers by rating; those without one under "-".
    public var ratings: [String: Int] = [:]
    /// Customers by outcome.
    public var outcomes: [Outcome: Int] = [:]
    /// Customers by what a person's earlier judgement means for them.
    public var judgements: [AppliedJudgement.Effect: Int] = [:]
    /// How many decisions a stop turned into referrals.
    public var stopped = 0
    /// Customers by rating and outcome.
    public var cells: [Cell: Int] = [:]

    /// A rating and an outcome.
    public struct Cell: Hashable, Sendable {
      /// The rating, or "-".
      public var rating: String
      /// The outcome.
      public var outcome: Outcome

      /// A cell of the table.
      public init(rating: String, outcome: Outcome) {
        self.rating = rating
        self.outcome = outcome
      }
    }

    mutating func count(_ content: DecisionContent) {
      let rating = content.rating ?? "-"
      rated += 1
      ratings[rating, default: 0] += 1
      outcomes[content.outcome, default: 0] += 1
      if let judgement = content.judgement { judgements[judgement.effect, default: 0] += 1 }
      if content.isStopped { stopped += 1 }
      cells[Cell(rating: rating, outcome: content.outcome), default: 0] += 1
    }
  }

  /// A pass with a rater; `jobs` threads decide at once.
  public init(_ rater: Rater, jobs: Int = 2) {
    self.rater = rater
    self.jobs = max(1, jobs)
  }

  /// Runs the pass.
  ///
  /// - Parameters:
  ///   - order: what to do.
  ///   - clock: the instant of recording, asked once a chunk.
  ///   - progress: called after each chunk.
  public func run(
    _ order: Order, clock: () -> Instant, progress: (Report) -> Void = { _ in }
  ) throws(RatingError) -> Report {
    var report = Report()
    let (asOf, sources, size) = try rater.store.read { reader throws(RatingError) in
      try RatingError.wrapping { () throws(SQLiteError) in
        let sequence = try reader.lastSequence()
        let asOf = AsOf(businessDate: order.businessDate, knownAt: order.knownAt, sequence: sequence)
        return (asOf, try LoadedSources(reader, asOf: asOf), try reader.portfolioSize(asOf: asOf))
      }
    }
    report.portfolio = size
    var key = 0
    while true {
      let page = try page(after: key, asOf: asOf)
      let decided = decide(page.members, order, sources, readSequence: asOf.sequence ?? 0)
      var rest = decided[...]
      while !rest.isEmpty {
        // While a service answers from this store, no write is longer than it can wait.
        let part = rater.store.database.isServed ? rest.prefix(Self.servedSlice) : rest
        rest = rest.dropFirst(part.count)
        let recorded = try record(Array(part), order, at: clock())
        report.confirmed += recorded.confirmed
        for decision in recorded.drafts { report.count(decision.content) }
      }
      progress(report)
      guard let next = page.next else { return report }
      key = next
    }
  }

  /// A customer with what earlier decisions say about them.
  private struct Member: Sendable {
    let customer: PortfolioCustomer
    let previous: PreviousRating?
    let judgement: GivenJudgement?
    let pulls: FactReader.Pulls
  }

  /// A chunk of the portfolio.
  private func page(after key: Int, asOf: AsOf) throws(RatingError) -> (members: [Member], next: Int?) {
    try rater.store.read { reader throws(RatingError) in
      let page: PortfolioPage
      do throws(StoreError) {
        page = try reader.portfolio(after: key, limit: Self.chunk, asOf: asOf)
      } catch {
        throw .facts(error)
      }
      let keys = page.customers.map(\.key)
      let ratings = try RatingError.wrapping { () throws(SQLiteError) in
        try DecisionStore.previous(
          customerKeys: keys, before: asOf.businessDate, knownAt: asOf.knownAt,
          sequence: asOf.sequence ?? Int.max, in: reader.sql)
      }
      let judgements: [Int: GivenJudgement]
      do throws(DecisionStoreError) {
        judgements = try DecisionStore.judgements(
          customerKeys: keys, on: asOf.businessDate, knownAt: asOf.knownAt,
          sequence: asOf.sequence ?? Int.max, in: reader.sql)
      } catch {
        throw .decisions(error)
      }
      var pulls: [Int: FactReader.Pulls] = [:]
      do throws(StoreError) {
        if try StoreError.wrapping({ () throws(SQLiteError) in try reader.hasPulls() }) {
          for key in keys { pulls[key] = try reader.pulls(of: key, asOf: asOf) }
        }
      } catch {
        throw .facts(error)
      }
      let members = page.customers.map {
        Member(
          customer: $0, previous: ratings[$0.key], judgement: judgements[$0.key],
          pulls: pulls[$0.key] ?? FactReader.Pulls())
      }
      return (members, page.next)
    }
  }

  /// Decides about a chunk on all threads; the result has the order of the customers.
  private func decide(
    _ members: [Member], _ order: Order, _ sources: LoadedSources, readSequence: Int
  ) -> [DecisionDraft] {
    let parts = Mutex<[[DecisionDraft]]>(Array(repeating: [], count: jobs))
    let share = (members.count + jobs - 1) / jobs
    DispatchQueue.concurrentPerform(iterations: jobs) { job in
      let part = members.dropFirst(job * share).prefix(share).compactMap { member -> DecisionDraft? in
        let situation = Situation(
          businessDate: order.businessDate, currency: order.currency,
          sources: sources.with(member.pulls.answered),
          quarantinedRecords: member.customer.openQuarantine, previous: member.previous,
          judgement: member.judgement, silentSources: member.pulls.silent)
        guard let content = rater.ruleSet.decide(member.customer.facts, situation) else { return nil }
        return DecisionDraft(
          content, rater.ruleSet, customerKey: member.customer.key, readSequence: readSequence,
          knownAt: order.knownAt, purpose: .rerating)
      }
      parts.withLock { $0[job] = part }
    }
    return parts.withLock { $0.flatMap { $0 } }
  }

  /// Records the decisions that are new in one transaction; tells them as recorded, and how many were already there.
  private func record(
    _ decided: [DecisionDraft], _ order: Order, at: Instant
  ) throws(RatingError) -> (drafts: [DecisionDraft], confirmed: Int) {
    guard !decided.isEmpty else { return ([], 0) }
    return try rater.store.write(actor: order.actor, at: at, purpose: "rerate") {
      transaction throws(RatingError) -> (drafts: [DecisionDraft], confirmed: Int) in
      try RatingError.wrapping { () throws(SQLiteError) in
        // A stop that came after the pass began holds for the rest of it.
        let stops = try StopSwitch.inForce(in: transaction.sql)
        let drafts = stops.isEmpty ? decided : decided.map { $0.obeying(stops, rater.ruleSet) }
        var confirmed: [DecisionID] = []
        var new: [DecisionDraft] = []
        for decision in drafts {
          if let id = try DecisionStore.latest(
            customerKey: decision.entry.customerKey, havingBytes: decision.entry.bytes, in: transaction.sql)
          {
            confirmed.append(id)
          } else {
            new.append(decision)
          }
        }
        if !new.isEmpty {
          let ruleSetKey = try RuleSetStore.keep(
            rater.ruleSet, sequence: transaction.sequence, audit: rater.audit, in: transaction.sql)
          _ = try DecisionStore.append(
            new.map(\.entry), rater.ruleSet, ruleSetKey: ruleSetKey, sequence: transaction.sequence,
            audit: rater.audit,
            in: transaction.sql)
        }
        try DecisionStore.confirm(confirmed, on: order.businessDate, rater.audit, in: transaction.sql)
        return (drafts, confirmed.count)
      }
    }
  }
}
