import FactStore
import Formats
import Foundation
import SQLite
import TestSupport
import Testing

@testable import bonitas

/// Users and tokens from outside: who gets in, who does not, and what is told.
@Suite struct AccessCommandTests {
  private let house = Program(folder: Repository.root)

  /// A database of the cast with its staff, and the program run on it.
  private struct Desk {
    let scratch: Scratch
    let staff: Staff
    let house = Program(folder: Repository.root)
    var database: String { scratch.path("desk.db") }

    init() throws {
      scratch = try Scratch()
      let files = try Inspection.sampleFiles().filter { $0.contains("/cast/") }
      #expect(try house.run(["ingest"] + files + ["--database", scratch.path("desk.db")]).status == 0)
      staff = try Staff(house, database: scratch.path("desk.db"))
    }

    func run(_ words: [String], as name: String? = nil) throws -> Program.Outcome {
      try house.run(words + ["--database", database], environment: name.map(staff.environment) ?? [:])
    }

    func run(_ words: [String], token: String) throws -> Program.Outcome {
      try house.run(words + ["--database", database], environment: ["BONITAS_TOKEN": token])
    }

    /// Does what the program has no command for.
    func change(_ statement: String) throws {
      let store = try FactStore(path: database, mode: .existing, contributed: Tables.migrations)
      try store.database.write { transaction throws(SQLiteError) in try transaction.execute(statement) }
    }
  }

  @Test func theFirstUserGetsInByTheTokenOnStandardOutput() throws {
    let scratch = try Scratch()
    let line = "users add anna --role administrator"
    let refused = try scratch.program.run("users add janis --role reviewer")
    #expect(refused.status == 1 && refused.output == "")
    #expect(refused.errors.contains("add --role administrator"))
    let added = try scratch.program.run(line)
    #expect(added.status == 0, "\(added.errors)")
    #expect(added.output.wholeMatch(of: /bonitas_1_[0-9a-f]{64}\n/) != nil)
    #expect(added.errors.hasPrefix("anna is added: administrator.\nToken 1 of anna counts until "))
    let token = added.output.trimmingCharacters(in: .newlines)
    #expect(!added.errors.contains(token))
    let listed = try scratch.program.run("users list", environment: ["BONITAS_TOKEN": token])
    #expect(listed.status == 0 && listed.output.contains("anna") && listed.output.contains("administrator"))
    // Whoever comes second without a token is too late.
    for name in ["anna", "eve"] {
      let late = try scratch.program.run("users add \(name) --role administrator")
      #expect(late.status == 1 && late.output == "")
      #expect(late.errors.contains("set BONITAS_TOKEN"))
    }
  }

  @Test func beforeThereAreUsersNobodyIsAsked() throws {
    let scratch = try Scratch()
    let database = ["--database", scratch.path("open.db")]
    #expect(try house.run(["ingest", "sample-data/cast/customers.csv"] + database).status == 0)
    #expect(try house.run(["customers", "find", "cast"] + database).status == 0)
    let list = try house.run(["users", "list"] + database)
    #expect(list.status == 1)
    #expect(list.errors.contains("there are none yet: 'bonitas users add NAME --role administrator'"))
    // A token of another database is nobody's here.
    let other = ["BONITAS_TOKEN": "bonitas_1_" + String(repeating: "a", count: 64)]
    #expect(try house.run(["customers", "find", "cast"] + database, environment: other).status == 0)
    let none = try house.run(["users", "list", "--database", scratch.path("none.db")])
    #expect(none.status == 1 && none.errors.contains("There is no database"))
  }

