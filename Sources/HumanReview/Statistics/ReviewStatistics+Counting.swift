import Decisioning
import SQLite
import Values

extension ReviewStatistics {
  /// Counts what has been decided from one day to another, by the instants of the events in UTC.
  ///
  /// - Parameter today: the day on which it is looked what waits.
  public init(
    since: CivilDate? = nil, until: CivilDate? = nil, on today: CivilDate, in reader: Reader
  ) throws(ReviewError) {
    waiting = try ReviewStore.figures(on: today, in: reader)
    let from = since.map(Self.start) ?? Int.min
    let before = until.flatMap { $0.adding(days: 1) }.map(Self.start) ?? Int.max
    var count = StatisticsCount(period: from..<before)
    let counted = try ReviewError.wrapping { () throws(SQLiteError) in
      let statement = try reader.prepare(Self.selection)
      let row = statement.row
      while try statement.step() { count.take(try StatisticsCount.Event(row)) }
      return count
    }
    (self.since, self.until) = (since, until)
    total = counted.total.sorted
    reviewers = counted.reviewers.values.map(\.sorted).sorted { $0.name < $1.name }
    reasons = counted.reasons.values.map(\.sorted).sorted { $0.name < $1.name }
  }

  static func start(of day: CivilDate) -> Int {
    let (micros, overflow) = day.dayNumber.multipliedReportingOverflow(by: 86_400_000_000)
    return overflow ? (day.dayNumber < 0 ? Int.min : Int.max) : micros
  }

  /// The events case by case; what the persons' decisions came to stands beside them.
  private static let selection = """
    SELECT e.case_kind, e.case_number, e.kind, w.actor, w.at, c.reason, c.due,
      json_extract(e.about, '$.what'), json_extract(e.about, '$.resolution'), json_extract(e.about, '$.reviewer'),
      json_extract(e.about, '$.approver'), b.outcome, b.rating, b.kind, d.outcome, d.rating,
      e.kind = 'sent back' AND json_extract(e.about, '$.decision') IS NOT NULL
    FROM review_event AS e JOIN write AS w ON w.sequence = e.sequence
    JOIN review_case AS c ON c.kind = e.case_kind AND c.number = e.case_number
    LEFT JOIN decision AS d ON e.kind = 'decided' AND d.id = json_extract(e.about, '$.decision')
    LEFT JOIN decision AS b ON e.kind = 'decided' AND b.id = json_extract(e.about, '$.before')
    ORDER BY e.case_kind, e.case_number, e.number
    """
}

/// Goes through the events case by case and counts.
struct StatisticsCount {
  struct Event {
    let caseID: CaseID
    let kind: ReviewEventKind
    let actor: String
    let at: Int
    let reason: String
    let due: CivilDate
    let what, resolution, reviewer, approver: String?
    /// What the automation said, and what the person made of it.
    let basisOutcome, basisRating, basisKind, outcome, rating: String?
    /// Whether a proposal fell with the decision that it was about; no person sent it back.
    var isFollowed = false
  }

  let period: Range<Int>
  private(set) var total = ReviewStatistics.Line("all")
  private(set) var reviewers: [String: ReviewStatistics.Line] = [:]
  private(set) var reasons: [String: ReviewStatistics.Line] = [:]

  private var current: CaseID?
  /// Who holds the case, since when, and when they last did something.
  private var claim: (holder: String, since: Int, last: Int)?
  private var worked: [String: Int] = [:]
  private var opened: [String: Set<String>] = [:]
  private var hasAttachment = false
  private var proposer: String?

  init(period: Range<Int>) { self.period = period }

  mutating func take(_ event: Event) {
    if event.caseID != current || event.kind == .opened { begin(event.caseID) }
    // Claiming again is recorded only when the claim before had run out.
    if event.kind != .claimed, claim?.holder == event.actor { claim?.last = event.at }
    switch event.kind {
    case .claimed:
      endClaim()
      claim = (event.actor, event.at, event.at)
    case .viewed:
      // The decision is on every screen; what counts is what was opened besides.
      if let what = event.what, what != CaseSection.decision.rawValue {
        opened[event.actor, default: []].insert(what)
      }
    case .attached, .corrected: hasAttachment = true
    case .released, .snoozed, .escalated, .moved, .overtaken, .settled: endClaim()
    case .proposed:
      endClaim()
      proposer = event.actor
    case .sentBack:
      // Whoever takes their own proposal back has not been sent back, nor whom a newer decision has overtaken.
      if let proposer, proposer != event.actor, !event.isFollowed {
        add(event, to: proposer) { $0.sentBack += 1 }
      }
      proposer = nil
    case .decided:
      endClaim()
      decided(event)
    case .opened, .joined, .noted, .woken: break
    }
  }

