import FactStore
import Formats
import Foundation
import SQLite
import TestSupport
import Testing
import Values

@testable import bonitas

/// The verbs of the review as reviewers type them, on the cast rated as of 30 June 2026.
@Suite struct ReviewCommandTests {
  /// A database of the cast, rated, with its staff; the day of looking is 1 July 2026.
  private struct Desk {
    let scratch: Scratch
    let staff: Staff
    let days = RunDays()
    let house = Program(folder: Repository.root)
    var database: String { scratch.path("desk.db") }

    init() throws {
      scratch = try Scratch()
      let database = ["--database", scratch.path("desk.db")]
      let files = try Inspection.sampleFiles().filter { $0.contains("/cast/") || $0.contains("bad-rows") }
      #expect([0, 3].contains(try house.run(["ingest"] + files + database).status))
      #expect(try house.run(["rerate", "--business-date", "2026-06-30"] + database).status == 0)
      staff = try Staff(house, database: scratch.path("desk.db"))
    }

    @discardableResult
    func run(_ words: [String], as name: String = "janis", on day: String? = "2026-07-01") throws
      -> Program.Outcome
    {
      let day = day.map { ["--business-date", $0] } ?? []
      return try house.run(words + day + ["--database", database], environment: staff.environment(name))
    }

    /// A line as typed; words in single quotes are one word.
    @discardableResult
    func type(_ line: String, as name: String = "janis") throws -> Program.Outcome {
      let parts = line.split(separator: "'", omittingEmptySubsequences: false)
      var words: [String] = []
      for (place, part) in parts.enumerated() {
        words += place % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
      }
      return try run(words, as: name)
    }

    /// The case about a customer.
    func json(_ line: String, as name: String = "janis") throws -> JSONValue {
      let outcome = try type(line + " --json", as: name)
      #expect(outcome.status == 0, "\(line): \(outcome.errors)")
      return try JSONReader.parse(outcome.output)
    }

    func caseID(_ customer: String) throws -> String {
      let list = try json("review list --customer \(customer)")
      return try #require(list["cases"]?[0]?["case"]?.stringValue)
    }

    func decision(_ customer: String) throws -> String {
      let outcome = try run(["explain", "--customer", customer, "--json"], on: nil)
      return try #require(try JSONReader.parse(outcome.output)["decision"]?.stringValue)
    }

    func change(_ statement: String) throws {
      let store = try FactStore(path: database, mode: .existing, contributed: Tables.migrations)
      try store.database.write { transaction throws(SQLiteError) in try transaction.execute(statement) }
    }

    /// What belongs to this run: folder, today, times of day, hashes, instants.
    func masked(_ text: String) -> String {
      // The folder first: the last part of its name can look like the hash of a version.
      let told = text.replacing(scratch.folder.path, with: "FOLDER")
        .replacing(/\d{4}-\d\d-\d\dT[0-9:.]+Z/, with: "INSTANT")
        .replacing(/\d{4}-\d\d-\d\d \d\d:\d\d/, with: "MINUTE")
        .replacing(/\b[0-9a-f]{64}\b/, with: "HASH").replacing(/\b[0-9a-f]{12}\b/, with: "VERSION")
        .replacing(/\ +\d+ (s|min)\b/, with: "  TIME")
      return days.masked(told)
    }
  }

  private static let withdrawal =
    "--withdrawn --code J-WITHDRAWN --text 'The customer took the request back.'"

