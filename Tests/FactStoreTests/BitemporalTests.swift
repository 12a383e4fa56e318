import FactStore
import Facts
import SQLite
import TestSupport
import Testing
import Values

@Suite struct BitemporalTests {
  private static func randomFact(_ dice: inout SeededGenerator) throws -> Fact {
    let customer = "C\(Int.random(in: 0..<5, using: &dice))"
    let code = try Samples.code("X\(Int.random(in: 0..<4, using: &dice))")
    let date = Int.random(in: 0..<6, using: &dice)
    switch Int.random(in: 0..<10, using: &dice) {
    case 0..<3:
      return Samples.customer(customer, since: date % 3, identifier: Bool.random(using: &dice) ? code : nil)
    case 3..<7:
      return Samples.invoice(
        "I\(Int.random(in: 0..<6, using: &dice))", customer, issued: date,
        amount: Decimal(Int.random(in: 1..<4, using: &dice)))
    default:
      return Samples.arrears(
        "A\(Int.random(in: 0..<5, using: &dice))",
        Bool.random(using: &dice) ? .number(customer) : .identifier(code), reported: date)
    }
  }

  private static func randomMoment(_ dice: inout SeededGenerator, sequence: Int) -> AsOf {
    Samples.asOf(
      Int.random(in: -1..<8, using: &dice), known: Int.random(in: -1..<12, using: &dice),
      sequence: Bool.random(using: &dice) ? nil : Int.random(in: 0...sequence, using: &dice))
  }

  private static func ids(_ facts: CustomerFacts) -> [Int] {
    var ids = facts.invoices.map(\.factID) + facts.arrearsEntries.map(\.factID)
    if let customer = facts.customer { ids.append(customer.factID) }
    return ids.sorted()
  }

  /// Corrections, moves between customers, codes that change hands, history loaded late, files read again: whatever
  /// comes, every read at any date, instant and write number gives what the naive list gives.
  @Test(arguments: 0..<8) func readsAgreeWithTheNaiveStore(seed: Int) throws {
    var dice = SeededGenerator(seed: UInt64(seed))
    let store = try Samples.store()
    var naive = NaiveStore()
    var sequence = 0
    var earlier: [(AsOf, [String: CustomerFacts])] = []
    for round in 0..<25 {
      // Few names, so that the same bytes' digest comes again with other content now and then.
      let file = Samples.file(
        "f\(Int.random(in: 0..<40, using: &dice))", known: Int.random(in: 0..<10, using: &dice),
        source: Int.random(in: 0..<5, using: &dice) == 0 ? "other" : "billing")
      let facts = try (0..<Int.random(in: 1..<6, using: &dice)).map { _ in try Self.randomFact(&dice) }
      let expected = sequence + 1
      let answers = try store.write(actor: "tester", at: Samples.instant(round), purpose: "test") {
        transaction throws(StoreError) in
        #expect(transaction.sequence == expected)
        let batch = try transaction.openBatch(file)
        var answers: [NaiveStore.Answer] = []
        for (line, fact) in facts.enumerated() {
          do throws(StoreError) {
            answers.append(.outcome(try transaction.store(fact, in: batch, line: line)))
          } catch {
            answers.append(.refused(error.code))
          }
        }
        return answers
      }
      sequence = try store.read { reader throws(SQLiteError) in try reader.lastSequence() }
      #expect(answers == facts.map { naive.store($0, file, sequence: expected) })
      for _ in 0..<6 {
        let asOf = Self.randomMoment(&dice, sequence: sequence)
        let portfolio = try store.portfolio(asOf, limit: Int.random(in: 1..<4, using: &dice))
        let found = Dictionary(uniqueKeysWithValues: portfolio.map { ($0.number, Self.ids($0.facts)) })
        let wanted = naive.portfolio(asOf).mapValues { $0.sorted() }
        #expect(found == wanted, "seed \(seed), round \(round), \(asOf)")
        for customer in portfolio {
          #expect(try store.facts(customer.number, asOf) == customer.facts)
        }
      }
      // No hindsight: what was read at a write number is read at it for ever.
      let moment = AsOf(
        businessDate: Samples.day(Int.random(in: 0..<8, using: &dice)),
        knownAt: Samples.instant(Int.random(in: 0..<12, using: &dice)), sequence: sequence)
      earlier.append((moment, Self.byNumber(try store.portfolio(moment))))
      for (moment, facts) in earlier {
        #expect(Self.byNumber(try store.portfolio(moment)) == facts)
      }
    }
    #expect(try store.read { reader throws(SQLiteError) in try reader.inconsistencies() } == [])
    #expect(try store.database.integrityProblems() == [])
  }

