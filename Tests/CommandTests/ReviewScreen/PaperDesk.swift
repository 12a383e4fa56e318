import Terminal
import Values

@testable import bonitas

/// A desk in memory: what the screen is tested with.
final class PaperDesk: ReviewBackend {
  let actor: String
  var lines: [CaseLine]
  /// What was asked for, in order, as a person would tell it.
  private(set) var log: [String] = []
  /// Refused next, whatever it is.
  var refusal: Failure?
  static let today = CivilDate(year: 2026, month: 11, day: 22) ?? .init(dayNumber: 0)
  static let now = Instant("2026-11-22T10:00:00Z") ?? Instant(microseconds: 0)

  init(actor: String = "anna (reviewer)", lines: [CaseLine] = PaperDesk.cast) {
    self.actor = actor
    self.lines = lines
  }

  static func day(_ text: String) -> CivilDate { CivilDate(text) ?? today }

  static let cast: [CaseLine] = [
    line(
      "C-17", "contest", "CAST-14", "Pērle Ozola", "contested by the customer", 2, "2026-11-19", .open, true),
    line(
      "R-31", "referral", "CAST-03", "SIA \"Zelta zivtiņa\"", "an arrears entry of unclear age", 1,
      "2026-11-22",
      .claimed(by: "janis", until: now.adding(minutes: 8))),
    line("R-30", "referral", "CAST-07", "Toomas Nipernaadi", "order above the limit", 1, "2026-11-23", .open),
    line(
      "A-12", "approval", "CAST-09", "Antons Bērziņš-Kalniņš ar ļoti garu vārdu",
      "restriction of service proposed", 2,
      "2026-11-27", .secondPerson(after: "janis")),
    line("C-9", "contest", "CAST-02", "日本 山田\u{1B}[2J", "contested by the customer", 2, "2026-12-14", .open),
    line("Q-5", "data problem", "", "", "12 records in quarantine", 4, "2026-12-04", .open),
    line(
      "R-8", "referral", "CAST-11", "Sprīdītis", "nothing is known of the customer", 4, "2026-12-05",
      .snoozed(until: day("2026-12-01"))),
  ]

  private static func line(
    _ id: String, _ kind: String, _ customer: String, _ name: String, _ reason: String, _ priority: Int,
    _ due: String,
    _ state: CaseLine.State, _ isEscalated: Bool = false
  ) -> CaseLine {
    CaseLine(
      id: id, kind: kind, customer: customer, name: name, about: "decision D-" + id.dropFirst(2),
      reason: reason,
      priority: priority, opened: day("2026-11-05"), due: day(due), state: state, isEscalated: isEscalated)
  }

  func today(at now: Instant) -> CivilDate { Self.today }

  private func enter(_ words: String) throws(Failure) {
    if let refusal {
      self.refusal = nil
      throw refusal
    }
    log.append(words)
  }

  private func place(_ id: String) throws(Failure) -> Int {
    guard let place = lines.firstIndex(where: { $0.id == id }) else {
      throw Failure("review.unknown-case", "There is no case \(id).")
    }
    return place
  }

  func cases(_ filter: ListFilter, after last: CaseLine?, limit: Int, at now: Instant) throws(Failure)
    -> [CaseLine]
  {
    try enter("list \(filter.words) after \(last?.id ?? "nothing")")
    let found = lines.filter { line in
      (filter.kind == nil || line.kind == filter.kind) && (!filter.isMine || line.isMine)
        && (!filter.isOverdue || line.isOverdue(on: Self.today)) && (!filter.isEscalated || line.isEscalated)
        && (filter.customer.isEmpty || line.name.contains(filter.customer))
    }
    let start = last.flatMap { last in found.firstIndex { $0.id == last.id } }.map { $0 + 1 } ?? 0
    return Array(found.dropFirst(start).prefix(limit))
  }

  func numbers(at now: Instant) -> QueueNumbers {
    QueueNumbers(
      open: lines.count, overdue: lines.count { $0.isOverdue(on: Self.today) },
      escalated: lines.count(where: \.isEscalated))
  }

