import Access
import Decisioning
import Explanation
import FactStore
import Formats
import HumanReview
import SQLite
import Values

/// What the commands of the review share.
enum Reviewing {
  static let caseID = Positional("CASE", .caseID, "The case, as in R-17 or C-17.")
  static let version = Option(
    "version", .integer("N", in: 1...Int.max),
    "The version of the case that you have seen (default the one that you last opened).")
  static let kinds = Option(
    "kind", .choice(CaseKind.allCases.map(\.word)), "Only cases of this kind.", repeats: true)
  static let language = Option(
    "language", .choice(Language.allCases.map(\.rawValue)),
    "The language of the sentences from the rules (default en).")

  /// Why something is done to a case; every act carries its reason.
  static func reason(_ summary: String) -> Option<String> {
    Option("reason", .text("TEXT"), summary, isRequired: true)
  }

  /// What a case is about, in a few words.
  static func words(_ kind: CaseKind) -> String {
    switch kind {
    case .referral: "referred by the engine"
    case .contest: "contested by the customer"
    case .approval: "a proposed restriction"
    case .dataProblem: "records in quarantine"
    }
  }

  /// "in 3 days", "today", "2 days over".
  static func left(_ days: Int) -> String {
    switch days {
    case ..<0: "\(counted(-days, "day")) over"
    case 0: "today"
    default: "\(counted(days, "day")) left"
    }
  }

  /// Why a second person is needed, in words.
  static func words(needs: [String]) -> String {
    needs.map { $0.replacing("-", with: " ") }.joined(separator: ", ")
  }

  /// The line that says how a case stands, for those who only ask for that.
  static func told(_ found: ReviewCase, on today: CivilDate) -> String {
    let who = found.name.map { ", \($0)" } ?? ""
    return
      "\(found.id), \(words(found.id.kind))\(found.customer.map { ": \($0)\(who)" } ?? ""), due \(found.due) "
      + "(\(left(today.days(until: found.due))))"
  }

  /// Warns of what calls for care in a text.
  static func warn(_ findings: [TextWarning], _ edge: Edge) {
    for finding in findings { edge.errors.wrapped(visible("Note: \(finding.sentence)")) }
  }

  static func json(_ findings: [TextWarning]) -> JSONValue {
    .array(findings.map { ["word": .string($0.word), "category": .string($0.category)] })
  }
}

extension CaseKind {
  /// The kind as it is typed: `data-problem`.
  var word: String { rawValue.replacing(" ", with: "-") }
}

extension CaseState {
  /// The state as it is typed: `second-person`.
  var word: String { rawValue.replacing(" ", with: "-") }
}

extension Arguments {
  /// The files of the rule set in force on a day, without compiling them.
  func ruleFiles(_ edge: Edge, on day: CivilDate, in store: FactStore) throws(Failure) -> RuleSetFiles {
    try failing {
      let stored = try store.read { reader throws(ActivationError) in
        try ActivationStore.files(on: day, in: reader.sql)
      }
      return try stored ?? RuleSetFiles(folder: rules(edge))
    }
  }

  /// The version of a case that a decision rests on: the one that was named, else the one last seen.
  func version(
    of id: CaseID, _ desk: ReviewDesk, _ actor: Actor, _ edge: Edge
  ) throws(Failure) -> Int {
    if let named = self[Reviewing.version] { return named }
    return try desk.versionSeen(id, by: actor, at: edge.now)
  }

  /// The desk of this call's database, with the cases brought up to what has happened since.
  ///
  /// Following opens and escalates cases, so only who may work on them has it done; others read the cases as they are.
  func desk(_ edge: Edge) throws(Failure) -> ReviewDesk {
    let day = try reviewDay(edge)
    let desk = try deskAsItIs(edge)
    if signedIn?.may(.review) == true { _ = try failing { try desk.follow(on: day, at: edge.now) } }
    return desk
  }

