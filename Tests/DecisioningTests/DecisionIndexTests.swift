import AuditLog
import FactStore
import Facts
import Formats
import SQLite
import TestSupport
import Testing
import Values

@testable import Decisioning

/// What is found by customer is what a look at all decisions finds, whatever is in the index and whatever behind it.
@Suite struct DecisionIndexTests {
  private struct Undone: StorageFailure {
    var error: SQLiteError?

    init(_ error: SQLiteError) { self.error = error }
    init() {}
  }

  /// Customers 1 to 5 and a decision about the first.
  private struct House {
    let portfolio: Portfolio
    let rules: RuleSet
    let content: DecisionContent
    static let customers = 1...5

    static func day(_ later: Int) -> CivilDate {
      CivilDate(dayNumber: Portfolio.businessDate.dayNumber + later)
    }

    static func instant(_ later: Int) -> Instant { Instant(microseconds: Portfolio.now.microseconds + later) }

    init() throws {
      portfolio = try Portfolio.punctual(
        (3...5).map { "customers C\($0),household,LV,lv,2024-03-15,Anna,,," })
      rules = try Portfolio.rules.get()
      let read = try Rater(store: portfolio.store, ruleSet: rules, audit: Portfolio.audit)
        .read(.number("C1"), businessDate: Portfolio.businessDate, knownAt: Portfolio.now)
      content = try #require(rules.decide(read.facts, read.situation))
      #expect(content.rating != nil)
    }

    /// The same file as another program has it.
    func other() throws -> FactStore {
      FactStore(
        try Database(
          path: portfolio.store.database.path,
          schema: FactStore.schema(contributed: DecisionStore.migrations), mode: .existing,
          options: DatabaseOptions(fillsIndexes: false)))
    }

    func draft(_ generator: inout SeededGenerator) -> DecisionDraft {
      var content = content
      content.businessDate = Self.day(generator.number(below: 6))
      if generator.number(below: 3) > 0 {
        content.order = Order(
          reference: ["O1", "O2", "", "ö", "o\u{308}"][generator.number(below: 5)], product: "power",
          commodity: .electricity, jurisdiction: .latvia)
      }
      if generator.number(below: 4) == 0,
        let place = content.values.firstIndex(where: { $0.name == PolicyName.rating })
      {
        // Without a rating, as where it could not be computed.
        content.values[place].value = .null
      }
      content.previous =
        generator.number(below: 2) == 0 ? nil : PreviousRating(rating: "C", since: Portfolio.businessDate)
      return DecisionDraft(
        content, rules, customerKey: House.customers.lowerBound + generator.number(below: 5),
        readSequence: 1,
        knownAt: Self.instant(generator.number(below: 3)),
        kind: DecisionKind.allCases[generator.number(below: 3)],
        purpose: content.order == nil ? .rating : .order)
    }

    func append(
      _ drafts: [DecisionDraft], in write: StoreTransaction
    ) throws(SQLiteError) -> [AppendedDecision] {
      let key = try RuleSetStore.keep(
        rules, sequence: write.sequence, audit: Portfolio.audit, in: write.sql)
      return try DecisionStore.append(
        drafts.map(\.entry), rules, ruleSetKey: key, sequence: write.sequence, audit: Portfolio.audit,
        in: write.sql)
    }
  }

  private func naive(
    _ order: String?, _ customer: Int, below id: Int = .max, _ reader: Reader
  ) throws(SQLiteError) -> Int? {
    try reader.integer(
      "SELECT max(id) FROM decision NOT INDEXED WHERE customer = ? AND order_reference IS ? AND id < ?",
      customer, order, id)
  }

  private func naivePrevious(
    _ customer: Int, _ day: CivilDate, _ knownAt: Instant, _ sequence: Int, _ reader: Reader
  ) throws(SQLiteError) -> PreviousRating? {
    try reader.first(
      """
      SELECT rating, rating_since, downgraded_on FROM decision NOT INDEXED
      WHERE customer = ? AND sequence <= ? AND business_date < ? AND known_at <= ? AND rating IS NOT NULL
        AND rating_since IS NOT NULL AND kind <> 'proposed'
      ORDER BY business_date DESC, id DESC LIMIT 1
      """, customer, sequence, day.dayNumber, knownAt.microseconds
    ) { row throws(SQLiteError) in
      PreviousRating(
        rating: try row.text(0), since: CivilDate(dayNumber: try row.integer(1)),
        downgradedOn: try row.optionalInteger(2).map(CivilDate.init(dayNumber:)))
    }
  }