  func open(_ id: String, isAgain: Bool, at now: Instant) throws(Failure) -> CaseSheet {
    let line = lines[try place(id)]
    if !isAgain { try enter("open \(id)") }
    var sheet = CaseSheet(line: line, version: 3, glance: Self.glance(line), options: Self.options)
    if line.kind == "data problem" { sheet.options = nil }
    if case .secondPerson(let by) = line.state {
      sheet.proposal = [
        SheetLine("\(by): the restriction is approved; reason: no other way is left.", indent: 2)
      ]
    }
    return sheet
  }

  private static func glance(_ line: CaseLine) -> [SheetLine] {
    [
      SheetLine(line.name, .heading),
      SheetLine("customer  \(line.customer), household, Latvia, writes Latvian"),
      SheetLine("asks      'I paid in October, see my bank.'", hanging: 10),
      SheetLine("opened    \(line.opened), due \(line.due)"),
      SheetLine("stands    D-17, rating C, suspended by the contest"),
    ]
  }

  static let options = DecisionOptions(
    basis: "decision D-17: rating C, refer",
    resolutions: [
      Choice("confirmed", "the decision was right"), Choice("changed", "something else is decided"),
      Choice("corrected", "inputs were wrong and are corrected"),
      Choice("withdrawn", "the contest was taken back"),
    ],
    scopes: [
      Choice("order", "this order alone"), Choice("customer", "the customer's rating and every order"),
    ],
    ratings: ["A", "B", "C", "D"], currentRating: "C",
    outcomes: [
      Choice("accept", "accept"), Choice("deposit", "accept with a deposit"), Choice("decline", "decline"),
    ],
    currentOutcome: "refer", restrictions: [],
    reasons: [
      Choice("H-PAID", "What was unpaid has been paid"), Choice("H-DATA-WRONG", "The data were wrong"),
      Choice("H-DISPUTE", "The debt is disputed for good reason"),
      Choice("H-CIRCUMSTANCES", "The customer's circumstances have changed"),
      Choice("H-AGREES", "The reasons of the decision hold"),
    ],
    until: day("2027-05-21"), latestUntil: day("2027-11-22"))

  func tab(_ tab: SheetTab, of id: String, at now: Instant) throws(Failure) -> [SheetLine] {
    try enter("look at \(tab) of \(id)")
    switch tab {
    case .decision:
      return [
        SheetLine("Rating C (41 points of 100), the order was referred", .heading),
        SheetLine(
          "An arrears entry of 14 months stands against the customer, and what is known does not tell whether it "
            + "was paid; a person has to look.", indent: 2, hanging: 0),
        SheetLine("-12  Paid late in 3 of the last 12 months", .bad, indent: 2, hanging: 5),
        SheetLine(" +8  Customer for 6 years", .good, indent: 2, hanging: 5),
      ]
    case .features:
      return (1...40).map { number in
        SheetLine(
          "Days late, bill \(number): \(number % 7)", indent: 1,
          record: number % 3 == 0 ? "invoice:INV-\(number)" : nil)
      }
    case .changes: return []
    case .timeLine: return (1...200).map { SheetLine("2026-11-\($0 % 28 + 1)  invoice INV-\($0)  42.00 EUR") }
    case .history:
      return [
        SheetLine("2026-11-05  opened by the engine"), SheetLine("2026-11-06  janis: note: \u{1B}]0;x\u{7}"),
      ]
    case .whatIf: return [SheetLine("With invoice INV-3 paid: rating B.")]
    case .files:
      return [SheetLine("court ruling, 2026-10-01, https://example.org/ruling", record: "E-1")]
    }
  }

  func record(_ name: String, of id: String, at now: Instant) throws(Failure) -> SheetRecord {
    try enter("read \(name) of \(id)")
    return SheetRecord(
      title: "Record \(name)",
      lines: [
        SheetLine("file      sample-data/cast/invoices.csv, line 17"), SheetLine("amount    42.00 EUR"),
        SheetLine("due       2026-09-30"),
      ])
  }

