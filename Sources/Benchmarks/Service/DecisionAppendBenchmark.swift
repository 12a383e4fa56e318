import AuditLog
import Decisioning
import FactStore
import Facts
import Foundation
import SQLite
import Values

/// What it costs to store a decision, in CPU time of the storing thread.
///
/// `Benchmarks decision-append [FOLDER [STORED [APPENDED]]]`, where the folder `rules` lies: 100,000 customers with so many
/// decisions, then so many more in commits of 100 about customers at random; once with the indexes by customer filled
/// behind the rows, once with indexes that every row is entered in.
enum DecisionAppendBenchmark {
  static func run(_ words: [String]) -> Bool {
    let numbers = words.dropFirst().compactMap { Int($0) }
    do {
      for isDeferred in [true, false] {
        let house = try DecisionHouse(
          folder: words.first ?? "/dev/shm", stored: numbers.first ?? 1_000_000, isDeferred: isDeferred)
        defer { house.remove() }
        let costs = try house.append(numbers.dropFirst().first ?? 200_000)
        print(isDeferred ? "filled behind the rows" : "\nentered with every row")
        print(costs.table)
      }
      return true
    } catch {
      print("Storing decisions cannot be measured here: \(error)")
      return false
    }
  }
}

/// CPU time by what it was spent on.
private struct AppendCosts {
  var decisions = 0
  /// Entries of the index stored in the longest step, and its time.
  var longestStep = 0
  /// In the order in which they were first met.
  private var parts: [(name: String, nanoseconds: Int)] = []

  mutating func measure<R>(_ part: String, _ body: () throws -> R) rethrows -> R {
    let start = Benchmark.cpuNanoseconds()
    defer { add(Benchmark.cpuNanoseconds() - start, to: part) }
    return try body()
  }

  mutating func add(_ nanoseconds: Int, to part: String) {
    if let place = parts.firstIndex(where: { $0.name == part }) {
      parts[place].nanoseconds += nanoseconds
    } else {
      parts.append((part, nanoseconds))
    }
  }

  var table: String {
    func line(_ name: String, _ nanoseconds: Int) -> String {
      let value = String(format: "%7.2f µs", Double(nanoseconds) / Double(max(1, decisions)) / 1000)
      return "  " + name.padding(toLength: 24, withPad: " ", startingAt: 0) + value
    }
    var lines = parts.map { line($0.name, $0.nanoseconds) }
    lines.append(line("together", parts.reduce(0) { $0 + $1.nanoseconds }))
    lines.append("  longest step of filling \(longestStep / 1000) µs")
    return lines.joined(separator: "\n")
  }
}

/// A database with customers, one of whom has facts, and decisions like the one about them.
private final class DecisionHouse {
  private let folder: String
  private let store: FactStore
  private let ruleSet: RuleSet
  private let template: DecisionDraft
  private let isDeferred: Bool
  private var random = Randomness(state: 7)
  private var orders = 0
  private static let customers = 100_000
  private static let commit = 100
  private static let audit = AuditLog(salts: SaltSource(key: SHA256.hash("benchmark")))
  private static let now = Instant(microseconds: 1_782_900_000_000_000)
  private static let businessDate = CivilDate("2026-06-30") ?? .earliest