  @Test func onceThereAreUsersPersonalDataAreForThem() throws {
    let desk = try Desk()
    for words in [
      ["customers", "find", "cast"], ["customers", "show", "CAST-02"], ["features", "show", "CAST-02"],
      ["ratings", "export", "--output", "-"], ["quarantine", "list"], ["audit", "log"], ["explain", "D-1"],
    ] {
      let refused = try desk.run(words)
      #expect(refused.status == 1 && refused.output == "", "\(words)")
      #expect(
        refused.errors.hasPrefix("bonitas: Only users may do this: set BONITAS_TOKEN"), "\(refused.errors)")
    }
    for words in [
      ["rate", "CAST-14", "--business-date", "2026-06-30"], ["replay", "--all"], ["doctor"],
      ["audit", "verify"], ["audit", "head"], ["rules", "versions"],
    ] {
      let outcome = try desk.run(words)
      #expect(outcome.status == 0, "\(words): \(outcome.errors)")
    }
    for name in Staff.roles.map(\.name) {
      let outcome = try desk.run(["explain", "D-1"], as: name)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let log = try desk.run(["audit", "log", "--kind", "read", "--json"], as: "anna")
    let actors = try JSONReader.parse(log.output).arrayValue?.map { $0["payload"]?["actor"]?.stringValue }
    #expect(actors == ["anna", "janis", "liga", "dace", "anna"])
  }

