import Formats
import Foundation
import TestSupport
import Testing

@testable import bonitas

/// Users and tokens of programs from outside.
@Suite struct ServiceTokenCommandTests {
  /// An empty database with the staff and a program's user.
  private struct Desk {
    let scratch: Scratch
    let staff: Staff

    init() throws {
      scratch = try Scratch()
      staff = try Staff(scratch.program, database: "bonitas.db")
      let added = try run(["users", "add", "order-intake", "--role", "service"])
      #expect(added.status == 0 && added.output == "", "\(added.errors)")
      #expect(
        added.errors.hasPrefix("order-intake is added: service. 'bonitas tokens create --user order-intake"))
    }

    func run(_ words: [String], as name: String = "anna") throws -> Program.Outcome {
      try scratch.program.run(words, environment: staff.environment(name))
    }
  }

  private static let create = [
    "tokens", "create", "--user", "order-intake", "--scope", "decide", "--scope", "read", "--company",
    "Elektrum",
    "--purpose", "order-intake",
  ]

  @Test func aTokenForAProgramIsMadeAndListedAndRevoked() throws {
    let desk = try Desk()
    let made = try desk.run(Self.create)
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.output.wholeMatch(of: /bonitas_5_[0-9a-f]{64}\n/) != nil)
    #expect(
      made.errors.hasPrefix(
        "It may decide, read for Elektrum (order-intake); decisions of this company alone; 100 requests a second, 200 at "
          + "once.\nToken 5 of order-intake counts until "), "\(made.errors)")
    #expect(made.errors.hasSuffix("order-intake sends it as 'Authorization: Bearer' and this:\n"))

    let more = [
      "--rate", "500", "--burst", "1000", "--sees", "all", "--jurisdiction", "LV", "--jurisdiction", "EE",
      "--json",
    ]
    let json = try JSONReader.parse(try desk.run(Self.create + more).output)
    #expect(
      json["token"]?["service"]?.canonical
        == #"{"burst":1000,"company":"Elektrum","jurisdictions":["EE","LV"],"purpose":"order-intake","rate":500,"#
        + #""scopes":["decide","read"],"sees":"all","sources":["supplier"]}"#)

    let listed = try desk.run(["tokens", "list", "--user", "order-intake"])
    #expect(
      listed.output.contains(
        "Token 6: decide, read for Elektrum (order-intake); decisions of everybody, customers of EE, LV alone; 500 "
          + "requests a second, 1 000 at once.\n"), "\(listed.output)")
    let all =
      try JSONReader.parse(try desk.run(["tokens", "list", "--all", "--json"]).output).arrayValue ?? []
    #expect(all.count == 6 && all[0]["service"] == .null && all[4]["service"]?["sees"] == "own")
    #expect(!(try desk.run(["tokens", "list"]).output.contains("Token ")))

    #expect(try desk.run(["tokens", "revoke", "5"], as: "janis").errors.contains("There is no token 5"))
    #expect(try desk.run(["tokens", "revoke", "5"]).output == "Token 5 of order-intake is revoked.\n")
    #expect(try desk.run(["audit", "verify"]).status == 0)
  }

  @Test func aProgramRunsNoCommand() throws {
    let desk = try Desk()
    let token = try desk.run(Self.create).output.trimmingCharacters(in: .newlines)
    for words in [
      ["tokens", "list"], ["users", "list"], ["audit", "log"], ["users", "add", "eve", "--role", "auditor"],
    ] {
      let refused = try desk.scratch.program.run(words, environment: ["BONITAS_TOKEN": token])
      #expect(refused.status == 1 && refused.output == "")
      #expect(refused.errors.contains("Token 5 is for the program order-intake"), "\(refused.errors)")
    }
    let log = try JSONReader.parse(
      try desk.run(["audit", "log", "--kind", "access", "--limit", "1", "--json"]).output)
    #expect(
      log[0]?["payload"]?["about"]?.canonical
        == #"{"act":"refused","code":"access.service-token","command":"users add","token":5,"user":"order-intake"}"#
    )
  }

  @Test(arguments: [
    (
      ["--company", "A"],
      "--company is for tokens of programs, and those say what they may ask for: add --scope."
    ),
    (["--rate", "5"], "--rate is for tokens of programs"),
    (["--jurisdiction", "LV"], "--jurisdiction is for tokens"),
    (["--scope", "read"], "add --company COMPANY"),
    (["--scope", "read", "--company", "A"], "add --purpose PURPOSE"),
    (["--scope", "raed"], "did you mean 'read'?"),
    (["--scope", "read", "--sees", "none"], "is not one of own, all"),
    (["--scope", "read", "--rate", "0"], "is not between 1 and 100000"),
    (["--scope", "read", "--burst", "1000001"], "is not between 1 and 1000000"),
    (["--scope", "read", "--jurisdiction", "lv"], "is not the code of a country in two capital letters"),
    (["--scope", "read", "--company", "A\nB"], "holds a control character"),
  ])
  func wrongUseIsTold(_ words: [String], _ sentence: String) throws {
    let scratch = try Scratch()
    let refused = try scratch.program.run(["tokens", "create", "--user", "x"] + words)
    // Whether there is a database is looked at first where the words themselves are well formed.
    #expect(refused.status == 2 && refused.output == "")
    #expect(refused.errors.contains(sentence), "\(refused.errors)")
  }

  @Test func whatIsNoTokenForAProgramIsRefused() throws {
    let desk = try Desk()
    let rest = ["--company", "Elektrum", "--purpose", "x"]
    for (words, code) in [
      (["tokens", "create", "--user", "order-intake"], "access.service-without-grant"),
      (["tokens", "create", "--scope", "read"] + rest, "access.person-with-grant"),
      (["tokens", "create", "--user", "janis", "--scope", "read"] + rest, "access.person-with-grant"),
      (Self.create.map { $0 == "Elektrum" ? "12" : $0 }, "access.bad-company"),
      (Self.create.dropLast() + ["Order intake"], "access.bad-purpose"),
      (["users", "add", "crm", "--role", "service", "--role", "auditor"], "access.service-stands-alone"),
    ] {
      let refused = try desk.run(words + ["--json"])
      #expect(refused.status == 1 && refused.output == "")
      #expect(
        try JSONReader.parse(refused.errors)["error"]?["code"]?.stringValue == code, "\(refused.errors)")
    }
    _ = try desk.run(Self.create)
    let spelled = try desk.run(Self.create.map { $0 == "Elektrum" ? "ELEKTRUM" : $0 })
    #expect(spelled.status == 1 && spelled.errors.contains("Take --company 'Elektrum'."))
    let days = try desk.run(["users", "add", "crm", "--role", "service", "--days", "3"])
    #expect(days.status == 2 && days.errors.contains("--days is for the first token"))
    let granted = try desk.run(["users", "roles", "janis", "--grant", "service", "--reason", "x"])
    #expect(granted.status == 2 && granted.errors.contains("is not one of reviewer"))
    let json = try JSONReader.parse(
      try desk.run(["users", "add", "crm", "--role", "service", "--json"]).output)
    #expect(json["user"]?["roles"]?.canonical == #"["service"]"# && json["text"] == .null)
    #expect(try desk.run(Self.create, as: "janis").status == 1)
  }
}
