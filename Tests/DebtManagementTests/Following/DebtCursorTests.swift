import FactStore
import Facts
import SQLite
import Testing
import Values

@testable import DebtManagement

/// A change is seen once, and answered in the write that says so.
@Suite struct DebtCursorTests {
  private func cursor(_ house: DebtHouse) throws -> FactReader.Change {
    try house.store.read { reader throws(SQLiteError) in try DebtCursor.last(in: reader.sql) }
  }

  private func unseen(_ house: DebtHouse) throws -> Int {
    try house.store.read { reader throws(SQLiteError) in
      try reader.changes(after: try DebtCursor.last(in: reader.sql), limit: 10_000).count
    }
  }

  @Test func nothingNewMovesNothing() throws {
    let house = try DebtHouse("2026-03-10")
    #expect(try house.follow() == .init())
    try house.enter(DebtRecords().household())
    #expect(try house.follow().customers == 1)
    let before = try cursor(house)
    let sequence = try house.store.read { reader throws(SQLiteError) in try reader.lastSequence() }
    #expect(try house.follow() == .init())
    #expect(try cursor(house) == before)
    #expect(try house.store.read { reader throws(SQLiteError) in try reader.lastSequence() } == sequence)
  }

  /// 450 customers of whom four are without supply, in one write.
  private func many() throws -> (house: DebtHouse, restricted: [DebtRecords]) {
    let places = [1, 200, 201, 450]
    var (all, restricted): ([Fact], [DebtRecords]) = ([], [])
    for number in 1...450 {
      let one = DebtRecords(customer: "C\(number)", contract: "K\(number)")
      if places.contains(number) {
        restricted.append(one)
        all += try one.household()
        all.append(try one.invoice("I\(number)", due: "2026-01-20"))
        all += try renamed(ReadyCase.notices(one), number)
      } else {
        all += try one.household()
      }
    }
    let house = try DebtHouse(ReadyCase.day, all)
    #expect(try house.follow().customers == 450)
    #expect(try house.run().proposals.count == 4)
    #expect(try house.judge().count == 4)
    #expect(try house.run().effects.count == 4)
    #expect(try house.send().sent.count == 4)
    return (house, restricted)
  }

  /// Notices of several customers have ids of their own.
  private func renamed(_ facts: [Fact], _ number: Int) -> [Fact] {
    facts.map { fact in
      switch fact {
      case .debtNotice(var notice):
        notice.id += "-\(number)"
        return .debtNotice(notice)
      case .noticeDelivery(var delivery):
        delivery.id += "-\(number)"
        delivery.notice += "-\(number)"
        return .noticeDelivery(delivery)
      default: return fact
      }
    }
  }

  private func payments() throws -> [Fact] {
    try (1...450).map { number in
      try DebtRecords(customer: "C\(number)", contract: "K\(number)")
        .payment("P\(number)", on: "2026-03-11", for: "I\(number)")
    }
  }

