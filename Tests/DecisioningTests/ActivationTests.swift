import Decisioning
import FactStore
import SQLite
import Testing
import Values

/// Rule sets put in force, back in force, and read back as they were.
@Suite struct ActivationTests {
  private let today = Portfolio.businessDate

  /// So many days from today.
  private func day(_ offset: Int) -> CivilDate { CivilDate(dayNumber: today.dayNumber + offset) }

  private func activate(
    _ ruleSet: RuleSet, from day: CivilDate? = nil, in portfolio: Portfolio,
    at instant: Instant = Portfolio.now
  ) throws -> ActivationStore.Activated {
    try portfolio.store.write(actor: "publisher", at: instant, purpose: "test") {
      transaction throws(ActivationError) in
      try ActivationStore.activate(
        ruleSet, from: day ?? today, today: today, sequence: transaction.sequence, audit: Portfolio.audit,
        in: transaction.sql)
    }
  }

  private func rollBack(_ portfolio: Portfolio) throws -> ActivationStore.RolledBack {
    try portfolio.store.write(actor: "publisher", at: Portfolio.now, purpose: "test") {
      transaction throws(ActivationError) in
      try ActivationStore.rollBack(
        today: today, sequence: transaction.sequence, audit: Portfolio.audit, in: transaction.sql)
    }
  }

  private func files(_ portfolio: Portfolio, on day: CivilDate) throws -> RuleSetFiles? {
    try portfolio.store.read { reader throws(ActivationError) in
      try ActivationStore.files(on: day, in: reader.sql)
    }
  }

  private func versions(_ portfolio: Portfolio) throws -> [KeptVersion] {
    try portfolio.store.read { reader throws(ActivationError) in
      try RuleSetStore.versions(today: today, in: reader.sql)
    }
  }

  private func other() throws -> RuleSet {
    try Portfolio.shipped(replacing: [("credit-rating.dmn", "<text>110</text>", "<text>115</text>")])
  }

  @Test func withoutAnActivationNothingIsInForce() throws {
    #expect(try files(Portfolio(), on: today) == nil)
  }