  /// The day on which people look at cases and decide: today in Riga, or a day that is over on which nothing newer was
  /// decided yet, as in a database that was made to be looked at.
  ///
  /// With a day to come whoever looks at the queue would escalate all of it, a contest would be due when the law has long
  /// wanted its answer, and a decision would stand longer than the policy allows. With a day before the decisions their
  /// cases would be due before they were there.
  func reviewDay(_ edge: Edge) throws(Failure) -> CivilDate {
    let (named, today) = (businessDate(edge), today(edge))
    if named == today { return today }
    guard named < today else {
      throw Failure(
        usage: .conflict(
          "Cases are worked on as of today, \(today): --business-date \(named) is still to come."))
    }
    let store = try store(edge)
    let newest = try failing {
      try store.read { reader throws(SQLiteError) in
        try reader.sql.integer(
          "SELECT max(business_date) FROM decision WHERE business_date <= ?", today.dayNumber)
      }
    }
    if let newest = newest.map(CivilDate.init(dayNumber:)), named < newest {
      throw Failure(
        usage: .conflict(
          "There are decisions of \(newest), so cases are worked on as of that day or a later one, up to today, \(today): "
            + "--business-date \(named) is too early."))
    }
    return named
  }

  /// Opens the cases that decisions of today ask for, and gives the desk; nil after decisions for another day.
  ///
  /// The customer's time runs from the decision. Decisions for other days are history, or tried out: their cases are
  /// opened when a reviewer next looks.
  func follow(_ rater: Rater, on day: CivilDate, _ edge: Edge) throws(Failure) -> ReviewDesk? {
    let files = rater.ruleSet.files
    // Rules that do not say how cases are treated rate all the same; a reviewer is told.
    guard day == today(edge), let policy = try? ReviewPolicy(files) else { return nil }
    return try failing {
      let desk = ReviewDesk(
        store: rater.store, audit: rater.audit, rules: files, policy: policy,
        compiled: rater.ruleSet)
      _ = try desk.follow(on: day, at: Edge.currentInstant())
      return desk
    }
  }

  /// The desk of this call's database.
  func deskAsItIs(_ edge: Edge) throws(Failure) -> ReviewDesk {
    let store = try store(edge)
    // Who may decide and who has to approve is for the rules of today to say, whichever day is looked at.
    let files = try ruleFiles(edge, on: today(edge), in: store)
    let audit = try edge.auditLog()
    return try failing {
      ReviewDesk(store: store, audit: audit, rules: files, policy: try ReviewPolicy(files))
    }
  }
}

extension ReviewDesk {
  /// A case as it stands now.
  func found(_ id: CaseID, at instant: Instant) throws(Failure) -> ReviewCase {
    try failing {
      try store.read { reader throws(ReviewError) in try ReviewStore.read(id, at: instant, in: reader) }
    }
  }

  /// The open case of the engine's referral of a decision; nil where there is none.
  func referral(of record: DecisionRecord, at instant: Instant) throws(Failure) -> CaseID? {
    try failing {
      try store.read { reader throws(ReviewError) in
        try ReviewStore.cases(ofCustomer: record.customerKey, at: instant, in: reader)
      }
    }.first { $0.id.kind == .referral && $0.decision == record.id && $0.state != .closed }?.id
  }

  /// The version of a case that somebody has seen when they last opened or claimed it.
  ///
  /// Whoever never did has seen nothing; nothing can be decided so, and the case as it stands says why.
  func versionSeen(_ id: CaseID, by actor: Actor, at instant: Instant) throws(Failure) -> Int {
    let seen = try failing {
      try store.read { reader throws(ReviewError) in
        try ReviewStore.versionSeen(id, by: actor, in: reader.sql)
      }
    }
    if let seen { return seen }
    return try found(id, at: instant).version
  }
}

extension ValueKind where Value == CaseID {
  /// The name of a case: `C-17`, `c17`.
  static var caseID: ValueKind {
    ValueKind(placeholder: "CASE") { text in
      if let id = CaseID(text) { return .value(id) }
      return .problem(
        DecisionID(text) == nil
          ? "is not the name of a case, as in R-17 or C-17"
          : "is a decision; a case begins with R, C, A or Q ('bonitas review list')")
    }
  }
}

extension ValueKind where Value == EvidenceID {
  /// The number of an attachment: `E-3`, `3`.
  static var evidence: ValueKind {
    ValueKind(placeholder: "NUMBER") { text in
      EvidenceID(text).map(Reading.value) ?? .problem("is not the number of an attachment, as in E-3")
    }
  }
}