  private static func byNumber(_ portfolio: [PortfolioCustomer]) -> [String: CustomerFacts] {
    Dictionary(uniqueKeysWithValues: portfolio.map { ($0.number, $0.facts) })
  }

  /// A record that moves to another customer leaves the old one, on both axes.
  @Test func aMovedRecordIsWithOneCustomerAtATime() throws {
    let store = try Samples.store()
    try store.load(
      [Samples.customer("C1"), Samples.customer("C2"), Samples.invoice("I", "C1")],
      Samples.file("a", known: 5))
    try store.load([Samples.invoice("I", "C2")], Samples.file("b", known: 9))
    // History loaded late: known from before both.
    try store.load([Samples.customer("C3"), Samples.invoice("I", "C3")], Samples.file("c", known: 2))
    func owners(_ asOf: AsOf) throws -> [Bool] {
      try ["C1", "C2", "C3"].map { try store.facts($0, asOf).invoices.count == 1 }
    }
    #expect(try owners(Samples.asOf(known: 5)) == [true, false, false])
    #expect(try owners(Samples.asOf(known: 9)) == [false, true, false])
    #expect(try owners(Samples.asOf(known: 2)) == [false, false, true])
    #expect(try owners(Samples.asOf(known: 2, sequence: 2)) == [false, false, false])
    #expect(try owners(Samples.asOf(known: 9, sequence: 1)) == [true, false, false])
  }

  /// In whatever order the files come, the content, its digest and what is read are the same.
  @Test(arguments: 0..<6) func theOrderOfFilesDoesNotMatter(seed: Int) throws {
    let code = try Samples.code("X")
    let files: [[Fact]] = [
      [Samples.customer("C1", identifier: code), Samples.customer("C2")],
      [Samples.invoice("I1", "C1"), Samples.invoice("I2", "C2", issued: 3)],
      [Samples.invoice("I3", "C2"), Samples.invoice("I4", "C1")],
      [Samples.arrears("A1", .identifier(code)), Samples.arrears("A2", .number("C1"))],
    ]
    func content(_ store: FactStore) throws -> [[String]] {
      try store.portfolio().sorted { $0.number < $1.number }.map { customer in
        customer.facts.invoices.map(\.record) + customer.facts.arrearsEntries.map(\.record)
      }
    }
    let straight = try Samples.store()
    for (index, file) in files.enumerated() {
      try straight.load(file, Samples.file("f\(index)", known: index))
    }
    var dice = SeededGenerator(seed: UInt64(seed))
    let shuffled = try Samples.store()
    for index in files.indices.shuffled(using: &dice) {
      try shuffled.load(files[index].shuffled(using: &dice), Samples.file("g\(index)", known: 7 - index))
    }
    #expect(try shuffled.storeHash == straight.storeHash)
    #expect(try content(shuffled) == content(straight))
    #expect(try content(straight) == [["I1", "I4", "A1", "A2"], ["I3", "I2"]])
  }

  @Test func correctionsInAnotherOrderOfLoadingHaveTheSameDigest() throws {
    let old = [Samples.invoice("I1", "C1", amount: 1)]
    let new = [Samples.invoice("I1", "C1", amount: 2)]
    func digest(_ loads: [([Fact], String)]) throws -> Digest {
      let store = try Samples.store()
      for (index, (facts, name)) in loads.enumerated() {
        try store.load(facts, Samples.file(name, known: index))
      }
      return try store.storeHash
    }
    let reference = try digest([(old, "a"), (new, "b")])
    #expect(try digest([(new, "b"), (old, "a")]) == reference)
    #expect(try digest([(old, "c"), (new, "b"), (old, "a")]) == reference)
    #expect(try digest([(new, "b")]) != reference)
  }
}