  private func check(_ reader: Reader, _ note: String) throws(DecisionStoreError) {
    for customer in House.customers {
      let ids = try DecisionStoreError.wrapping { () throws(SQLiteError) in
        try reader.all("SELECT id FROM decision NOT INDEXED WHERE customer = ? ORDER BY id DESC", customer) {
          row throws(SQLiteError) in DecisionID(try row.integer(0))
        }
      }
      for limit in [1, 5] {
        let found = try DecisionStore.newest(ofCustomer: customer, limit: limit, in: reader)
        #expect(found.map(\.id) == Array(ids.prefix(limit)), "\(note)")
      }
      try DecisionStoreError.wrapping { () throws(SQLiteError) in
        let judged =
          try reader.integer(
            "SELECT count(*) FROM decision NOT INDEXED WHERE customer = ? AND kind = 'human'", customer) ?? 0
        let mayBe = try JudgedCustomers.following(reader).mayContain(customer)
        #expect(mayBe || judged == 0, "\(note)")
        // Nothing was deleted here, so that nobody is there for nothing but where a step was undone.
        if ids.isEmpty { #expect(!mayBe, "\(note)") }
      }
      let latest = try DecisionStore.latest(customerKey: customer, in: reader)
      #expect(latest?.id == ids.first, "\(note)")
      for record in try DecisionStore.newest(ofCustomer: customer, limit: 3, in: reader) {
        let order = record.content.order?.reference
        try DecisionStoreError.wrapping { () throws(SQLiteError) in
          let expected = try naive(order, customer, reader)
          #expect(try DecisionStore.newest(inPlaceOf: record, in: reader).number == expected, "\(note)")
          let chain = try DecisionStore.chain(of: record.id, in: reader)
          #expect(chain?.newest.number == expected, "\(note)")
          #expect(chain?.orderReference == order, "\(note)")
          #expect(
            record.supersedes?.number == (try naive(order, customer, below: record.id.number, reader)),
            "\(note)")
        }
      }
      try DecisionStoreError.wrapping { () throws(SQLiteError) in
        let last = try reader.integer("SELECT max(sequence) FROM write") ?? 0
        for day in 0..<7 {
          let date = House.day(day)
          for (known, sequence) in [(5, last), (0, last), (1, last - 2)] {
            let at = House.instant(known)
            let found = try DecisionStore.previous(
              customerKey: customer, before: date, knownAt: at, sequence: sequence, in: reader)
            #expect(found == (try naivePrevious(customer, date, at, sequence, reader)), "\(note)")
          }
        }
      }
    }
  }

  @Test(arguments: 1...3)
  func everythingIsFoundWhateverIsInTheIndex(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let house = try House()
    let stores = [try house.other(), try house.other()]
    var sweep = DeferredSweep(DecisionStore.byCustomer)
    for step in 0..<20 {
      let store = stores[generator.number(below: 2)]
      let drafts = (0..<generator.number(below: 7)).map { _ in house.draft(&generator) }
      let undone = generator.number(below: 4)
      do throws(Undone) {
        try store.write(actor: "tester", at: Portfolio.now, purpose: "test") { write throws(Undone) in
          if undone == 1 {
            // A step that is undone, and rows with the same numbers after it.
            try? write.step { () throws(Undone) in
              try Undone.wrapping { () throws(SQLiteError) in
                _ = try house.append(drafts.reversed(), in: write)
              }
              throw Undone()
            }
          }
          try Undone.wrapping { () throws(SQLiteError) in
            let appended = try house.append(drafts, in: write)
            #expect(appended.map(\.entry.customerKey) == drafts.map(\.entry.customerKey))
          }
          do throws(DecisionStoreError) {
            try check(write.sql, "seed \(seed), inside step \(step)")
          } catch {
            Issue.record("\(error)")
          }
          if undone == 0 { throw Undone() }
        }
      } catch {
        #expect(undone == 0 && error.error == nil)
      }
      let (filling, entries) = (generator.number(below: 4), 1 + generator.number(below: 20))
      if filling == 0 {
        try store.database.write { transaction throws(SQLiteError) in
          try DecisionStore.byCustomer.fill(atMost: entries, in: transaction)
        }
      } else if filling < 3 {
        var current = sweep
        current = try store.database.read { reader throws(SQLiteError) in
          _ = try current.begin(from: 1, in: reader)
          try current.collect(in: reader)
          return current
        }
        sweep = try store.database.write { transaction throws(SQLiteError) in
          try current.fill(entries, in: transaction)
          return current
        }
      }
      for store in stores {
        try store.read { reader throws(DecisionStoreError) in
          try check(reader.sql, "seed \(seed), after step \(step)")
        }
      }
    }
    try stores[0].read { reader throws(SQLiteError) in
      #expect(try DecisionStore.count(in: reader.sql) > 20)
      #expect(try DecisionStore.byCustomer.problem(in: reader.sql) == nil)
      #expect(try AuditVerifier(DecisionStore.auditedTables).verify(in: reader.sql).finding == nil)
    }
  }

  /// The newest is found by way of the index alone, not by reading what the customer has had.
  @Test(arguments: [
    "SELECT max(id) FROM decision_of_customer WHERE customer = 1 AND place = 'O1'",
    """
    SELECT d.rating FROM decision_of_customer AS i CROSS JOIN decision AS d ON d.id = i.id
    WHERE i.customer = 1 AND i.place < 20000 AND d.sequence <= 9 AND d.known_at <= 9
    ORDER BY i.place DESC, i.id DESC LIMIT 1
    """,
  ])
  func noSortAndNoScanIsNeeded(query: String) throws {
    let portfolio = try Portfolio.punctual()
    let plan = try portfolio.store.read { reader throws(SQLiteError) in
      try reader.sql.all("EXPLAIN QUERY PLAN " + query) { row throws(SQLiteError) in try row.text(3) }
    }
    #expect(plan.allSatisfy { $0.hasPrefix("SEARCH") }, "\(plan)")
    #expect(!plan.isEmpty)
  }

