import Access
import Decisioning
import Explanation
import FactStore
import Facts
import HumanReview
import SQLite
import Values

/// The desk as the screen needs it: every reading is recorded before anything is shown, every act is the desk's own.
final class DeskBackend: ReviewBackend {
  let desk: ReviewDesk
  let user: Actor
  private let businessDate: CivilDate?
  private let recordList: ([Int]) throws(Failure) -> Void
  /// The customers whose names this session has seen in the list; more of them are recorded once.
  private var listed: Set<Int> = []
  /// The case that is open, as it was read.
  private var file: CaseFile?
  /// Whether the first tab was recorded together with opening the case.
  private var hasRecordedDecision = false
  private var followed: Instant?
  private var ratings: [Digest: [String]] = [:]
  private let texts: TextCatalogue?
  private let evidence: EvidenceRules?

  /// - Parameters:
  ///   - businessDate: a day that takes the place of today.
  ///   - recordList: enters in the audit log that names of customers were listed.
  init(
    _ desk: ReviewDesk, user: Actor, businessDate: CivilDate?,
    recordList: @escaping ([Int]) throws(Failure) -> Void
  ) {
    self.desk = desk
    self.user = user
    self.businessDate = businessDate
    self.recordList = recordList
    texts = try? TextCatalogue(desk.rules, language: .english)
    evidence = try? EvidenceRules(desk.rules)
  }

  var actor: String { "\(user.name) (\(user.roles.map(\.rawValue).sorted().joined(separator: ", ")))" }

  func today(at now: Instant) -> CivilDate { businessDate ?? RigaTime.date(at: now) }

  // MARK: the queue

  func cases(_ filter: ListFilter, after last: CaseLine?, limit: Int, at now: Instant) throws(Failure)
    -> [CaseLine]
  {
    let today = today(at: now)
    if last == nil { try follow(today, now) }
    let wanted = queueFilter(filter, today)
    let before = try last.map { line throws(Failure) in try id(line.id) }
    let found = try failing {
      try desk.store.read { reader throws(ReviewError) in
        let before = try before.map { id throws(ReviewError) in try ReviewStore.read(id, at: now, in: reader)
        }
        return try ReviewStore.list(wanted, after: before, limit: limit, at: now, in: reader)
      }
    }
    let new = Set(found.compactMap(\.customerKey)).subtracting(listed)
    if !new.isEmpty {
      try recordList(new.sorted())
      listed.formUnion(new)
    }
    return found.map(line)
  }

  /// Opens cases for what has happened since, at most every few seconds: a filter is no reason to look again.
  private func follow(_ today: CivilDate, _ now: Instant) throws(Failure) {
    if let followed, now.microseconds - followed.microseconds < Self.followPause { return }
    _ = try failing { try desk.follow(on: today, at: now) }
    followed = now
  }

  private static let followPause = 10_000_000

  private func queueFilter(_ filter: ListFilter, _ today: CivilDate) -> QueueFilter {
    QueueFilter(
      kinds: Set(CaseKind.allCases.filter { $0.rawValue == filter.kind }),
      states: Set(CaseState.allCases.filter { $0.rawValue == filter.state }),
      holder: filter.isMine ? user.name : nil, overdueOn: filter.isOverdue ? today : nil,
      isEscalated: filter.isEscalated, customer: filter.customer.isEmpty ? nil : filter.customer)
  }

  func numbers(at now: Instant) throws(Failure) -> QueueNumbers {
    let (figures, stops) = try failing {
      try desk.store.read { reader throws(ReviewError) in
        (
          try ReviewStore.figures(on: today(at: now), in: reader.sql),
          try ReviewError.wrapping { () throws(SQLiteError) in try StopSwitch.inForce(in: reader.sql) }
        )
      }
    }
    return QueueNumbers(
      open: figures.total, overdue: figures.overdue, escalated: figures.escalated, stop: stops.first?.words)
  }

  // MARK: a case

