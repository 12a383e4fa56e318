import Access
import AuditLog
import Decisioning
import FactStore
import Formats
import SQLite
import Testing
import Values

@testable import HumanReview

/// Lists: their order, their filters, their pages, and that indexes serve them.
@Suite struct QueueTests {
  @Test func theQueueIsInOrderAndPagesGoOnWhereTheLastEnded() throws {
    let office = try Office()
    try Self.fill(office, 60)
    let all = try office.list(limit: 1000)
    #expect(all.count == 60)
    let keys = all.map { [$0.isEscalated ? 0 : 1, $0.priority, $0.due.dayNumber, $0.id.number] }
    #expect(keys == keys.sorted { $0.lexicographicallyPrecedes($1) })
    for size in [1, 7, 60] {
      var paged: [ReviewCase] = []
      while case let page = try office.list(after: paged.last, limit: size), !page.isEmpty { paged += page }
      #expect(paged.map(\.id) == all.map(\.id), "pages of \(size)")
    }
  }

  @Test func everyFilterLetsThroughWhatItSays() throws {
    let office = try Office()
    try Self.fill(office, 60)
    for id in try office.list(limit: 7).map(\.id) { _ = try office.claim(id, by: Office.liga) }
    let last = try #require(office.list(QueueFilter(states: [.open])).last)
    _ = try office.claim(last.id, by: Office.liga)
    try office.desk.snooze(
      last.id, until: try office.later(1), reason: "bank", by: Office.liga, on: office.day, at: office.tick())
    let all = try office.list(limit: 1000)
    let day = try office.later(8)
    func expect(
      _ filter: QueueFilter, _ passes: (ReviewCase) -> Bool, _ location: SourceLocation = #_sourceLocation
    )
      throws
    {
      let expected = all.filter(passes).map(\.id)
      #expect(!expected.isEmpty, sourceLocation: location)
      #expect(try office.list(filter, limit: 1000).map(\.id) == expected, sourceLocation: location)
    }
    for kind in [CaseKind.referral, .contest] {
      try expect(QueueFilter(kinds: [kind])) { $0.id.kind == kind }
    }
    for state in [CaseState.open, .claimed, .snoozed] {
      try expect(QueueFilter(states: [state])) { $0.state == state }
    }
    try expect(QueueFilter(states: [.snoozed, .claimed])) { $0.state != .open }
    try expect(QueueFilter(holder: "liga")) { $0.holder == "liga" }
    try expect(QueueFilter(overdueOn: day)) { $0.isOverdue(on: day) }
    try expect(QueueFilter(isEscalated: true)) { $0.isEscalated }
    try expect(QueueFilter(customer: "anna 2")) { $0.name == "Anna 2" }
    try expect(QueueFilter(customer: "C3")) { $0.customer == "C3" }
    try expect(QueueFilter(reason: "other")) { $0.reason == "other" }
    try expect(QueueFilter(kinds: [.contest], states: [.open], reason: "other")) {
      $0.id.kind == .contest && $0.state == .open && $0.reason == "other"
    }
    #expect(try office.list(QueueFilter(customer: "nobody")).isEmpty)
    // A lapsed claim is open.
    _ = office.tick(minutes: 16)
    #expect(try office.list(QueueFilter(states: [.claimed])).isEmpty)
    #expect(try office.list(QueueFilter(states: [.open]), limit: 1000).count == 59)
    let figures = try office.store.read { reader throws(ReviewError) in
      try ReviewStore.figures(on: day, in: reader.sql)
    }
    #expect(figures.total == 60)
    #expect(figures.overdue == all.count { $0.isOverdue(on: day) })
  }

  @Test func closedCasesAreShownNewestFirst() throws {
    let office = try Office()
    var closed: [CaseID] = []
    for number in 1...3 {
      let record = try office.refer("C\(number)")
      try office.follow()
      let id = CaseID(.referral, record.id.number)
      _ = try office.claim(id)
      try office.decide(id)
      closed.insert(id, at: 0)
    }
    let filter = QueueFilter(states: [.closed])
    #expect(try office.list(filter).map(\.id) == closed)
    let first = try office.list(filter, limit: 2)
    #expect(try office.list(filter, after: first.last, limit: 2).map(\.id) == [closed[2]])
  }