  @Test func aContestFromLetterToAnswer() throws {
    let desk = try Desk()
    let decision = try desk.decision("CAST-14")
    let id = "C" + decision.dropFirst()
    let receipt = try desk.scratch.write("receipt.txt", "paid on 12 June\n")
    var told = ""
    func type(_ line: String, as name: String = "janis", status: Int32 = 0) throws {
      let outcome = try desk.type(line, as: name)
      #expect(outcome.status == status, "\(line): \(outcome.errors)")
      told += "\(name)$ bonitas \(line)\n" + outcome.output + outcome.errors + "\n"
    }
    try type(
      "contest \(decision) --customer CAST-14 --channel e-mail --reason 'I paid in June, from hospital.'",
      as: "dace")
    try type("review list --kind contest")
    try type("review claim \(id)")
    try type("review show \(id)")
    try type("review attach \(id) \(receipt) --kind payment-proof --note 'From his bank.'")
    try type("review note \(id) --text 'Called him; three parts from August on are agreed.'")
    let decide =
      "review decide \(id) --change --rating C --code J-ARRANGED --text 'Three parts, see the receipt.'"
    try type(decide + " --dry-run")
    try type(decide)
    try type("review approve \(id)", as: "janis", status: 1)
    try type("review show \(id) --section history --section attachments", as: "liga")
    try type("review show \(id) --attachment E-1 --output \(desk.scratch.path("copy"))", as: "liga")
    try type("review approve \(id)", as: "liga")
    try type("review list --state closed")
    try type("review show \(id) --section history", as: "liga")
    try type("review stats", as: "liga")
    Golden.expect(desk.masked(told), named: "review.txt")
    #expect(try String(contentsOfFile: desk.scratch.path("copy"), encoding: .utf8) == "paid on 12 June\n")
    #expect(try desk.run(["replay", "--all"], on: nil).status == 0)
    #expect(try desk.run(["audit", "verify"], on: nil).status == 0)
    // The next pass leaves what the person decided.
    #expect(try desk.run(["rerate"], on: "2026-07-01").status == 0)
    #expect(try desk.json("review list --customer CAST-14")["cases"]?.arrayValue?.isEmpty == true)
  }

  @Test func aReferralWhoseInputsWereWrong() throws {
    let desk = try Desk()
    let id = try desk.caseID("CAST-11")
    let payment = try desk.scratch.write(
      "mended.csv",
      """
      payment,customer,date,amount,currency,invoice
      PAY-11-99,CAST-11,2026-05-20,780.00,SEK,INV-11-13

      """)
    let tooEarly = try desk.type("review correct \(id) \(payment)")
    #expect(tooEarly.status == 1 && tooEarly.errors.contains("Claim it first"))
    #expect(try desk.type("review claim \(id)").status == 0)
    let corrected = try desk.json("review correct \(id) \(payment)")
    #expect(corrected["ingest"]?["files"]?[0]?["storedTotal"]?.integerValue == 1)
    let file = try desk.json("review show \(id)")
    #expect(file["news"]?[0]?["record"]?["record"] == "payment:PAY-11-99")
    #expect(file["news"]?[0]?["record"]?["source"] == "supplier")
    #expect(file["timeline"]?.arrayValue?.first { $0["record"] == "payment:PAY-11-99" }?["isNews"] == true)
    let decided = try desk.json(
      "review decide \(id) --corrected --code J-PAID --text 'The payment in kronor had not been loaded.'")
    #expect(decided["decision"]?["outcome"] == "accept")
    #expect(decided["decision"]?["kind"] == "human")
    #expect(try desk.run(["replay", "--all"], on: nil).status == 0)
    let none = try desk.type("review correct \(id) \(payment)")
    #expect(none.status == 1 && none.errors.contains("was decided by janis"))
  }