  func open(_ id: String, isAgain: Bool, at now: Instant) throws(Failure) -> CaseSheet {
    let id = try self.id(id)
    let file = try failing {
      try desk.store.read { reader throws(CaseFileError) in
        try CaseFile(id, on: today(at: now), at: now, reader)
      }
    }
    // What waits for a second person has to be looked at since it was proposed.
    let isNew = file.reviewCase.proposal?.event != self.file?.reviewCase.proposal?.event
    hasRecordedDecision = !isAgain || isNew
    if hasRecordedDecision {
      // What is shown at once is recorded at once: one write.
      let sections = SheetTab.decision.sections.filter { CaseLines(file).has($0) }
      try record(["outline"] + sections.map(\.rawValue), of: id, now)
    }
    self.file = file
    let found = file.reviewCase
    return CaseSheet(
      line: line(found), version: found.version, glance: CaseLines(file).glance,
      options: try options(file, now),
      proposal: found.proposal.map { CaseLines(file).proposal($0) })
  }

  func tab(_ tab: SheetTab, of id: String, at now: Instant) throws(Failure) -> [SheetLine] {
    let file = try opened(id)
    let lines = CaseLines(file)
    let sections = tab.sections.filter { lines.has($0) }
    if tab == .decision, hasRecordedDecision {
      hasRecordedDecision = false
    } else if !sections.isEmpty {
      try record(sections.map(\.rawValue), of: file.reviewCase.id, now)
    }
    switch tab {
    case .decision: return lines.decision + (lines.has(.quarantine) ? lines.quarantine : [])
    case .features: return lines.features
    case .changes: return lines.changes
    case .whatIf:
      let section = try failing { try file.counterfactuals()?.section }
      return lines.whatIf(section)
    case .timeLine: return lines.timeLine
    case .history: return lines.history
    case .files: return lines.files
    }
  }

  func record(_ name: String, of id: String, at now: Instant) throws(Failure) -> SheetRecord {
    let file = try opened(id)
    let lines = CaseLines(file)
    if let number = EvidenceID(name) {
      let (evidence, content) = try failing {
        try desk.attachment(number, of: file.reviewCase.id, by: user, at: now)
      }
      return lines.attachment(evidence, content)
    }
    let names = lines.records(behind: name)
    var records: [CaseRecord] = []
    for name in names { records += try failing { try file.record(name) } }
    try record(names, of: file.reviewCase.id, now)
    return lines.record(name, records)
  }

  /// Nothing is shown that is not recorded.
  private func record(_ parts: [String], of id: CaseID, _ now: Instant) throws(Failure) {
    do throws(ReviewError) {
      try desk.opened(id, parts, by: user, at: now)
    } catch {
      throw Failure(
        "read-not-recorded",
        "Nothing is shown, since what a reviewer opens is recorded and that failed: \(error.sentence)")
    }
  }

  // MARK: acts

  func claim(_ id: String, at now: Instant) throws(Failure) {
    let id = try self.id(id)
    _ = try failing { try desk.claim(id, by: user, at: now) }
  }

  func claimNext(at now: Instant) throws(Failure) -> String? {
    try failing {
      _ = try desk.follow(on: today(at: now), at: now)
      return try desk.claimNext(by: user, at: now)?.id.description
    }
  }

  func renew(_ id: String, at now: Instant) throws(Failure) -> Instant {
    let id = try self.id(id)
    return try failing { try desk.renew(id, by: user, at: now) }
  }

  func release(_ id: String, reason: String, at now: Instant) throws(Failure) {
    let id = try self.id(id)
    try failing { try desk.release(id, reason: reason, by: user, at: now) }
  }

  func snooze(_ id: String, until: CivilDate, reason: String, at now: Instant) throws(Failure) {
    let id = try self.id(id)
    try failing { try desk.snooze(id, until: until, reason: reason, by: user, on: today(at: now), at: now) }
  }

  func escalate(_ id: String, reason: String, at now: Instant) throws(Failure) {
    let id = try self.id(id)
    try failing { try desk.escalate(id, reason: reason, by: user, at: now) }
  }