  private mutating func begin(_ id: CaseID) {
    current = id
    (claim, worked, opened, hasAttachment, proposer) = (nil, [:], [:], false, nil)
  }

  /// The time of a claim that ran out ends with the last thing that its holder did.
  private mutating func endClaim() {
    if let claim { worked[claim.holder, default: 0] += max(0, claim.last - claim.since) }
    claim = nil
  }

  private mutating func decided(_ event: Event) {
    let reviewer = event.reviewer ?? event.actor
    let looked = opened[reviewer]?.count ?? 0
    let time = worked[reviewer].map { $0 / 1_000_000 }
    let isConfirmable = event.caseID.kind == .contest || event.caseID.kind == .approval
    let isOverride = event.resolution == Judgement.Resolution.changed.rawValue
    let disagrees = Self.disagrees(event)
    let isLate = event.at >= ReviewStatistics.start(of: event.due.adding(days: 1) ?? event.due)
    let hasAttachment = hasAttachment
    add(event, to: reviewer) { line in
      line.decided += 1
      switch event.resolution.flatMap(Judgement.Resolution.init(rawValue:)) {
      case .confirmed: line.confirmed += 1
      case .changed: line.changed += 1
      case .corrected: line.corrected += 1
      case .withdrawn: line.withdrawn += 1
      case nil: break
      }
      if isConfirmable {
        line.confirmable += 1
        if isOverride { line.overridden += 1 }
      }
      if let disagrees {
        line.comparable += 1
        if disagrees { line.disagreed += 1 }
      }
      if isLate { line.late += 1 }
      if looked > 0 { line.withEvidence += 1 }
      line.opened += looked
      if hasAttachment { line.withAttachments += 1 }
      if let time { line.seconds.append(time) }
    }
    if let approver = event.approver, period.contains(event.at) {
      reviewers[approver, default: ReviewStatistics.Line(approver)].approved += 1
      total.approved += 1
    }
  }

  /// Whether the result is another than the automation's; nil where it said nothing to agree with.
  ///
  /// A referral says nothing of the outcome, yet its rating stands.
  private static func disagrees(_ event: Event) -> Bool? {
    guard let basisKind = event.basisKind, basisKind != DecisionKind.human.rawValue,
      let outcome = event.outcome
    else { return nil }
    if event.basisOutcome == Outcome.refer.rawValue {
      return event.basisRating.map { $0 != event.rating }
    }
    return event.basisOutcome != outcome || event.basisRating != event.rating
  }

  private mutating func add(
    _ event: Event, to reviewer: String, _ change: (inout ReviewStatistics.Line) -> Void
  ) {
    guard period.contains(event.at) else { return }
    change(&total)
    change(&reviewers[reviewer, default: ReviewStatistics.Line(reviewer)])
    change(&reasons[event.reason, default: ReviewStatistics.Line(event.reason)])
  }
}

extension StatisticsCount.Event {
  init(_ row: Row) throws(SQLiteError) {
    caseID = try ReviewStore.caseID(row, 0)
    guard let kind = ReviewEventKind(rawValue: try row.text(2)) else {
      throw row.failure(.corrupt, "an event that this program cannot have written")
    }
    self.kind = kind
    actor = try row.text(3)
    at = try row.integer(4)
    reason = try row.text(5)
    due = CivilDate(dayNumber: try row.integer(6))
    (what, resolution) = (try row.optionalText(7), try row.optionalText(8))
    (reviewer, approver) = (try row.optionalText(9), try row.optionalText(10))
    (basisOutcome, basisRating, basisKind) = (
      try row.optionalText(11), try row.optionalText(12), try row.optionalText(13)
    )
    (outcome, rating) = (try row.optionalText(14), try row.optionalText(15))
    isFollowed = try row.integer(16) == 1
  }
}

extension ReviewStatistics.Line {
  /// With the times in order.
  fileprivate var sorted: ReviewStatistics.Line {
    var line = self
    line.seconds.sort()
    return line
  }
}
