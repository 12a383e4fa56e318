import Formats
import Foundation
import TestSupport
import Testing

/// What goes wrong in practice: each a clear sentence and the right exit code, and nothing half stored.
@Suite struct BadInputTests {
  private let house = Program(folder: Repository.root)
  private static let invoices = "invoice,customer,contract,issued,due,amount,currency\n"

  /// Reads one file into a new database; the path of the file in the sentence becomes FILE.
  private func ingest(
    _ bytes: [UInt8], _ options: [String] = [], in scratch: Scratch
  ) throws -> (status: Int32, output: String, errors: String) {
    let file = try scratch.write("input.csv", bytes: bytes)
    let outcome = try house.run(["ingest", file, "--database", scratch.path("bad.db")] + options)
    return (outcome.status, outcome.output, outcome.errors.replacing(file, with: "FILE"))
  }

  private func stored(_ scratch: Scratch) throws -> Int? {
    let outcome = try house.run(["doctor", "--json", "--database", scratch.path("bad.db")])
    let facts = try JSONReader.parse(outcome.output)["facts"]?.objectValue
    return facts?.members.reduce(0) { $0 + ($1.value.integerValue ?? 0) }
  }

  @Test func aMissingFile() throws {
    let scratch = try Scratch()
    let missing = scratch.path("missing.csv")
    let outcome = try house.run(["ingest", missing, "--database", scratch.path("bad.db")])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(missing))
    #expect(outcome.errors.contains("no such file") || outcome.errors.contains("does not exist"))
  }

  @Test func aFolderInsteadOfAFile() throws {
    let scratch = try Scratch()
    let outcome = try house.run(["ingest", scratch.folder.path, "--database", scratch.path("bad.db")])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("folder") || outcome.errors.contains("directory"))
  }

  /// Whole-file faults: status 1, nothing stored, and the sentence tells the fix.
  @Test(arguments: [
    (
      "invoice;customer;contract;issued;due;amount;currency\nI;C;;2026-01-01;2026-01-15;1;EUR\n",
      "--delimiter"
    ),
    ("", "bonitas template"),
    ("invoice,customer,contract,issued,due,amount\n", "currency"),
    ("a,b,c\n1,2,3\n", "--mapping"),
    ("invoice,invoice,customer,contract,issued,due,amount,currency\n", "invoice"),
  ])
  func aFileThatCannotBeRead(text: String, fix: String) throws {
    let scratch = try Scratch()
    let outcome = try ingest(Array(text.utf8), in: scratch)
    #expect(outcome.status == 1)
    #expect(outcome.errors.hasPrefix("bonitas: FILE: "))
    #expect(outcome.errors.contains(fix), "\(outcome.errors)")
    #expect(try stored(scratch) == 0)
  }

  @Test func aWrongEncoding() throws {
    let scratch = try Scratch()
    let header =
      "customer,kind,jurisdiction,language,customer_since,name,identifier_scheme,identifier,address\n"
    let row = Array("X-1,household,LV,lv,2020-01-01,B".utf8) + [0xE7] + Array("rzi,,,\n".utf8)
    let refused = try ingest(Array(header.utf8) + row, in: scratch)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("line 2") && refused.errors.contains("--encoding windows-1257"))
    #expect(try stored(scratch) == 0)
    #expect(try ingest(Array(header.utf8) + row, ["--encoding", "windows-1257"], in: scratch).status == 0)
    let found = try house.run(["customers", "find", "berzi", "--database", scratch.path("bad.db")])
    #expect(found.output.contains("Bērzi"))
  }

  /// Row faults: status 3, the row in quarantine under its rule, the good row stored.
  @Test(arguments: [
    ("I-2,C,,2026-01-01,2026-01-15,\"1,234.5x\",EUR", "not-a-number"),
    ("I-2,C,,2026-02-30,2026-03-15,10,EUR", "impossible-date"),
    ("I-2,C,,01.02.2026,2026-03-15,10,EUR", "not-a-date"),
    ("I-2,C,,2026-01-01,2026-01-15,10,ERU", "unknown-currency"),
    ("I-2,C,,2026-01-01,2026-01-15,100000000000000,EUR", "amount-too-large"),
    ("I-2,C,,2026-01-01,2026-01-15,10", "csv-field-count"),
    ("I-2,,,2026-01-01,2026-01-15,10,EUR", "missing-value"),
    ("I-1,C,,2026-01-01,2026-01-15,11,EUR", "duplicate-record"),
  ])
  func aRowThatCannotBeTaken(row: String, rule: String) throws {
    let scratch = try Scratch()
    let good = "I-1,C,,2026-01-01,2026-01-15,10,EUR\n"
    let outcome = try ingest(Array((Self.invoices + good + row + "\n").utf8), in: scratch)
    #expect(outcome.status == 3, "\(outcome.errors)")
    #expect(outcome.errors == "")
    let list = try house.run(["quarantine", "list", "--json", "--database", scratch.path("bad.db")])
    let records = try JSONReader.parse(list.output).arrayValue ?? []
    #expect(records.count == 1)
    #expect(records.first?["rule"]?.stringValue == rule)
    #expect(records.first?["line"]?.integerValue == 3)
    #expect(records.first?["hint"]?.stringValue?.isEmpty == false)
    #expect(try stored(scratch) == 1)
  }

  @Test func oneBadFileDoesNotKeepTheOthersOut() throws {
    let scratch = try Scratch()
    let outcome = try house.run([
      "ingest", scratch.path("missing.csv"), "sample-data/cast/customers.csv", "--database",
      scratch.path("bad.db"),
    ])
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("sample-data/cast/customers.csv"))
    #expect(try stored(scratch) == 21)
  }

  @Test(arguments: ["garbage", "SQLite format 3\u{0}truncated"])
  func aDatabaseThatIsNotOurs(content: String) throws {
    let scratch = try Scratch()
    let file = try scratch.write("other.db", content)
    for words in [
      ["ingest", "sample-data/cast/customers.csv"], ["doctor"], ["rate", "C"], ["demo"], ["replay", "--all"],
    ] {
      let outcome = try house.run(words + ["--database", file])
      #expect(outcome.status == 1, "\(words) gave \(outcome.status)")
      #expect(outcome.errors.hasPrefix("bonitas: "))
      #expect(outcome.errors.contains("other.db"))
      #expect(try String(contentsOfFile: file, encoding: .utf8) == content)
    }
  }

  @Test func aDatabaseOfAnotherProgram() throws {
    let scratch = try Scratch()
    // A valid database of no tables whose header says that it belongs to another application.
    var header = [UInt8](repeating: 0, count: 4096)
    header.replaceSubrange(0..<16, with: Array("SQLite format 3\u{0}".utf8))
    header.replaceSubrange(16..<24, with: [0x10, 0x00, 1, 1, 0, 64, 32, 32])
    header[31] = 1
    header[47] = 4
    header[59] = 1
    header.replaceSubrange(68..<72, with: [0x12, 0x34, 0x56, 0x78])
    header[100] = 13
    header.replaceSubrange(105..<107, with: [0x10, 0x00])
    let file = try scratch.write("other.db", bytes: header)
    let outcome = try house.run(["ingest", "sample-data/cast/customers.csv", "--database", file])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("is not a bonitas database; nothing was changed in it"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == Data(header))
  }

  @Test func noDatabaseYet() throws {
    let scratch = try Scratch()
    for line in ["doctor", "rate C", "quarantine list", "customers find x", "replay --all", "explain D-1"] {
      let outcome = try scratch.program.run(line)
      #expect(outcome.status == 1)
      #expect(
        outcome.errors
          == "bonitas: There is no database bonitas.db: 'bonitas ingest FILE...' makes one, --database names another.\n"
      )
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path) == [])
  }

  @Test func brokenRules() throws {
    let scratch = try Scratch()
    let rules = scratch.path("rules")
    try FileManager.default.copyItem(
      at: Repository.root.appending(path: "rules"), to: URL(fileURLWithPath: rules))
    let model = URL(fileURLWithPath: rules + "/credit-rating.dmn")
    let text = try String(contentsOf: model, encoding: .utf8)
    #expect(
      try house.run([
        "ingest", "sample-data/cast/customers.csv", "--database", scratch.path("bad.db"),
      ]).status == 0)
    for broken in [String(text.prefix(text.count / 2)), text.replacing("</text>", with: " + (</text>")] {
      try Data(broken.utf8).write(to: model)
      for words in [["rate", "CAST-01"], ["rerate"], ["features", "show", "CAST-01"], ["doctor"]] {
        let outcome = try house.run(words + ["--database", scratch.path("bad.db"), "--rules", rules])
        #expect(outcome.status == 1)
        #expect(
          (outcome.output + outcome.errors).contains("credit-rating.dmn"), "\(words): \(outcome.errors)")
      }
    }
    let none = try house.run([
      "rate", "CAST-01", "--database", scratch.path("bad.db"), "--rules", scratch.path("none"),
    ])
    #expect(none.status == 1)
    #expect(none.errors.contains("--rules"))
    let doctor = try JSONReader.parse(
      try house.run(["doctor", "--json", "--database", scratch.path("bad.db")]).output)
    #expect(doctor["decisions"]?.integerValue == 0)
  }

  @Test func unknownCustomersAndDecisions() throws {
    let scratch = try Scratch()
    let database = ["--database", scratch.path("bad.db")]
    #expect(try house.run(["ingest", "sample-data/cast/customers.csv"] + database).status == 0)
    for (words, sentence) in [
      (["rate", "CAST-77"], "There is no customer 'CAST-77'."),
      (["explain", "D-99"], "There is no decision D-99."),
      (["explain", "--customer", "CAST-01"], "There is no decision about customer 'CAST-01' yet"),
      (["replay", "D-99"], "There is no decision D-99."),
      (["quarantine", "show", "7"], "There is no quarantined record 7"),
    ] {
      let outcome = try house.run(words + database)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains(sentence), "\(words): \(outcome.errors)")
    }
    for words in [
      ["explain"], ["explain", "D-1", "--customer", "C"], ["replay"], ["replay", "D-1", "--all"],
      ["explain", "D-x"],
    ] {
      #expect(try house.run(words + database).status == 2, "\(words)")
    }
  }

  @Test func anExportThatCannotBeWritten() throws {
    let scratch = try Scratch()
    let database = ["--database", scratch.path("bad.db")]
    #expect(try house.run(["ingest", "sample-data/cast/customers.csv"] + database).status == 0)
    let nowhere = scratch.path("none/ratings.csv")
    let outcome = try house.run(["ratings", "export", "--output", nowhere] + database)
    #expect(outcome.status == 1)
    #expect(outcome.errors == "bonitas: Cannot write \(nowhere): its folder does not exist.\n")
  }
}
