import Decisioning
import FactStore
import Formats
import Foundation
import SQLite
import TestSupport
import Testing

@testable import bonitas

/// The audit log from outside: what makes an entry, the head, verification.
@Suite struct AuditCommandTests {
  private let house = Program(folder: Repository.root)

  /// A database of the cast, rated.
  private func rated(_ scratch: Scratch, _ name: String = "cast.db") throws -> [String] {
    let database = ["--database", scratch.path(name)]
    let files = try Inspection.sampleFiles().filter { $0.contains("/cast/") }
    #expect(try house.run(["ingest"] + files + database).status == 0)
    #expect(try house.run(["rerate", "--business-date", "2026-06-30"] + database).status == 0)
    return database
  }

  private func entries(_ words: [String]) throws -> [JSONValue] {
    let outcome = try house.run(["audit", "log", "--json", "--limit", "1000"] + words)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try JSONReader.parse(outcome.output).arrayValue ?? []
  }

  private func verify(_ words: [String]) throws -> (status: Int32, report: JSONValue) {
    let outcome = try house.run(["audit", "verify", "--json"] + words)
    return (outcome.status, try JSONReader.parse(outcome.output))
  }

  @Test func everythingThatIsDoneIsEntered() throws {
    let scratch = try Scratch()
    let database = try rated(scratch)
    let made = try entries(database)
    func count(_ kind: String) -> Int { made.count { $0["kind"]?.stringValue == kind } }
    #expect(count("ingestion") == 10)
    #expect(count("publication") == 1)
    // One pass, one write, one entry for all of its decisions.
    #expect(count("decision") == 1)
    #expect(count("read") == 1)
    #expect(try house.run(["rerate", "--business-date", "2026-06-30"] + database).status == 0)
    let confirmation = try entries(database + ["--kind", "confirmation"])
    #expect(confirmation.count == 1)
    #expect(confirmation.first?["payload"]?["about"]?["decisions"] == [[1, 21]])
    // Reading a file again adds nothing, and so is no entry.
    #expect(
      try house.run(["ingest", "sample-data/cast/customers.csv"] + database).output.contains("21"))
    #expect(try entries(database + ["--kind", "ingestion"]).count == 10)
    #expect(try verify(database).status == 0)
  }

  /// Each command that shows personal data, and whose.
  @Test func everyReadIsEntered() throws {
    let scratch = try Scratch()
    let database = try rated(scratch) + ["--actor", "anna"]
    let bad = try scratch.write(
      "bad.csv",
      "invoice,customer,contract,issued,due,amount,currency\nI,CAST-01,,2026-02-30,2026-03-01,1,EUR\n")
    #expect(try house.run(["ingest", bad] + database).status == 3)
    let export = scratch.path("ratings.csv")
    let reads: [(words: [String], customers: [String])] = [
      (["customers", "show", "CAST-02", "--business-date", "2026-06-30"], ["CAST-02"]),
      (["customers", "find", "CAST-0"], (1...9).map { "CAST-0\($0)" }),
      (["features", "show", "CAST-14", "--business-date", "2026-06-30"], ["CAST-14"]),
      (["explain", "--customer", "CAST-13"], ["CAST-13"]), (["quarantine", "list"], ["CAST-01"]),
      (["quarantine", "show", "1"], ["CAST-01"]), (["ratings", "export", "--output", export], ["everybody"]),
      (["audit", "log", "--customer", "CAST-05"], ["CAST-05"]),
    ]
    for read in reads { #expect(try house.run(read.words + database).status == 0, "\(read.words)") }
    let made = try entries(database + ["--kind", "read"]).dropLast()
    #expect(made.count == reads.count)
    for (entry, read) in zip(made, reads) {
      #expect(
        entry["payload"]?["purpose"]?.stringValue
          == read.words.prefix(2).joined(separator: " ").replacing(" --customer", with: ""))
      #expect(entry["payload"]?["actor"]?.stringValue == "anna")
      #expect(entry["customers"]?.arrayValue?.compactMap(\.stringValue).sorted() == read.customers)
    }
    let concerned = try entries(database + ["--customer", "CAST-05"])
    #expect(concerned.compactMap { $0["kind"]?.stringValue } == ["decision", "read", "read", "read", "read"])
    #expect(try verify(database).status == 0)
  }

  @Test func aReadThatCannotBeRecordedIsNotMade() throws {
    let scratch = try Scratch()
    let database = try rated(scratch)
    try change(scratch.path("cast.db")) { transaction throws(SQLiteError) in
      try transaction.execute(
        "CREATE TRIGGER refuse BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'no'); END")
    }
    for words in [["explain", "D-1"], ["customers", "show", "CAST-01"], ["audit", "log"]] {
      let outcome = try house.run(words + ["--json"] + database)
      #expect(outcome.status == 1)
      #expect(outcome.output == "")
      #expect(outcome.errors.contains("read-not-recorded") && outcome.errors.contains("Nothing is shown"))
    }
    let rated = try house.run(["rate", "CAST-01", "--business-date", "2026-07-01"] + database)
    #expect(rated.status == 1)
    #expect(rated.output == "")
  }

  @Test func theHeadFindsWhatWasCutOff() throws {
    let scratch = try Scratch()
    let database = try rated(scratch)
    let file = scratch.path("cast.db")
    let earlier = scratch.path("earlier.db")
    try FileManager.default.copyItem(atPath: file, toPath: earlier)

    let unanchored = try house.run(["audit", "verify"] + database)
    #expect(unanchored.status == 0)
    #expect(unanchored.output.contains("The tail is unanchored"))

    #expect(try house.run(["explain", "D-1"] + database).status == 0)
    let head = try house.run(["audit", "head"] + database).output
    #expect(
      head.wholeMatch(of: /bonitas-audit-head 1 13 [0-9a-f]{64} \d{4}-\d\d-\d\dT[0-9:.]+Z\n/) != nil,
      "\(head)")
    let heads = try scratch.write("heads.txt", "something older\n\(head)\n")
    for words in [["--head", head], ["--head-file", heads]] {
      let verified = try house.run(["audit", "verify"] + words + database)
      #expect(verified.status == 0, "\(verified.errors)")
      #expect(verified.output.contains("Up to entry 13 it is the log whose head was stored."))
      let cut = try verify(words + ["--database", earlier])
      #expect(cut.status == 1)
      #expect(cut.report["finding"]?["code"]?.stringValue == "log-cut")
    }
    let other = try rated(scratch, "other.db")
    let differs = try house.run(["audit", "verify", "--head", head] + other)
    #expect(differs.status == 1)
    #expect(differs.output.contains("head is that of another database"))
    #expect(try house.run(["explain", "D-2"] + other).status == 0)
    let elsewhere = try house.run(["audit", "verify", "--head", head] + other)
    #expect(elsewhere.status == 1)
    #expect(
      elsewhere.output.contains(
        "Entry 13 is the first bad one: it is not the entry that the stored head names"))
  }

  /// Each process reads the head anew under the lock, so the chain of all of them is one.
  @Test func manyProcessesWriteOneChain() throws {
    let scratch = try Scratch()
    let database = try rated(scratch)
    let days = ["2026-06-27", "2026-06-28", "2026-06-29"].map { ["rerate", "--business-date", $0] }
    let reads = (1...6).map { ["explain", "D-\($0)"] }
    let running = try (days + reads).map { try house.start($0 + database) }
    for process in running { #expect(try process.wait().status == 0) }
    let verified = try verify(database)
    #expect(verified.status == 0, "\(verified.report.canonical)")
    #expect(try entries(database + ["--kind", "read"]).count == 7)
    let doctor = try JSONReader.parse(try house.run(["doctor", "--json"] + database).output)
    let decisions = try #require(doctor["decisions"]?.integerValue)
    // Whoever became a customer on one of these days is not rated before.
    #expect((75...84).contains(decisions))
    // Four passes, each one write; every decision is vouched for by its entry, which `verify` has shown.
    #expect(try entries(database + ["--kind", "decision"]).count == 4)
  }

  @Test func headsThatAreNone() throws {
    let scratch = try Scratch()
    let database = try rated(scratch)
    let typed = try house.run(["audit", "verify", "--head", "bonitas-audit-head 1 7"] + database)
    #expect(typed.status == 2)
    #expect(typed.errors.contains("is not a line as 'bonitas audit head' prints it"), "\(typed.errors)")
    for (name, text) in [("a", ""), ("b", "hello\n"), ("c", "bonitas-audit-head 2 1 x y\n")] {
      let file = try scratch.write(name, text)
      let outcome = try house.run(["audit", "verify", "--head-file", file] + database)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("not the head of an audit log"), "\(outcome.errors)")
    }
    let missing = try house.run(["audit", "verify", "--head-file", scratch.path("none")] + database)
    #expect(missing.status == 1)
    #expect(missing.errors.contains(scratch.path("none")))
    let both = try house.run(
      ["audit", "verify", "--head-file", "x", "--head", try house.run(["audit", "head"] + database).output]
        + database)
    #expect(both.status == 2)
  }

  @Test func anEmptyLog() throws {
    let scratch = try Scratch()
    let database = ["--database", scratch.path("empty.db")]
    #expect(
      try house.run(["ingest", "sample-data/cast/customers.csv", "--dry-run"] + database).status == 0)
    let head = try house.run(["audit", "head"] + database)
    #expect(head.status == 1)
    #expect(head.errors.contains("The audit log has no entry yet"))
    #expect(try verify(database).report["entries"]?.integerValue == 0)
    #expect(try house.run(["audit", "log", "--customer", "NOBODY"] + database).status == 1)
  }

  @Test func aByteChangedInTheFileIsFound() throws {
    let scratch = try Scratch()
    let database = try rated(scratch)
    let file = URL(fileURLWithPath: scratch.path("cast.db"))
    let bytes = try Data(contentsOf: file)
    // A payload; and in a decision's row, where the texts of its columns lie side by side.
    for (old, new) in [
      (#""purpose":"rerate""#, #""purpose":"rerace""#), ("automatedre-rating", "automatedre-rbting"),
    ] {
      let place = try #require(bytes.range(of: Data(old.utf8)))
      var changed = bytes
      changed.replaceSubrange(place, with: Data(new.utf8))
      try changed.write(to: file)
      let found = try verify(database)
      #expect(found.status == 1, "\(old)")
      #expect(found.report["finding"]?["sentence"]?.stringValue?.contains("is the first bad one") == true)
      let doctor = try house.run(["doctor"] + database)
      #expect(doctor.status == 1)
      #expect(doctor.output.contains("Audit log: Entry"))
    }
    try bytes.write(to: file)
    #expect(try verify(database).status == 0)
  }

  /// Writes to a database beside the program.
  private func change(
    _ path: String, _ body: (WriteTransaction) throws(SQLiteError) -> Void
  ) throws {
    let database = try Database(
      path: path, schema: FactStore.schema(contributed: Tables.migrations), mode: .existing)
    try database.write(body)
  }
}
