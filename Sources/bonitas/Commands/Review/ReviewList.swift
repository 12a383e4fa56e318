import Access
import FactStore
import Formats
import HumanReview
import Values

extension Command {
  /// `bonitas review list`: the queue.
  static let reviewList = Command(
    "review list",
    summary: "List the cases that wait for a person, the most urgent first.",
    discussion: """
      Escalated cases stand first, then by priority, due day and number. Cases for new decisions and for records in \
      quarantine are opened before the list is shown, and what is due comes back by itself.
      """,
    options: [
      Reviewing.kinds, Listing.states, Listing.mine, Listing.overdue, Listing.escalated, Listing.customer,
      Listing.reason, Listing.after, Listing.limit,
    ], takesTimes: .businessDate, needs: .signedIn(.readPersonalData),
    examples: [
      Example("bonitas review list", "Everything that is not closed."),
      Example("bonitas review list --kind contest --overdue", "Contests that should have been answered."),
      Example("bonitas review list --mine --json", "What you have claimed, for a program."),
    ], run: Listing.run)
}

private enum Listing {
  static let states = Option(
    "state", .choice(CaseState.allCases.map(\.word)), "Only cases in this state (default all but closed).",
    repeats: true)
  static let mine = Flag("mine", "Only what you have claimed; of closed cases what you decided.")
  static let overdue = Flag("overdue", "Only what should have been decided by now.")
  static let escalated = Flag("escalated", "Only what a senior has to decide.")
  static let customer = Option(
    "customer", .name("TEXT"), "Only customers with this in their name, number or code.")
  static let reason = Option("reason", .name("CODE"), "Only cases with this reason.")
  static let after = Option("after", .caseID, "Only what stands after this case in the list.")
  static let limit = Option("limit", .integer("N", in: 1...100_000), "At most so many (default 50).")

  static func run(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let actor = try arguments.user()
    let store = try arguments.store(edge)
    let today = try arguments.reviewDay(edge)
    let isBehind = try failing {
      try store.read { reader throws(ReviewError) in
        try ReviewDesk.isBehind(on: today, at: edge.now, in: reader.sql)
      }
    }
    if isBehind, actor.may(.review) { _ = try arguments.desk(edge) }
    let states = Set(arguments.all(Self.states))
    var filter = QueueFilter()
    filter.kinds = Set(CaseKind.allCases.filter { arguments.all(Reviewing.kinds).contains($0.word) })
    filter.states = Set(CaseState.allCases.filter { states.contains($0.word) })
    if states.contains(CaseState.closed.word), states.count > 1 {
      throw Failure(usage: .conflict("Closed cases are listed by themselves: name no other state with them."))
    }
    if arguments[mine] { filter.holder = actor.name }
    if arguments[overdue] { filter.overdueOn = today }
    filter.isEscalated = arguments[escalated]
    filter.customer = arguments[customer]
    filter.reason = arguments[reason]
    let limit = arguments[Self.limit] ?? 50
    let (cases, figures) = try failing {
      try store.read { reader throws(ReviewError) in
        let after = try arguments[Self.after].map { id throws(ReviewError) in
          try ReviewStore.read(id, at: edge.now, in: reader)
        }
        return (
          try ReviewStore.list(filter, after: after, limit: limit, at: edge.now, in: reader),
          try ReviewStore.figures(on: today, in: reader.sql)
        )
      }
    }
    let customers = Set(cases.compactMap(\.customerKey)).sorted()
    if !customers.isEmpty {
      try arguments.recordRead(
        by: "review list", of: customers, about: ["cases": .number(Decimal(cases.count))], in: store,
        edge)
    }
    if arguments.wantsJSON {
      edge.output.json([
        "cases": .array(cases.map { $0.json(on: today) }), "open": .number(Decimal(figures.total)),
        "overdue": .number(Decimal(figures.overdue)), "escalated": .number(Decimal(figures.escalated)),
      ])
      return .done
    }
    if cases.isEmpty {
      edge.output.line(
        filter == QueueFilter() ? "No case waits for anybody." : "There are no such cases.")
      return .done
    }
    table(cases, on: today).write(to: edge.output)
    edge.output.line()
    edge.output.line(
      "\(counted(figures.total, "case")) open, \(figures.overdue) overdue, \(figures.escalated) escalated."
        + " 'bonitas review next' claims the first.")
    if cases.count == limit, let last = cases.last {
      edge.output.line("There may be more: --after \(last.id).")
    }
    return .done
  }

  private static func table(_ cases: [ReviewCase], on today: CivilDate) -> Table {
    var table = Table([
      .init("case"), .init("due"), .init("left", .right), .init("customer"), .init("name", .left, .leaves),
      .init("reason", .left, .wraps), .init("state"),
    ])
    for found in cases {
      let days = today.days(until: found.due)
      let isClosed = found.state == .closed
      table.add([
        .init(
          found.id.description + (found.isEscalated && !isClosed ? " !" : ""),
          found.isEscalated ? .emphasis : .plain),
        .init(found.due.description),
        isClosed ? "" : .init("\(days)", days < 0 ? .bad : days <= 2 ? .warning : .plain),
        .init(found.customer ?? ""), .init(found.name ?? ""), .init(found.reason), .init(state(found)),
      ])
    }
    return table
  }

  private static func state(_ found: ReviewCase) -> String {
    switch found.state {
    case .open: "open"
    case .claimed: found.holder ?? "claimed"
    case .snoozed: "until \(found.snoozedUntil.map(\.description) ?? "?")"
    case .secondPerson: "2nd person"
    case .closed: found.closing.map { $0.kind == .decided ? "by \($0.by)" : $0.kind.rawValue } ?? "closed"
    }
  }
}