  /// A letter that bonitas sent is a record of the customer too, and no reason to ask whose records are corrected.
  @Test func aLetterOfOursIsNoSourceToCorrect() throws {
    let desk = try Desk()
    let (id, plan) = (try desk.caseID("CAST-11"), desk.scratch.path("plan.json"))
    let folder = desk.scratch.path("outbox")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for line in [
      "debt plan --customer CAST-11 --output \(plan)", "debt apply \(plan)", "outbox send --folder \(folder)",
    ] {
      let outcome = try desk.type(line, as: "liga")
      #expect(outcome.status == 0, "\(line): \(outcome.errors)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
    let payment = try desk.scratch.write(
      "mended.csv",
      """
      payment,customer,date,amount,currency,invoice
      PAY-11-99,CAST-11,2026-05-20,780.00,SEK,INV-11-13

      """)
    #expect(try desk.type("review claim \(id)").status == 0)
    let corrected = try desk.json("review correct \(id) \(payment)")
    #expect(corrected["ingest"]?["files"]?[0]?["source"] == "supplier")
  }

  @Test func whoeverChangesACaseMeanwhileIsNotOverlooked() throws {
    let desk = try Desk()
    let id = try desk.caseID("CAST-11")
    #expect(try desk.type("review claim \(id)").status == 0)
    #expect(try desk.type("review note \(id) --text 'The bank called.'", as: "liga").status == 0)
    let decide = "review decide \(id) \(Self.withdrawal)"
    let refused = try desk.type(decide + " --json")
    #expect(refused.status == 1 && refused.output == "")
    #expect(try JSONReader.parse(refused.errors)["error"]?["code"] == "review.changed")
    #expect(refused.errors.contains("liga"))
    #expect(try desk.type("review show \(id) --section history").status == 0)
    #expect(try desk.type(decide).status == 0)
  }

  @Test func refusalsSayWhatToDo() throws {
    let desk = try Desk()
    let id = try desk.caseID("CAST-11")
    let decision = try desk.decision("CAST-14")
    let cases: [(line: String, name: String, status: Int32, told: String)] = [
      ("contest D-999 --reason x", "dace", 1, "There is no decision D-999."),
      ("contest \(decision) --customer CAST-12 --reason x", "dace", 1, "not about customer 'CAST-12'"),
      ("contest \(id) --reason x", "dace", 2, "is not the number of a decision"),
      ("contest \(decision) --reason x", "anna", 1, "role"),
      ("review show \(decision)", "janis", 2, "is a decision; a case begins with"),
      ("review show R-999", "janis", 1, "There is no case R-999."),
      ("review claim \(id)", "dace", 1, "role"),
      ("review release \(id) --reason 'not mine'", "janis", 1, "Claim it first"),
      ("review decide \(id) \(Self.withdrawal)", "janis", 1, "Claim it first"),
      ("review decide \(id)", "janis", 2, "--confirm, --change, --corrected or --withdrawn"),
      ("review decide \(id) --confirm --change", "janis", 2, "not several"),
      ("review decide \(id) --change --outcome refer", "janis", 2, "--outcome"),
      ("review approve \(id)", "janis", 1, "role senior"),
      ("review approve \(id)", "liga", 1, "Nothing of case \(id) waits"),
      ("review attach \(id) --kind web-findng --address lsm.lv --note x", "janis", 1, "Did you mean"),
      ("review attach \(id) --kind web-finding --address fb.com/x --note x", "janis", 1, "social network"),
      ("review attach \(id) none.pdf --kind document", "janis", 1, "no such file"),
      ("review show \(id) --record invoice:INV-11-99", "janis", 1, "no record 'invoice:INV-11-99'"),
      ("review show \(id) --attachment E-7", "janis", 1, "There is no attachment E-7"),
      ("review show \(id) --output x", "janis", 2, "--attachment"),
      ("review list --state closed --state open", "janis", 2, "by themselves"),
      ("review snooze \(id) --until 2026-06-30 --reason wait", "janis", 1, "Claim it first"),
      ("review stats", "janis", 1, "role"),
      ("review stats --since 2026-07-02 --until 2026-07-01", "liga", 2, "lies after"),
      ("review nxt", "janis", 2, "next"),
    ]
    for refused in cases {
      let outcome = try desk.type(refused.line, as: refused.name)
      #expect(outcome.status == refused.status, "\(refused.line): \(outcome.errors)")
      #expect(outcome.errors.contains(refused.told), "\(refused.line): \(outcome.errors)")
      #expect(outcome.output == "", "\(refused.line)")
    }
    #expect(try desk.type("review claim \(id)").status == 0)
    let noReason = try desk.type(
      "review decide \(id) --change --outcome accept --text 'The invoice is not theirs.'")
    #expect(noReason.status == 1 && noReason.errors.contains("J-PAID  It was shown"))
    let other = try desk.type("review claim \(id)", as: "liga")
    #expect(other.status == 1 && other.errors.contains("claimed by janis"))
    let unsigned = try desk.house.run(["review", "list", "--database", desk.database])
    #expect(unsigned.status == 1 && unsigned.errors.contains("BONITAS_TOKEN"))
  }

  @Test func nextGivesWhatIsMostUrgentAndListsAreCutToWhatIsAskedFor() throws {
    let desk = try Desk()
    let all = try desk.json("review list")["cases"]?.arrayValue ?? []
    #expect(all.count > 5)
    let next = try desk.json("review next")
    #expect(next["case"]?["case"] == all.first?["case"])
    #expect(next["case"]?["holder"] == "janis")
    let mine = try desk.json("review list --mine")["cases"]?.arrayValue ?? []
    #expect(mine.map { $0["case"] } == [all.first?["case"]])
    let first = try #require(all.first?["case"]?.stringValue)
    let rest = try desk.json("review list --after \(first) --limit 2")["cases"]?.arrayValue ?? []
    #expect(rest.map { $0["case"] } == all.dropFirst().prefix(2).map { $0["case"] })
    let problems = try desk.json("review list --kind data-problem")["cases"]?.arrayValue ?? []
    #expect(!problems.isEmpty && problems.allSatisfy { $0["kind"] == "data problem" })
    #expect(try desk.type("review escalate \(first) --reason 'Two registers differ.'").status == 0)
    let seniors = try desk.json("review list --escalated")["cases"]?.arrayValue ?? []
    #expect(seniors.map { $0["case"] } == [.string(first)])
    #expect(try desk.json("review next", as: "liga")["case"]?["case"] == .string(first))
    let late = try desk.run(["review", "list", "--overdue", "--json"], on: "2026-11-01")
    #expect(try JSONReader.parse(late.output)["overdue"]?.integerValue ?? 0 > 0)
  }

  /// Nobody moves the clock of the cases: not to a day to come, not before the decisions, and readers move nothing.
  @Test func theDayOfTheCasesIsNotForTheAskingOf() throws {
    let desk = try Desk()
    let decision = try desk.decision("CAST-14")
    let added = try desk.house.run(
      ["users", "add", "olga", "--role", "auditor", "--database", desk.database],
      environment: desk.staff.environment("anna"))
    let auditor = ["BONITAS_TOKEN": added.output.trimmingCharacters(in: .newlines)]
    func count() throws -> Int? {
      let store = try FactStore(path: desk.database, mode: .existing, contributed: Tables.migrations)
      return try store.read { reader throws(SQLiteError) in
        try reader.sql.integer("SELECT count(*) FROM review_event")
      }
    }
    let list = ["review", "list", "--database", desk.database]
    let asked = try desk.house.run(list, environment: auditor)
    #expect(asked.status == 0, "\(asked.errors)")
    #expect(try count() == 0, "an auditor opens no case")
    let id = try desk.caseID("CAST-11")
    #expect(try desk.type("review claim \(id)").status == 0)
    let before = try count()
    for line in [
      "review list", "review show \(id)", "review next", "review claim \(id)",
      "review escalate \(id) --reason 'too hard'",
      "review note \(id) --text x", "review snooze \(id) --until 2029-01-02 --reason wait",
      "review release \(id) --reason 'not mine'", "contest \(decision) --reason x",
      "review attach \(id) --kind own-record --note x", "review --plain",
      "review decide \(id) --withdrawn --code J-WITHDRAWN --until 2033-01-01 --text 'The customer took it back.'",
    ] {
      for (day, told) in [("2999-01-01", "still to come"), ("2026-06-29", "too early")] {
        let words = line.split(separator: "'", omittingEmptySubsequences: false).enumerated().flatMap {
          place, part in
          place % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
        }
        let outcome = try desk.run(words, as: "janis", on: day)
        #expect(outcome.status == 2 && outcome.errors.contains(told), "\(line): \(outcome.errors)")
      }
    }
    let read = try desk.house.run(list + ["--business-date", "2999-01-01"], environment: auditor)
    #expect(read.status == 2)
    #expect(try count() == before)
  }

  /// That a decision has no effect is told wherever the rating goes.
  @Test func aContestedDecisionIsToldInListsAndRatings() throws {
    let desk = try Desk()
    let decision = try desk.decision("CAST-14")
    #expect(try desk.type("contest \(decision) --reason 'I have paid.'", as: "dace").status == 0)
    let id = "C" + decision.dropFirst()
    let file = desk.scratch.path("ratings.csv")
    func contested() throws -> [String] {
      #expect(try desk.run(["ratings", "export", "--output", file], on: nil).status == 0)
      return try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        .filter { !$0.hasSuffix(",") }.dropFirst().map(String.init)
    }
    let lines = try contested()
    #expect(lines.count == 1 && lines.first?.hasPrefix("CAST-14,") == true)
    #expect(lines.first?.hasSuffix(",\(decision),\(id)") == true)
    let rated = try desk.run(["rate", "CAST-14"], on: "2026-06-30")
    #expect(rated.output.contains("none against the customer until \(id) is answered"), "\(rated.output)")
    let order = Repository.root.appending(path: "sample-data/orders/electricity.json").path
    let ordered = try desk.run(["rate", "CAST-14", "--order", order, "--json"], on: "2026-06-30")
    #expect(try JSONReader.parse(ordered.output)["contested"] == .string(id))
    let other = try desk.run(["rate", "CAST-12", "--json"], on: "2026-06-30")
    #expect(try JSONReader.parse(other.output)["contested"] == .null)
    #expect(try desk.type("review claim \(id)").status == 0)
    let withdrawn = try desk.type(
      "review decide \(id) --withdrawn --code J-WITHDRAWN --text 'The customer took the contest back.'")
    #expect(withdrawn.status == 0, "\(withdrawn.errors)")
    #expect(try contested().isEmpty)
  }

  /// No file is written over the database, by whatever name it is called.
  @Test func theDatabaseIsNotWrittenOver() throws {
    let desk = try Desk()
    let link = desk.scratch.path("link.csv")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: desk.database)
    let twin = desk.scratch.path("twin.csv")
    try FileManager.default.linkItem(atPath: desk.database, toPath: twin)
    let roundabout = desk.scratch.folder.appending(path: ".").path + "/./desk.db"
    for path in [desk.database, desk.database + "-wal", desk.database + "-shm", link, twin, roundabout] {
      for line in ["ratings export --output \(path)", "review stats --csv \(path)"] {
        let outcome = try desk.run(line.split(separator: " ").map(String.init), as: "liga", on: nil)
        #expect(
          outcome.status == 1 && outcome.errors.contains("it is the database"), "\(line): \(outcome.errors)")
      }
    }
    #expect(try desk.run(["audit", "verify"], on: nil).status == 0)
  }

  @Test func rowsThatNobodyMendsAreDiscarded() throws {
    let desk = try Desk()
    let problems = try desk.json("review list --kind data-problem")["cases"]?.arrayValue ?? []
    let id = try #require(problems.first?["case"]?.stringValue)
    #expect(try desk.type("review claim \(id)").status == 0)
    let decided = try desk.type(
      "review decide \(id) --withdrawn --code J-FACTS --text 'Nobody needs these records.'")
    #expect(decided.status == 1 && decided.errors.contains("quarantine discard"), "\(decided.errors)")
    let rows =
      try JSONReader.parse(try desk.run(["quarantine", "list", "--json"], on: nil).output).arrayValue ?? []
    let numbers = rows.compactMap { $0["number"]?.integerValue.map(String.init) }
    #expect(!numbers.isEmpty)
    let discard = ["quarantine", "discard"] + numbers
    #expect(try desk.run(discard, on: nil).status == 2)
    #expect(try desk.run(discard + ["--reason", "Test records."], as: "dace", on: nil).status == 1)
    let unknown = try desk.run(discard + ["99999", "--reason", "Test records."], on: nil)
    #expect(unknown.status == 1 && unknown.errors.contains("99999"))
    let done = try desk.run(discard + ["--reason", "Test records."], on: nil)
    #expect(done.status == 0, "\(done.errors)")
    let again = try desk.run(discard + ["--reason", "Test records."], on: nil)
    #expect(again.status == 1 && again.errors.contains("settled already (discarded)"), "\(again.errors)")
    #expect(try desk.json("review list --kind data-problem")["cases"]?.arrayValue?.isEmpty == true)
    let log = try desk.run(["audit", "log", "--json"], on: nil)
    #expect(log.output.contains("quarantine discard") && log.output.contains("Test records."))
    #expect(try desk.run(["replay", "--all"], on: nil).status == 0)
    #expect(try desk.run(["audit", "verify"], on: nil).status == 0)
  }

  @Test func everythingThatIsOpenedIsRecorded() throws {
    let desk = try Desk()
    let id = try desk.caseID("CAST-11")
    #expect(try desk.type("review show \(id) --section features").status == 0)
    #expect(try desk.type("review show \(id) --record customer:CAST-11", as: "liga").status == 0)
    let events = try desk.json("review show \(id) --section history")["events"]?.arrayValue ?? []
    let views = events.filter { $0["kind"] == "viewed" }.map { [$0["actor"], $0["about"]?["what"]] }
    #expect(views == [["janis", "features"], ["liga", "customer:CAST-11"]])
    let log = try desk.run(["audit", "log", "--customer", "CAST-11", "--json"], on: nil)
    #expect(log.output.contains("review show"))
    // What cannot be recorded is not shown.
    try desk.change(
      "CREATE TRIGGER full BEFORE INSERT ON review_event BEGIN SELECT raise(ABORT, 'full'); END")
    let refused = try desk.type("review show \(id)")
    #expect(refused.status == 1 && refused.output == "")
    #expect(refused.errors.contains("Nothing is shown"))
  }

  @Test func theFiguresAreExported() throws {
    let desk = try Desk()
    let id = try desk.caseID("CAST-11")
    #expect(try desk.type("review claim \(id)").status == 0)
    #expect(
      try desk.type("review decide \(id) \(Self.withdrawal)").status == 0)
    let file = desk.scratch.path("review.csv")
    let stats = try desk.json("review stats --csv \(file)", as: "liga")
    #expect(stats["total"]?["decided"]?.integerValue == 1)
    let rows = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    #expect(
      rows[0].hasPrefix("of,name,decided,confirmed,changed,corrected,withdrawn,confirmable,overridden,"))
    let starts = rows.dropFirst().map { $0.split(separator: ",").prefix(3).joined(separator: ",") }
    #expect(starts == ["all,all,1", "reviewer,janis,1", "reason,K-CURRENCY,1"])
  }

  /// A decision of today opens its case at once; one for another day when a reviewer looks.
  @Test func ratingTellsWhoHasToLook() throws {
    let desk = try Desk()
    let rated = try desk.run(["rate", "CAST-11"], on: nil)
    #expect(rated.status == 0, "\(rated.errors)")
    #expect(rated.output.contains("It waits for a person as case R-"))
    let past = try desk.run(["rate", "CAST-20"], on: "2026-06-29")
    #expect(past.status == 0 && !past.output.contains("waits for a person"))
  }
}
