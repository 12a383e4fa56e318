import AuditLog
import Decisioning
import FactStore
import Facts
import Foundation
import SQLite
import TestSupport
import Values

/// A store of facts written as lines of the canonical layouts: `invoices C1-1,C1,,2026-01-01,2026-01-15,10,EUR`.
struct Portfolio {
  static let businessDate = CivilDate("2026-06-30") ?? .earliest
  static let audit = AuditLog(salts: SaltSource(key: SHA256.hash("a fixed key")))
  static let now = Instant("2026-07-01T08:00:00Z") ?? Instant(microseconds: 0)

  let store: FactStore

  init(migrations: [Migration] = DecisionStore.migrations) throws {
    store = try FactStore(path: try TemporaryFolder().file("store.db"), contributed: migrations)
  }

  init(store: FactStore) { self.store = store }

  /// A portfolio whose registers have been loaded, with a household of 27 months that pays on the due date.
  static func punctual(_ lines: String...) throws -> Portfolio { try punctual(lines) }

  /// The same with lines from a list.
  static func punctual(_ lines: [String]) throws -> Portfolio {
    let portfolio = try Portfolio()
    try portfolio.load(punctualLines + lines)
    return portfolio
  }

  static let punctualLines = [
    "customers C1,household,LV,lv,2024-03-15,Anna,,,", "customers X,business,EE,et,2020-01-01,,,,",
    "register-entries R0,X,,,register,securingMeasure,2020-01-01,2020-02-01",
    "arrears-entries A0,X,,,bureau,2020-01-01,1,2020-02-01,,",
    "invoices C1-1,C1,,2026-01-01,2026-01-15,10,EUR", "payments P1,C1,2026-01-15,10,EUR,C1-1",
    "invoices C1-2,C1,,2026-05-01,2026-05-15,30,EUR", "payments P2,C1,2026-05-15,30,EUR,C1-2",
  ]

  /// Stores lines as one file.
  func load(_ lines: [String], known: Instant = now) throws {
    let rows = try lines.map { line in
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      guard let kind = FactKind.allCases.first(where: { $0.layout == parts[0] }), parts.count == 2 else {
        throw UnknownLayout(name: parts[0])
      }
      return (
        kind: kind, values: parts[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      )
    }
    try load(rows, known: known)
  }

  /// Stores rows as one file.
  func load(_ rows: [(kind: FactKind, values: [String])], known: Instant = now) throws {
    let text = rows.map { ([$0.kind.layout] + $0.values).joined(separator: ",") }.joined(separator: "\n")
    let file = BatchDescription(
      source: "test", file: nil, digest: SHA256.hash(text), layout: "test", knownFrom: known)
    let facts = try rows.map { row in
      try Fact.make(row.kind, values: row.values.map { $0.isEmpty ? .missing : .text($0) })
    }
    try store.write(actor: "tester", at: known, purpose: "test") { transaction throws(StoreError) in
      let batch = try transaction.openBatch(file)
      for (place, fact) in facts.enumerated() { _ = try transaction.store(fact, in: batch, line: place + 1) }
      try transaction.complete(batch, rows: facts.count)
    }
  }

  /// Puts a record that names the customer in quarantine.
  func quarantine(_ customer: String) throws {
    let file = BatchDescription(
      source: "test", file: "bad.csv", digest: SHA256.hash("bad"), layout: "test", knownFrom: Self.now)
    try store.write(actor: "tester", at: Self.now, purpose: "test") { transaction throws(StoreError) in
      let batch = try transaction.openBatch(file)
      _ = try transaction.quarantine(
        Rejection(
          line: 2, column: "amount", rule: "amount", customer: .number(customer), raw: "1.x", hint: ""),
        in: batch)
    }
  }

  func rate(
    _ customer: String = "C1", on date: CivilDate = businessDate, with ruleSet: RuleSet? = nil,
    at: Instant = now
  ) throws -> DecisionRecord {
    try Rater(store: store, ruleSet: try ruleSet ?? Self.rules.get(), audit: Self.audit)
      .rate(.number(customer), businessDate: date, knownAt: Self.now, actor: "tester", at: at)
  }

  /// The rule set of the repository, compiled once for all tests.
  static let rules = Result { try shipped() }

  /// The rule set of the repository, with texts replaced in its files.
  static func shipped(replacing edits: [(path: String, old: String, new: String)] = []) throws -> RuleSet {
    try RuleSet(try files(replacing: edits))
  }

  static func files(replacing edits: [(path: String, old: String, new: String)]) throws -> RuleSetFiles {
    let files = try RuleSetFiles(folder: Repository.root.appending(path: "rules").path)
    var contents = Dictionary(uniqueKeysWithValues: files.paths.map { ($0, files[$0] ?? []) })
    for edit in edits {
      let text = String(decoding: contents[edit.path] ?? [], as: UTF8.self)
      guard text.contains(edit.old) else { throw UnknownLayout(name: edit.old) }
      contents[edit.path] = Array(text.replacingOccurrences(of: edit.old, with: edit.new).utf8)
    }
    return RuleSetFiles(contents)
  }

  struct UnknownLayout: Error {
    let name: String
  }
}