  init(folder parent: String, stored: Int, isDeferred: Bool) throws {
    folder = parent + "/bonitas-benchmark-\(UUID().uuidString)"
    self.isDeferred = isDeferred
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    ruleSet = try RuleSet(folder: "rules")
    let schema = FactStore.schema(contributed: DecisionStore.migrations)
    store = FactStore(
      try Database(
        path: folder + "/facts.db", schema: schema,
        options: DatabaseOptions(writersCheckpoint: false, fillsIndexes: false)))
    try Self.load(store)
    template = try Self.decide(store, ruleSet)
    try store.database.write { transaction throws(SQLiteError) in
      try transaction.run(
        """
        WITH RECURSIVE c(key) AS (SELECT 2 UNION ALL SELECT key + 1 FROM c WHERE key < ?)
        INSERT INTO customer (key, sequence) SELECT key, 1 FROM c WHERE true ON CONFLICT DO NOTHING
        """, Self.customers)
    }
    for _ in 0..<stored / 5000 {
      try write(drafts(5000)) { _ in }
      try store.database.checkpoint()
    }
    try store.database.write { transaction throws(SQLiteError) in
      if isDeferred {
        try DecisionStore.byCustomer.fill(in: transaction)
        try AuditLog.byCustomer.fill(in: transaction)
      } else {
        try transaction.execute(
          """
          CREATE INDEX eager_decision ON decision (customer);
          CREATE INDEX eager_audit ON audit_customer (customer, number);
          """)
      }
    }
    try store.database.checkpoint()
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  func append(_ count: Int) throws -> AppendCosts {
    var costs = AppendCosts()
    var sweeps = [
      (name: "fill: decisions", sweep: DeferredSweep(DecisionStore.byCustomer), rows: 16_384, slice: 256),
      (name: "fill: audit", sweep: DeferredSweep(AuditLog.byCustomer), rows: 16_384, slice: 256),
    ]
    for commit in 1...max(1, count / Self.commit) {
      let drafts = drafts(Self.commit)
      let start = Benchmark.cpuNanoseconds()
      var inside = 0
      try write(drafts) { transaction in
        inside = Benchmark.cpuNanoseconds() - start
        costs.add(inside, to: "decisions and entry")
        guard isDeferred else { return }
        let filling = Benchmark.cpuNanoseconds()
        for place in sweeps.indices where !sweeps[place].sweep.isDone {
          try costs.measure(sweeps[place].name) {
            try sweeps[place].sweep.fill(sweeps[place].slice, in: transaction)
          }
        }
        let spent = Benchmark.cpuNanoseconds() - filling
        costs.longestStep = max(costs.longestStep, spent)
        inside += spent
      }
      costs.add(Benchmark.cpuNanoseconds() - start - inside, to: "commit")
      if isDeferred {
        for place in sweeps.indices {
          try costs.measure("collect") {
            try store.database.read { reader throws(SQLiteError) in
              _ = try sweeps[place].sweep.begin(from: sweeps[place].rows, in: reader)
              try sweeps[place].sweep.collect(in: reader)
            }
          }
        }
      }
      if commit.isMultiple(of: 50) { try costs.measure("checkpoint") { try store.database.checkpoint() } }
      costs.decisions += Self.commit
    }
    return costs
  }

  /// Drafts about customers at random, each for an order of its own.
  private func drafts(_ count: Int) -> [DecisionDraft] {
    (0..<count).map { _ in
      orders += 1
      var content = template.content
      content.order?.reference = "ORDER-\(orders)"
      return DecisionDraft(
        content, ruleSet, customerKey: 1 + random.number(below: Self.customers),
        readSequence: template.entry.readSequence, knownAt: template.entry.knownAt,
        purpose: template.entry.purpose)
    }
  }

  private func write(_ drafts: [DecisionDraft], _ body: (WriteTransaction) throws -> Void) throws {
    try store.write(actor: "engine", at: Self.now, purpose: "order") { transaction throws(SQLiteError) in
      let key = try RuleSetStore.keep(
        ruleSet, sequence: transaction.sequence, audit: Self.audit, in: transaction.sql)
      _ = try DecisionStore.append(
        drafts.map(\.entry), ruleSet, ruleSetKey: key, sequence: transaction.sequence, audit: Self.audit,
        in: transaction.sql)
      do {
        try body(transaction.sql)
      } catch let error as SQLiteError {
        throw error
      } catch {
        throw SQLiteError(.other, message: "\(error)", path: folder)
      }
    }
  }

  /// One customer with two invoices, paid in time.
  private static func load(_ store: FactStore) throws {
    let rows: [(FactKind, String)] = [
      (.customer, "C1,household,LV,lv,2024-03-15,Anna,,,"),
      (.invoice, "C1-1,C1,,2026-01-01,2026-01-15,10,EUR"), (.payment, "P1,C1,2026-01-15,10,EUR,C1-1"),
      (.invoice, "C1-2,C1,,2026-05-01,2026-05-15,30,EUR"), (.payment, "P2,C1,2026-05-15,30,EUR,C1-2"),
    ]
    let facts = try rows.map { kind, line in
      try Fact.make(
        kind,
        values: line.split(separator: ",", omittingEmptySubsequences: false).map {
          $0.isEmpty ? .missing : .text(String($0))
        })
    }
    let file = BatchDescription(
      source: "benchmark", file: nil, digest: SHA256.hash("benchmark"), layout: "benchmark", knownFrom: now)
    try store.write(actor: "benchmark", at: now, purpose: "benchmark") { transaction throws(StoreError) in
      let batch = try transaction.openBatch(file)
      for (place, fact) in facts.enumerated() { _ = try transaction.store(fact, in: batch, line: place + 1) }
      try transaction.complete(batch, rows: facts.count)
    }
  }

  private static func decide(_ store: FactStore, _ ruleSet: RuleSet) throws -> DecisionDraft {
    let order = Order(
      reference: "ORDER-0", product: "power", commodity: .electricity, jurisdiction: .latvia,
      deliveryPoint: nil)
    let read = try Rater(store: store, ruleSet: ruleSet, audit: audit).read(
      .number("C1"), businessDate: businessDate, knownAt: now, order: order)
    guard let content = ruleSet.decide(read.facts, read.situation) else {
      throw RatingError.notArrived(.number("C1"), businessDate: businessDate)
    }
    let draft = DecisionDraft(
      content, ruleSet, customerKey: read.key, readSequence: read.sequence, knownAt: now, purpose: .order)
    print("a content of \(draft.entry.bytes.count) bytes, outcome \(content.outcome.rawValue)")
    return draft
  }
}

/// The same numbers every time (SplitMix64).
private struct Randomness {
  var state: UInt64

  mutating func number(below limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
  }
}