  func note(_ id: String, text: String, at now: Instant) throws(Failure) -> [String] {
    let id = try self.id(id)
    try failing { try desk.note(id, text, by: user, at: now) }
    return warnings(text)
  }

  func preview(_ judgement: DraftedJudgement, of id: String, expecting version: Int, at now: Instant)
    throws(Failure) -> [String]
  {
    let id = try self.id(id)
    let preview = try failing {
      try desk.preview(
        id, try draft(judgement), expecting: version, by: user, on: today(at: now), at: now)
    }
    let content = preview.content
    var sentences = ["It comes to rating \(content.rating ?? "none"), \(content.outcome.rawValue)."]
    sentences.append(
      preview.needs.isEmpty
        ? "It counts at once."
        : "A second person has to approve it before it counts: \(Reviewing.words(needs: preview.needs)).")
    return sentences + warnings(judgement.text)
  }

  func decide(_ judgement: DraftedJudgement, of id: String, expecting version: Int, at now: Instant)
    throws(Failure) -> String
  {
    let id = try self.id(id)
    let decided = try failing {
      try desk.decide(
        id, try draft(judgement), expecting: version, by: user, on: today(at: now), at: now)
    }
    switch decided {
    case .recorded(let record): return told(record, id)
    case .awaitsSecondPerson(let needs):
      return
        "\(id) waits for a second person (\(Reviewing.words(needs: needs))); nothing has an effect before."
    }
  }

  func approve(_ id: String, expecting version: Int, at now: Instant) throws(Failure) -> String {
    let id = try self.id(id)
    let record = try failing {
      try desk.approve(id, expecting: version, by: user, on: today(at: now), at: now)
    }
    return told(record, id)
  }

  func sendBack(_ id: String, reason: String, at now: Instant) throws(Failure) {
    let id = try self.id(id)
    try failing { try desk.sendBack(id, reason: reason, by: user, at: now) }
  }

  // MARK: words

  private func told(_ record: DecisionRecord, _ id: CaseID) -> String {
    let content = record.content
    let language = file?.customer?.language?.rawValue ?? "lv"
    return
      "\(id) is closed by \(record.id): rating \(content.rating ?? "none"), \(content.outcome.rawValue). "
      + "The answer: 'bonitas explain \(record.id) --audience customer --language \(language)'."
  }

  private func warnings(_ text: String) -> [String] { evidence?.warnings(in: text).map(\.sentence) ?? [] }

  private func id(_ name: String) throws(Failure) -> CaseID {
    guard let id = CaseID(name) else {
      throw Failure("no-such-case", "'\(visible(name))' is not the name of a case, as in R-17 or C-17.")
    }
    return id
  }

  private func opened(_ id: String) throws(Failure) -> CaseFile {
    guard let file, file.reviewCase.id.description == id else {
      throw Failure("not-open", "\(id) is not open.")
    }
    return file
  }

  private func line(_ found: ReviewCase) -> CaseLine {
    let reason = texts.flatMap { texts in
      (try? texts.reason(found.reason, value: "")) ?? (try? texts.provision(found.reason))
    }
    return CaseLine(
      id: found.id.description, kind: found.id.kind.rawValue, customer: found.customer ?? "",
      name: found.name ?? "",
      about: found.decision.map { "decision \($0)" } ?? "",
      reason: Self.words(reason: found.reason, reason),
      priority: found.priority,
      opened: RigaTime.date(at: found.openedAt), due: found.due, state: state(found),
      isEscalated: found.isEscalated && found.state != .closed)
  }

  /// Why a person has to look: a sentence of the policy or of the law, or what the case is.
  static func words(reason: String, _ sentence: String?) -> String {
    switch reason {
    case "rating": "The rating itself asks for a person."
    case "contest": "The customer contests the decision."
    case "quarantine": "Records of a load were not taken."
    default: sentence ?? reason
    }
  }