  @Test func aBatchIsOneEntryThatNamesAll() throws {
    let house = try House()
    var generator = SeededGenerator(seed: 3)
    let drafts = (0..<50).map { _ in house.draft(&generator) }
    let store = house.portfolio.store
    let appended = try store.write(actor: "tester", at: Portfolio.now, purpose: "test") {
      write throws(SQLiteError) in try house.append(drafts, in: write)
    }
    #expect(appended.map(\.id.number) == Array(1...50))
    try store.read { reader throws(AuditError) in
      let entries = try AuditLog.entries(.init(kind: .decision, limit: 100), in: reader.sql)
      #expect(entries.count == 1)
      #expect(entries.first?.payload?.rows.map(\.name.key) == Array(1...50))
      #expect(entries.first?.payload?.customers == Array(House.customers))
    }
    try store.read { reader throws(DecisionStoreError) in
      for (decision, draft) in zip(appended, drafts) {
        let record = try DecisionStore.decision(decision.id, in: reader.sql)
        #expect(record?.content == draft.content)
        #expect(record?.contentHash == decision.contentHash)
        #expect(record?.supersedes == decision.supersedes)
        #expect(record?.legalBasis == decision.legalBasis)
      }
    }
    #expect(
      try store.write(actor: "tester", at: Portfolio.now, purpose: "test") { write throws(SQLiteError) in
        try house.append([], in: write).count
      } == 0)
  }

  @Test func aStopHoldsForTheWholeBatch() throws {
    let house = try House()
    let store = house.portfolio.store
    _ = try store.write(actor: "tester", at: Portfolio.now, purpose: "test") { write throws(StopError) in
      try StopSwitch.stop(
        nil, reason: "test", sequence: write.sequence, audit: Portfolio.audit, in: write.sql)
    }
    let draft = DecisionDraft(
      house.content, house.rules, customerKey: 1, readSequence: 1, knownAt: Portfolio.now, purpose: .rating)
    let appended = try store.write(actor: "tester", at: Portfolio.now, purpose: "test") {
      write throws(SQLiteError) in try house.append([draft, draft], in: write)
    }
    let stops = try store.read { reader throws(SQLiteError) in try StopSwitch.inForce(in: reader.sql) }
    let stopped = draft.obeying(stops, house.rules)
    #expect(draft.content.outcome != .refer)
    #expect(stopped.content.isStopped && stopped.content.outcome == .refer)
    // The entry is made of what is read back: the same bytes as of the content that was never written.
    #expect(appended.map(\.entry.bytes) == [stopped.entry.bytes, stopped.entry.bytes])
    #expect(appended.allSatisfy { $0.entry.outcome == .refer })
    #expect(appended.map(\.supersedes) == [nil, appended.first?.id])
  }

  /// A database from before the index, with decisions in it.
  @Test func anOlderDatabaseIsIndexed() throws {
    let older = DecisionStore.migrations.filter { migration in
      !migration.indexes.contains { $0.name == DecisionStore.byCustomer.name }
    }
    let portfolio = try Portfolio(migrations: older)
    #expect(older.count == DecisionStore.migrations.count - 1)
    let path = portfolio.store.database.path
    let rules = try Portfolio.rules.get()
    try portfolio.load(Portfolio.punctualLines)
    try portfolio.store.write(actor: "tester", at: Portfolio.now, purpose: "test") {
      write throws(SQLiteError) in
      let key = try RuleSetStore.keep(
        rules, sequence: write.sequence, audit: Portfolio.audit, in: write.sql)
      for id in 1...20 {
        try write.sql.run(
          """
          INSERT INTO decision (id, customer, sequence, read_sequence, known_at, business_date, rule_set, outcome,
            rating, rating_since, content, content_hash, order_reference)
          VALUES (?1, ?2, ?3, 1, 1, ?1, ?4, 'accept', 'A', 1, x'00', zeroblob(32), ?5)
          """, id, 1 + id % 2, write.sequence, key, id.isMultiple(of: 3) ? "O" : nil)
      }
    }
    let store = try FactStore(path: path, contributed: DecisionStore.migrations)
    try store.read { reader throws(SQLiteError) in
      #expect(try DecisionStore.byCustomer.mark(in: reader.sql).filled == 20)
      #expect(try DecisionStore.chain(of: DecisionID(3), in: reader.sql)?.newest == DecisionID(15))
      #expect(try DecisionStore.chain(of: DecisionID(1), in: reader.sql)?.newest == DecisionID(19))
      #expect(
        try DecisionStore.previous(
          customerKey: 1, before: CivilDate(dayNumber: 11), knownAt: Portfolio.now, sequence: 99,
          in: reader.sql)
          != nil)
    }
    #expect(try store.database.integrityProblems().isEmpty)
  }
}