  func claim(_ id: String, at now: Instant) throws(Failure) {
    try enter("claim \(id)")
    lines[try place(id)].state = .mine(until: now.adding(minutes: 15))
  }

  func claimNext(at now: Instant) throws(Failure) -> String? {
    try enter("next")
    guard let line = lines.first(where: { $0.state == .open && !$0.isEscalated }) else { return nil }
    try claim(line.id, at: now)
    return line.id
  }

  func renew(_ id: String, at now: Instant) throws(Failure) -> Instant {
    try enter("renew \(id)")
    return now.adding(minutes: 15)
  }

  func release(_ id: String, reason: String, at now: Instant) throws(Failure) {
    try enter("release \(id): \(reason)")
    lines[try place(id)].state = .open
  }

  func snooze(_ id: String, until: CivilDate, reason: String, at now: Instant) throws(Failure) {
    try enter("snooze \(id) until \(until): \(reason)")
    lines[try place(id)].state = .snoozed(until: until)
  }

  func escalate(_ id: String, reason: String, at now: Instant) throws(Failure) {
    try enter("escalate \(id): \(reason)")
    lines[try place(id)].isEscalated = true
  }

  func note(_ id: String, text: String, at now: Instant) throws(Failure) -> [String] {
    try enter("note \(id): \(text)")
    return text.contains("ill") ? ["'ill' may tell of health: is it needed?"] : []
  }

  func preview(_ judgement: DraftedJudgement, of id: String, expecting version: Int, at now: Instant)
    throws(Failure) -> [String]
  {
    judgement.rating == "A" ? ["A second person has to approve it: the rating changes by two."] : []
  }

  func decide(_ judgement: DraftedJudgement, of id: String, expecting version: Int, at now: Instant)
    throws(Failure) -> String
  {
    try enter(
      "decide \(id) at \(version): \(judgement.resolution) \(judgement.rating ?? "-") \(judgement.reasons)")
    lines.remove(at: try place(id))
    return "\(id) is decided: D-240."
  }

  func approve(_ id: String, expecting version: Int, at now: Instant) throws(Failure) -> String {
    try enter("approve \(id) at \(version)")
    lines.remove(at: try place(id))
    return "\(id) is approved: D-241."
  }

  func sendBack(_ id: String, reason: String, at now: Instant) throws(Failure) {
    try enter("send back \(id): \(reason)")
    lines[try place(id)].state = .open
  }
}

extension Instant {
  func adding(minutes: Int) -> Instant { Instant(microseconds: microseconds + minutes * 60_000_000) }
}

/// A reviewer at the paper desk: keys in, screens out, effects done at once.
struct Reviewer {
  let desk: PaperDesk
  var state: ReviewScreen

  init(_ desk: PaperDesk = PaperDesk(), columns: Int = 80, rows: Int = 24) {
    self.desk = desk
    state = ReviewScreen(
      actor: desk.actor, size: TerminalSize(columns: columns, rows: rows), now: PaperDesk.now,
      today: PaperDesk.today)
    perform(state.firstEffects)
  }

  mutating func press(_ keys: Key...) {
    for key in keys { perform(state.handle(.key(key))) }
  }

  /// Letters as typed.
  mutating func type(_ text: String) {
    for character in text { perform(state.handle(.key(.character(character)))) }
  }

  mutating func pass(minutes: Int) {
    state.now = state.now.adding(minutes: minutes)
    perform(state.handle(.tick))
  }

  mutating func resize(_ columns: Int, _ rows: Int) {
    perform(state.handle(.resized(TerminalSize(columns: columns, rows: rows))))
  }

  private mutating func perform(_ effects: [ScreenEffect]) {
    var waiting = effects[...]
    while let effect = waiting.popFirst() {
      waiting += state.handle(.reply(ReviewLoop.reply(to: effect, desk, at: state.now)))
    }
  }

  var screen: CellBuffer { ScreenView.draw(state) }
  var text: String { screen.lines.joined(separator: "\n") + "\n" }
}