  private func state(_ found: ReviewCase) -> CaseLine.State {
    switch found.state {
    case .open: return .open
    case .claimed:
      let until = found.leaseUntil ?? Instant(microseconds: 0)
      return found.holder == user.name ? .mine(until: until) : .claimed(by: found.holder ?? "", until: until)
    case .snoozed: return .snoozed(until: found.snoozedUntil ?? found.due)
    case .secondPerson: return .secondPerson(after: found.proposal?.judgement.reviewer ?? "")
    case .closed: return .closed(found.closing.map { "\($0.kind.rawValue) by \($0.by)" } ?? "closed")
    }
  }

  // MARK: deciding

  private func draft(_ judgement: DraftedJudgement) throws(Failure) -> JudgementDraft {
    guard let resolution = Judgement.Resolution(rawValue: judgement.resolution),
      let scope = Judgement.Scope(rawValue: judgement.scope)
    else { throw Failure("form", "The form holds a word that the desk does not know.") }
    return JudgementDraft(
      resolution, scope: scope, rating: judgement.rating,
      outcome: judgement.outcome.flatMap(Outcome.init(rawValue:)),
      restriction: judgement.restriction.flatMap(Judgement.Restriction.init(rawValue:)),
      until: judgement.until,
      reasons: judgement.reasons, text: judgement.text)
  }

  /// What may be decided on a case; nil where nothing can be.
  private func options(_ file: CaseFile, _ now: Instant) throws(Failure) -> DecisionOptions? {
    let found = file.reviewCase
    guard found.id.kind != .dataProblem, found.state != .closed, let decision = file.decision else {
      return nil
    }
    let content = decision.content
    let today = today(at: now)
    let resolutions = [
      Choice("confirmed", "confirm: the decision was right"),
      Choice("changed", "change: something else is decided"),
      Choice("corrected", "correct: inputs were corrected, the rules decide again"),
      Choice("withdrawn", "withdrawn: nothing is left to decide"),
    ]
    let order = Choice("order", "this order alone")
    let customer = Choice("customer", "the customer's rating and every order")
    return DecisionOptions(
      basis: "\(decision.id): rating \(content.rating ?? "none"), \(content.outcome.rawValue)",
      // A referral has decided nothing that could be confirmed.
      resolutions: found.id.kind == .referral ? Array(resolutions.dropFirst()) : resolutions,
      scopes: content.order == nil ? [customer] : [order, customer],
      ratings: try ratings(content.ruleSet), currentRating: content.rating ?? "none",
      outcomes: Outcome.allCases.filter { $0 != .refer && $0 != content.outcome }.map {
        Choice($0.rawValue, $0.rawValue)
      },
      currentOutcome: content.outcome.rawValue,
      restrictions: found.id.kind == .approval
        ? [Choice("approved", "approve the restriction"), Choice("lifted", "lift it")] : [],
      reasons: desk.policy.reasonCodes.map { code in
        Choice(code, texts.flatMap { try? $0.judgementReason(code) } ?? code)
      },
      until: today.adding(days: desk.policy.validityDays) ?? today,
      latestUntil: today.adding(days: desk.policy.longestValidityDays) ?? today)
  }

  /// The ratings that the rule set of a decision knows; compiled once.
  private func ratings(_ version: Digest) throws(Failure) -> [String] {
    if let known = ratings[version] { return known }
    let ruleSet = try failing {
      let files = try desk.store.read { reader throws(DecisionStoreError) in
        try RuleSetStore.files(version, in: reader.sql)
      }
      return try RuleSet(files)
    }
    let letters = (UInt8(ascii: "A")...UInt8(ascii: "Z")).map { String(Character(Unicode.Scalar($0))) }
    let known = letters.filter(ruleSet.knows(rating:))
    ratings[version] = known
    return known
  }
}

extension SheetTab {
  /// What a tab shows of the case file; each is recorded when it is shown.
  var sections: [CaseSection] {
    switch self {
    case .decision: [.decision, .quarantine]
    case .features: [.features]
    case .changes: [.changes]
    case .whatIf: [.counterfactuals]
    case .timeLine: [.timeline]
    case .history: [.history]
    case .files: [.attachments]
    }
  }
}