  /// A new command has to be entered here by hand, which is when somebody thinks about who may run it.
  @Test func theseCommandsAndNoOthersRunWithoutAToken() {
    let open = Command.all.filter { command in
      switch command.needs {
      case .nobody, .anybody: true
      case .permission, .signedIn: false
      }
    }
    #expect(
      Set(open.map(\.title)) == [
        "demo", "ingest", "template", "rate", "rerate", "replay", "rules check", "rules test", "rules show",
        "rules diff", "rules versions", "audit verify", "audit head", "dmn evaluate", "dmn show", "dmn check",
        "dmn benchmark", "generate", "doctor", "debt verify", "users add", "tokens create", "stop list",
        // The service asks each caller for a token itself; refreshing features tells nothing; the simulator has no database.
        "serve", "features refresh", "simulate-registers",
      ])
  }

  @Test func rulesArePutInForceByAdministrators() throws {
    let desk = try Desk()
    for name in ["janis", "liga", "dace"] {
      let refused = try desk.run(["rules", "activate"], as: name)
      #expect(refused.status == 1)
      #expect(
        refused.errors.contains("This takes the role administrator, and \(name) has "), "\(refused.errors)")
    }
    #expect(try desk.run(["rules", "activate"]).errors.contains("Only users may do this"))
    #expect(try desk.run(["rules", "activate"], as: "anna").status == 0)
    let versions = try desk.run(["rules", "versions"])
    #expect(versions.output.contains("anna") || versions.status == 0)
  }

  @Test func nobodyActsUnderAnothersName() throws {
    let desk = try Desk()
    let rate = ["rate", "CAST-14", "--business-date", "2026-06-30", "--actor"]
    for name in ["janis", "JANIS", "jаnis", "janis "] {
      let refused = try desk.run(rate + [name])
      #expect(refused.status == 1 && refused.errors.contains("cannot be named as who does this"), "\(name)")
    }
    #expect(try desk.run(rate + ["nightly"]).status == 0)
    #expect(try desk.run(rate + ["system"]).status == 0)
    let other = try desk.run(rate + ["liga"], as: "janis")
    #expect(other.status == 1 && other.errors.contains("is janis's, so nothing can be done as 'liga'"))
    #expect(try desk.run(rate + ["janis"], as: "janis").status == 0)
    #expect(try desk.run(["rate", "CAST-13", "--business-date", "2026-06-30"], as: "liga").status == 0)
    let log = try desk.run(["audit", "log", "--kind", "decision", "--json"], as: "anna")
    let actors = try JSONReader.parse(log.output).arrayValue?.map { $0["payload"]?["actor"]?.stringValue }
    #expect(actors == ["nightly", "system", "janis", "liga"])
  }

  @Test func refusedSignInsAreToldAndEnteredWithoutTheSecret() throws {
    let desk = try Desk()
    let janis = try #require(desk.staff.tokens["janis"])
    let wrong = janis.dropLast(4) + "0000"
    for (token, sentence) in [
      ("hello", "is not a token"), (janis + "x", "is not a token"), (" " + janis, "is not a token"),
      (String(wrong), "is not known to this database"),
      (janis.replacing("bonitas_2_", with: "bonitas_1_"), "is not known to this database"),
      (janis.replacing("bonitas_2_", with: "bonitas_77_"), "is not known to this database"),
    ] {
      for words in [["customers", "find", "cast"], ["rate", "CAST-14"], ["users", "list"]] {
        let refused = try desk.run(words, token: token)
        #expect(refused.status == 1 && refused.output == "")
        #expect(refused.errors.contains(sentence), "\(words): \(refused.errors)")
        #expect(!refused.errors.contains(token.suffix(40)) || token == "hello")
      }
    }
    try desk.change("UPDATE access_token SET expires = 1780000000000000 WHERE id = 2")
    let expired = try desk.run(["customers", "find", "cast"], as: "janis")
    #expect(expired.status == 1)
    #expect(
      expired.errors.contains(
        "Token 2 of janis expired at 2026-05-28T20:26:40.000000Z. An administrator makes a new one"),
      "\(expired.errors)")
    let json = try desk.run(["customers", "find", "cast", "--json"], as: "janis")
    #expect(try JSONReader.parse(json.errors)["error"]?["code"]?.stringValue == "access.expired-token")

    let log = try desk.run(["audit", "log", "--kind", "access", "--limit", "100", "--json"], as: "anna")
    let refusals = (try JSONReader.parse(log.output).arrayValue ?? []).filter {
      $0["payload"]?["about"]?["act"]?.stringValue == "refused"
    }
    #expect(refusals.count == 20)
    var bytes = Data()
    for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: desk.database + suffix) {
      bytes += try Data(contentsOf: URL(fileURLWithPath: desk.database + suffix))
    }
    for token in desk.staff.tokens.values {
      #expect(bytes.range(of: Data(token.suffix(64).utf8)) == nil)
      #expect(!log.output.contains(token.suffix(64)))
    }
  }

  @Test func usersAreManaged() throws {
    let desk = try Desk()
    let mistyped = try desk.run(["users", "add", "karl", "--role", "reviwer"], as: "anna")
    #expect(mistyped.status == 2 && mistyped.errors.contains("did you mean 'reviewer'?"))
    #expect(try desk.run(["users", "add", "karl"], as: "anna").status == 2)
    let taken = try desk.run(["users", "add", "Janis", "--role", "auditor"], as: "anna")
    #expect(taken.status == 1 && taken.errors.contains("There is a user janis already."))
    let bad = try desk.run(["users", "add", "kārlis", "--role", "auditor"], as: "anna")
    #expect(bad.status == 1 && bad.errors.contains("is no name for a user"))
    let unasked = try desk.run(["users", "add", "karl", "--role", "auditor"], as: "liga")
    #expect(unasked.status == 1 && unasked.errors.contains("and liga has reviewer, senior"))

    let own = ["users", "roles", "anna", "--grant", "reviewer", "--reason", "more work"]
    #expect(try desk.run(own, as: "anna").errors.contains("changed by another administrator"))
    let grant = ["users", "roles", "janis", "--grant", "senior"]
    #expect(try desk.run(grant, as: "anna").status == 2)
    #expect(try desk.run(grant + ["--reason", " "], as: "anna").errors.contains("Say why"))
    #expect(
      try desk.run(["users", "roles", "jnais", "--grant", "senior", "--reason", "x"], as: "anna").errors
        .contains("Did you mean 'janis'?"))
    let granted = try desk.run(grant + ["--reason", "stands in"], as: "anna")
    #expect(granted.output == "janis is now: reviewer, senior.\n")
    #expect(
      try desk.run(grant + ["--reason", "stands in"], as: "anna").output
        == "janis was already: reviewer, senior. Nothing was changed.\n")
    let both = try desk.run(grant + ["--withdraw", "senior", "--reason", "x"], as: "anna")
    #expect(both.status == 2)

    #expect(
      try desk.run(["users", "disable", "janis", "--reason", "left"], as: "anna").output
        == "janis is disabled; their tokens are revoked.\n")
    let gone = try desk.run(["customers", "find", "cast"], as: "janis")
    #expect(gone.status == 1 && gone.errors.contains("Token 2 of janis was revoked at "))
    #expect(
      try desk.run(["users", "disable", "anna", "--reason", "left"], as: "anna").errors.contains(
        "You are anna, "))
    #expect(try desk.run(["users", "enable", "janis", "--reason", "back"], as: "anna").status == 0)

    let listed = try desk.run(["users", "list", "--json"], as: "dace")
    let users = try JSONReader.parse(listed.output).arrayValue ?? []
    #expect(users.compactMap { $0["name"]?.stringValue } == ["anna", "dace", "janis", "liga"])
    #expect(users[2]["roles"]?.arrayValue?.count == 2)
    #expect(users[2]["tokenUntil"] == .null)
    #expect(try desk.run(["users", "list"], as: "liga").status == 1)
    for command in [["audit", "verify"], ["doctor"]] {
      let outcome = try desk.run(command)
      #expect(outcome.status == 0, "\(outcome.output)")
    }
  }

  @Test func tokensAreManaged() throws {
    let desk = try Desk()
    let made = try desk.run(["tokens", "create", "--label", "laptop", "--days", "10", "--json"], as: "janis")
    let json = try JSONReader.parse(made.output)
    let text = try #require(json["text"]?.stringValue)
    #expect(json["token"]?["label"]?.stringValue == "laptop")
    #expect(json["token"]?["user"]?.stringValue == "janis")
    // A token that ends soon says so, beside the answer.
    let warned = try desk.run(["customers", "find", "cast"], token: text)
    #expect(warned.status == 0)
    #expect(warned.errors.hasPrefix("Your token 5 expires in 9 days"))
    #expect(try desk.run(["customers", "find", "cast"], as: "janis").errors == "")

    let foreign = try desk.run(["tokens", "create", "--user", "liga"], as: "janis")
    #expect(foreign.status == 1 && foreign.output == "")
    #expect(try desk.run(["tokens", "create"]).errors.contains("set BONITAS_TOKEN"))
    #expect(try desk.run(["tokens", "create", "--user", "anna"]).errors.contains("set BONITAS_TOKEN"))
    #expect(try desk.run(["tokens", "create", "--days", "367"], as: "janis").status == 2)

    let own = try JSONReader.parse(try desk.run(["tokens", "list", "--json"], as: "janis").output)
    #expect(own.arrayValue?.compactMap { $0["id"]?.integerValue } == [2, 5])
    #expect(try desk.run(["tokens", "list", "--all"], as: "janis").status == 1)
    #expect(try desk.run(["tokens", "list", "--user", "liga"], as: "janis").status == 1)
    let all = try JSONReader.parse(try desk.run(["tokens", "list", "--all", "--json"], as: "anna").output)
    #expect(all.arrayValue?.count == 5)

    #expect(
      try desk.run(["tokens", "revoke", "3"], as: "janis").errors.contains("There is no token 3, or it is"))
    #expect(
      try desk.run(["tokens", "revoke", "2"], as: "janis").output == "Token 2 of janis is revoked.\n")
    #expect(try desk.run(["tokens", "list"], as: "janis").status == 1)
    #expect(try desk.run(["tokens", "list"], token: text).output.contains("revoked"))
    #expect(try desk.run(["tokens", "revoke", "1"], as: "anna").errors.contains("last administrator"))
  }

  @Test func whoseTokensAllExpiredIsHelped() throws {
    let desk = try Desk()
    try desk.change("UPDATE access_token SET expires = 1780000000000000")
    #expect(try desk.run(["tokens", "create", "--user", "janis"]).status == 1)
    let helped = try desk.run(["tokens", "create", "--user", "anna"])
    #expect(helped.status == 0, "\(helped.errors)")
    let token = helped.output.trimmingCharacters(in: .newlines)
    #expect(try desk.run(["users", "list"], token: token).status == 0)
    #expect(try desk.run(["tokens", "create", "--user", "anna"]).status == 1)
  }

  /// Many shells that each want to be the first user: one is, and every other is told so.
  @Test func oneOfManyIsTheFirstUser() throws {
    let scratch = try Scratch()
    let runs = try (1...8).map { number in
      try scratch.program.start(["users", "add", "user\(number)", "--role", "administrator"])
    }
    let outcomes = try runs.map { try $0.wait() }
    #expect(outcomes.count { $0.status == 0 } == 1, "\(outcomes.map(\.errors))")
    for outcome in outcomes where outcome.status != 0 {
      #expect(outcome.output == "" && outcome.errors.contains("set BONITAS_TOKEN"), "\(outcome.errors)")
    }
    #expect(try scratch.program.run("audit verify").status == 0)
  }
}