  @Test func manyChangesTakeSeveralPages() throws {
    let (house, restricted) = try many()
    try house.go(to: "2026-03-11")
    try house.enter(payments())
    #expect(try unseen(house) == 450)
    // The work is dropped after each page and taken up by another.
    var reports: [ReleaseFollower.Report] = []
    for left in [400, 251, 201, 1, 0] {
      var report = ReleaseFollower.Report()
      #expect(
        try ReleaseFollower(house.desk, actor: "follower").step(
          on: house.day, at: house.now, upTo: .max, &report))
      reports.append(report)
      #expect(try unseen(house) == left)
    }
    var last = ReleaseFollower.Report()
    #expect(
      try !ReleaseFollower(house.desk, actor: "follower").step(
        on: house.day, at: house.now, upTo: .max, &last))
    // Those about whom nothing ever left are passed over at once.
    #expect(reports.map(\.customers) == [50, 149, 50, 200, 1])
    #expect(reports.map(\.relief.count) == [1, 0, 2, 0, 1])
    for one in restricted {
      let relief = try house.effects(one.customer).filter { $0.effect.step == .withdrawal }
      #expect(relief.count == 1, "\(one.customer)")
    }
    #expect(try house.send().sent.count == 4)
    try house.expectSound()
  }

  /// While facts arrive all the time a run ends all the same, and the next one goes on.
  @Test func whatComesMeanwhileIsLeftToTheNextTime() throws {
    let (house, request) = try ReadyCase.approved()
    try house.enter(DebtRecords(customer: "C2", contract: "K2").payment("P2", on: "2026-03-10", for: "I2"))
    let follower = ReleaseFollower(house.desk, actor: "follower")
    var steps = 0
    let report = try follower.run(on: house.day) { () throws(DebtError) in
      steps += 1
      // The restricted customer pays as the first step is taken, and somebody pays beside each.
      do {
        if steps == 1 { try house.enter(DebtRecords().payment(on: "2026-03-10")) }
        let other = DebtRecords(customer: "D\(steps)", contract: "D\(steps)")
        try house.enter(other.payment("D\(steps)", on: "2026-03-10", for: "D\(steps)"))
      } catch {
        Issue.record(error)
      }
      if steps == 20 { throw .outbox(.unknown(id: "no end")) }
      return house.now
    }
    #expect(steps < 5)
    #expect(report.withdrawn.isEmpty || report.withdrawn == [request: "paid"])
    // Until somebody has followed, nothing leaves.
    _ = try house.follow()
    #expect(try house.effect(request).state == .withdrawn)
    #expect(try unseen(house) == 0)
    try house.expectSound()
  }

  /// Where the effects cannot be stored the change stays unseen, and nothing restricts meanwhile.
  @Test func aWriteThatFailsLeavesTheChangeUnseen() throws {
    let (house, request) = try ReadyCase.approved()
    let before = try cursor(house)
    try house.enter(DebtRecords().payment(on: "2026-03-10"))
    try sabotage(
      house, "CREATE TRIGGER no_events BEFORE INSERT ON effect_event BEGIN SELECT RAISE(ABORT, 'full'); END")
    #expect(throws: DebtError.self) { try house.follow() }
    #expect(try cursor(house) == before)
    #expect(try house.effect(request).state == .pending)
    #expect(try house.send(following: false).delayed == [request: "unseen-change"])
    try sabotage(house, "DROP TRIGGER no_events")
    #expect(try house.follow().withdrawn == [request: "paid"])
    #expect(try unseen(house) == 0)
  }

  @Test func aCursorThatCannotMoveStoresNoEffect() throws {
    let (house, request) = try ReadyCase.requested()
    try house.enter(DebtRecords().payment(on: "2026-03-10"))
    try sabotage(
      house, "CREATE TRIGGER no_move BEFORE UPDATE ON debt_cursor BEGIN SELECT RAISE(ABORT, 'full'); END")
    #expect(throws: DebtError.self) { try house.follow() }
    #expect(try house.effects().map(\.effect.id) == [request])
    try sabotage(house, "DROP TRIGGER no_move")
    #expect(try house.follow().relief.count == 1)
    #expect(try house.follow().relief.isEmpty)
    #expect(try house.effects().count == 2)
  }

  /// Of another customer's change nothing is held back.
  @Test func onlyTheCustomersOwnChangeHoldsARestriction() throws {
    let (house, request) = try ReadyCase.approved()
    try house.enter(DebtRecords(customer: "C2", contract: "K2").household())
    #expect(try unseen(house) == 1)
    #expect(try house.send(following: false).sent == [request])
  }

  /// A letter restricts nothing: it leaves, unless its debt is paid.
  @Test func aLetterWaitsForNoFollower() throws {
    let facts = DebtRecords()
    let house = try DebtHouse("2026-01-23", try facts.household() + [facts.invoice(due: "2026-01-20")])
    try house.run()
    #expect(try house.send(following: false).sent.count == 1)
    let paid = try DebtHouse("2026-01-23", try facts.household() + [facts.invoice(due: "2026-01-20")])
    try paid.run()
    try paid.enter(facts.payment(on: "2026-01-23"))
    #expect(try paid.send(following: false).withdrawn.values.first == "paid")
  }

  private func sabotage(_ house: DebtHouse, _ statement: String) throws {
    try house.store.database.write { transaction throws(SQLiteError) in try transaction.run(statement) }
  }
}