  @Test func aVersionDecidesFromItsDayOn() throws {
    let portfolio = try Portfolio()
    let (shipped, other) = (try Portfolio.rules.get(), try other())
    let later = day(30)
    _ = try activate(shipped, in: portfolio)
    guard case .added = try activate(other, from: later, in: portfolio) else {
      Issue.record("the second activation was not added")
      return
    }
    #expect(try files(portfolio, on: today) == shipped.files)
    #expect(try files(portfolio, on: later) == other.files)
    let early = #expect(throws: ActivationError.self) {
      try files(portfolio, on: day(-1))
    }
    #expect(early?.code == "activation.before-first")
    #expect(try versions(portfolio).map(\.state) == [.inForce, .scheduled])
  }

  @Test func aDayInThePastIsRefused() throws {
    let portfolio = try Portfolio()
    let yesterday = day(-1)
    let refused = #expect(throws: ActivationError.self) {
      try activate(try Portfolio.rules.get(), from: yesterday, in: portfolio)
    }
    #expect(refused == .pastDay(yesterday, today: today))
    #expect(try versions(portfolio) == [])
  }

  @Test func whatIsInForceIsNotActivatedTwice() throws {
    let portfolio = try Portfolio()
    let shipped = try Portfolio.rules.get()
    _ = try activate(shipped, in: portfolio)
    #expect(
      try activate(shipped, from: day(5), in: portfolio)
        == .unchanged(since: today))
    let count = try portfolio.store.read { reader throws(ActivationError) in
      try ActivationStore.activations(in: reader.sql).count
    }
    #expect(count == 1)
  }

  @Test func aRollbackTakesBackWhatIsScheduledAndThenGoesBack() throws {
    let portfolio = try Portfolio()
    let (shipped, other) = (try Portfolio.rules.get(), try other())
    _ = try activate(shipped, in: portfolio)
    let nothing = #expect(throws: ActivationError.self) { try rollBack(portfolio) }
    #expect(nothing == .nothingBefore)
    _ = try activate(other, from: day(1), in: portfolio)
    let withdrawn = try rollBack(portfolio)
    #expect(withdrawn.withdrawn?.version == other.version)
    #expect(withdrawn.inForce == shipped.version)
    #expect(try versions(portfolio).map(\.state) == [.inForce, .neverActivated])
    _ = try activate(other, in: portfolio)
    #expect(try rollBack(portfolio).inForce == shipped.version)
    #expect(try files(portfolio, on: today) == shipped.files)
    #expect(try versions(portfolio).map(\.state) == [.inForce, .earlier])
    let actors = try portfolio.store.read { reader throws(ActivationError) in
      try ActivationStore.activations(in: reader.sql).map { "\($0.kind) \($0.actor)" }
    }
    #expect(
      actors == [
        "activation publisher", "activation publisher", "withdrawal publisher", "activation publisher",
        "rollback publisher",
      ])
  }

  @Test func aChangedRuleSetDecidesNothing() throws {
    let portfolio = try Portfolio()
    _ = try activate(try Portfolio.rules.get(), in: portfolio)
    try portfolio.store.write(actor: "forger", at: Portfolio.now, purpose: "test") {
      transaction throws(SQLiteError) in
      try transaction.sql.execute(
        "UPDATE rule_set_file SET content = x'20' WHERE path = 'law/lv.json'")
    }
    let refused = #expect(throws: ActivationError.self) { try files(portfolio, on: today) }
    #expect(refused?.code == "decisions.rule-set")
    _ = try activate(try other(), in: portfolio)
    let back = #expect(throws: ActivationError.self) { try rollBack(portfolio) }
    #expect(back?.code == "decisions.rule-set")
  }

  @Test func versionsAreFoundByTheirFirstLetters() throws {
    let portfolio = try Portfolio()
    let ruleSets = [try Portfolio.rules.get(), try other()]
    for ruleSet in ruleSets { _ = try activate(ruleSet, in: portfolio) }
    func find(_ text: String) throws -> Digest {
      try portfolio.store.read { reader throws(ActivationError) in
        try RuleSetStore.version(beginning: text, in: reader.sql)
      }
    }
    for ruleSet in ruleSets {
      #expect(try find(ruleSet.version.short.uppercased()) == ruleSet.version)
    }
    let unknown = #expect(throws: ActivationError.self) { try find("xyz") }
    #expect(unknown == .unknownVersion("xyz"))
    let nothing = #expect(throws: ActivationError.self) { try find("") }
    #expect(nothing == .unknownVersion(""))
    // A hash that shares its first letters is only found by trying, so one is put in.
    let twin = ruleSets[0].version.bytes.dropLast() + [ruleSets[0].version.bytes[31] ^ 1]
    try portfolio.store.write(actor: "tester", at: Portfolio.now, purpose: "test") {
      transaction throws(SQLiteError) in
      try transaction.sql.run(
        "INSERT INTO rule_set (version, sequence) VALUES (?, ?)", Array(twin), transaction.sequence)
    }
    let ambiguous = #expect(throws: ActivationError.self) { try find(ruleSets[0].version.short) }
    #expect(ambiguous?.code == "activation.ambiguous-version")
    #expect(try find(ruleSets[0].version.hexadecimal) == ruleSets[0].version)
  }

  @Test func countsTheDecisionsOfEachVersion() throws {
    let portfolio = try Portfolio.punctual()
    _ = try portfolio.rate()
    _ = try portfolio.rate()
    let other = try other()
    _ = try portfolio.rate(with: other)
    #expect(try versions(portfolio).map(\.decisions) == [2, 1])
    #expect(try versions(portfolio).map(\.state) == [.neverActivated, .neverActivated])
  }

  @Test func decisionsReplayAfterTheDatabaseHasMovedOn() throws {
    let old = try Portfolio(migrations: DecisionStore.migrations)
    try old.load(Portfolio.punctualLines)
    let first = try old.rate()
    let path = old.store.database.path
    let further = Migration(
      room: "decisions", number: DecisionStore.migrations.count + 1, name: "a later step",
      statements: [
        "ALTER TABLE decision ADD COLUMN later TEXT", "CREATE INDEX later ON decision (rule_set, later)",
      ])
    // The schema as it is now, and as a later version might leave it.
    for migrations in [DecisionStore.migrations, DecisionStore.migrations + [further]] {
      let portfolio = Portfolio(store: try FactStore(path: path, contributed: migrations))
      // On another day, by another rule set in between.
      _ = try portfolio.rate(on: day(40), with: try other())
      var verdicts: [Replay.Verdict] = []
      try Replay(portfolio.store).replayAll { verdicts.append($0) }
      #expect(verdicts.first?.id == first.id)
      #expect(verdicts.allSatisfy { $0.isIdentical })
      #expect(try files(portfolio, on: today) == nil)
    }
  }
}