  /// 100,000 open cases list in milliseconds only where no query sorts or goes through the table itself.
  @Test func indexesServeTheQueries() throws {
    let office = try Office()
    func plan(_ sql: String) throws -> String {
      try office.store.read { reader throws(SQLiteError) in
        try reader.sql.all("EXPLAIN QUERY PLAN " + sql) { row throws(SQLiteError) in try row.text(3) }
          .joined(separator: "; ")
      }
    }
    var filters = [
      QueueFilter(), QueueFilter(kinds: [.contest]), QueueFilter(states: [.open]),
      QueueFilter(states: [.claimed]),
      QueueFilter(overdueOn: office.day), QueueFilter(isEscalated: true), QueueFilter(reason: "x"),
    ]
    filters.append(
      QueueFilter(kinds: [.referral], states: [.snoozed, .open], overdueOn: office.day, reason: "x"))
    for filter in filters {
      for isFirst in [true, false] {
        let plan = try plan(ReviewStore.waitingQuery(filter, isFirstPage: isFirst))
        #expect(plan.contains("USING COVERING INDEX review_case_queue"), "\(filter): \(plan)")
        #expect(!plan.contains("TEMP B-TREE"), "\(filter): \(plan)")
        if !isFirst { #expect(plan.contains("SEARCH"), "\(filter): \(plan)") }
      }
    }
    for escalated in [true, false] {
      let plan = try plan(ReviewStore.nextQuery([.referral], escalated: escalated))
      #expect(plan.contains("USING COVERING INDEX review_case_queue"), "\(plan)")
      #expect(!plan.contains("TEMP B-TREE"), "\(plan)")
    }
    for count in [ReviewStore.countOfKind, ReviewStore.countOfEscalated, ReviewStore.countOfDue] {
      let plan = try plan(count)
      #expect(plan.contains("USING COVERING INDEX"), "\(plan)")
    }
    // Asked five times a second beside a service.
    #expect(try plan(ReviewDesk.woken).contains("SEARCH review_case USING INDEX review_case_snoozed"))
    #expect(try plan(ReviewDesk.due).contains("SEARCH review_case USING COVERING INDEX review_case_due"))
    #expect(try plan(ReviewDesk.settledFiles).contains("SEARCH c USING COVERING INDEX review_case_open"))
    let mine = try plan(ReviewStore.waitingQuery(QueueFilter(holder: "x"), isFirstPage: true))
    #expect(mine.contains("review_case_holder"), "\(mine)")
    let theirs = try plan(ReviewStore.waitingQuery(QueueFilter(customer: "x"), isFirstPage: true))
    #expect(theirs.contains("review_case_customer"), "\(theirs)")
  }

  /// Cases of different kinds, priorities, days and reasons, made by their events alone.
  static func fill(_ office: Office, _ count: Int) throws {
    let decisions = try (1...count).map { try office.rate("C\(1 + $0 % 6)", order: "O\($0)") }
    try office.desk.write(actor: "system", at: office.tick(), purpose: "test", .review) {
      write throws(ReviewError) in
      for (place, record) in decisions.enumerated() {
        let id = CaseID(place % 3 == 0 ? .contest : .referral, record.id.number)
        try write.record(
          .opened, of: id,
          [
            ReviewEvent.Key.customer: .number(Decimal(record.customerKey)),
            ReviewEvent.Key.decision: .number(Decimal(record.id.number)),
            ReviewEvent.Key.reason: .string(place % 4 == 0 ? "other" : "rating"),
            ReviewEvent.Key.priority: .number(Decimal(1 + place * 7 % 5)),
            ReviewEvent.Key.due: .string(
              CivilDate(dayNumber: office.day.dayNumber + 2 + place * 11 % 17).description),
          ])
        if place % 10 == 9 { try write.record(.escalated, of: id) }
      }
    }
  }
}
