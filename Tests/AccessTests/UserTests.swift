import AuditLog
import FactStore
import Formats
import SQLite
import Testing

@testable import Access

/// Who is added, what they may do, and who may change that.
@Suite struct UserTests {
  @Test func theFirstUserIsAnAdministrator() throws {
    let office = try Office()
    #expect(refusal { try office.add("janis", [.reviewer]) } == "access.first-must-administer")
    #expect(refusal { try office.add("janis", []) } == "access.first-must-administer")
    let anna = try office.add("anna", [.administrator])
    #expect(anna.roles == [.administrator] && !anna.isDisabled && anna.addedBy == "system")
    #expect(refusal { try office.add("peter", [.administrator]) } == "access.no-token")
    #expect(refusal { try office.add("anna", [.administrator]) } == "access.no-token")
  }

  @Test func onlyAdministratorsAddUsers() throws {
    let (office, _) = try Office.opened()
    try office.add("janis", [.reviewer], by: "anna")
    #expect(refusal { try office.add("liga", [.senior], by: "janis") } == "access.not-permitted")
    #expect(refusal { try office.add("liga", [.senior], by: "nobody") } == "access.not-permitted")
    #expect(refusal { try office.add("liga", [], by: "anna") } == "access.no-role")
    #expect(try office.user("liga") == nil)
  }

  @Test func aNameIsTakenInAnyCase() throws {
    let (office, _) = try Office.opened()
    #expect(refusal { try office.add("Anna", [.reviewer], by: "anna") } == "access.user-exists")
    #expect(try office.user("ANNA")?.name == "anna")
  }

  @Test(arguments: [
    "", " anna", "anna ", "an na", "аnna", "1anna", "-x", "anna\n", "anna\u{0}", "ānna", "a;drop table",
    String(repeating: "a", count: 65),
  ])
  func refusesNamesThatMislead(_ name: String) throws {
    #expect(refusal { _ = try UserName(name) } == "access.bad-name")
  }

  @Test(arguments: ["system", "System", "SYSTEM"])
  func keepsTheNameOfTheProgram(_ name: String) {
    #expect(refusal { _ = try UserName(name) } == "access.reserved-name")
  }

  @Test(arguments: ["a", "anna.berzina@example.lv", "x-1_y", String(repeating: "a", count: 64)])
  func takesOrdinaryNames(_ name: String) throws { #expect(try UserName(name).description == name) }

  @Test func rolesAreGivenAndTaken() throws {
    let (office, _) = try Office.opened()
    try office.add("janis", [.reviewer], by: "anna")
    #expect(try office.change("janis", granting: [.senior, .auditor], withdrawing: [.reviewer], by: "anna"))
    #expect(try office.user("janis")?.roles == [.senior, .auditor])
    #expect(try !office.change("janis", granting: [.senior], withdrawing: [.reviewer], by: "anna"))
    #expect(
      refusal { _ = try office.change("janis", withdrawing: [.senior, .auditor], by: "anna") }
        == "access.no-role")
    #expect(try office.user("janis")?.roles == [.senior, .auditor])
    #expect(
      refusal { _ = try office.change("nemo", granting: [.senior], by: "anna") } == "access.unknown-user")
  }

  @Test(arguments: ["", "   ", "...", "\n"])
  func aChangeNeedsAReason(_ reason: String) throws {
    let (office, _) = try Office.opened()
    try office.add("janis", [.reviewer], by: "anna")
    #expect(
      refusal { _ = try office.change("janis", granting: [.senior], reason: reason, by: "anna") }
        == "access.no-reason")
    #expect(refusal { _ = try office.disable("janis", reason: reason, by: "anna") } == "access.no-reason")
  }

  @Test func nobodyChangesTheirOwnRoles() throws {
    let (office, _) = try Office.opened()
    try office.add("bruno", [.administrator], by: "anna")
    for name in ["anna", "ANNA"] {
      #expect(
        refusal { _ = try office.change(name, granting: [.senior], by: "anna") } == "access.own-account")
      #expect(refusal { _ = try office.disable(name, by: "anna") } == "access.own-account")
      #expect(refusal { _ = try office.enable(name, by: "anna") } == "access.own-account")
    }
    #expect(try office.user("anna")?.roles == [.administrator])
  }

  /// Two administrators who take each other's role away at once: one of them is too late.
  @Test func oneAdministratorIsAlwaysLeft() throws {
    let (office, _) = try Office.opened()
    try office.add("bruno", [.administrator], by: "anna")
    _ = try office.issue("bruno", by: "anna")
    let bruno = try office.actor("bruno")
    try office.add("clara", [.reviewer], by: "anna")
    #expect(try office.change("bruno", granting: [.auditor], withdrawing: [.administrator], by: "anna"))
    // Bruno signed in while he still was one.
    #expect(bruno.may(.administer))
    let audit = office.audit
    #expect(
      refusal {
        try office.write(actor: "bruno") { write throws(AccessError) in
          _ = try AccessStore.disable("anna", reason: "x", by: bruno, audit: audit, in: write)
        }
      } == "access.not-permitted")
    #expect(try office.user("anna")?.isDisabled == false)
  }

  @Test func theLastAdministratorWithATokenStays() throws {
    let (office, _) = try Office.opened()
    try office.add("bruno", [.administrator], by: "anna")
    // Bruno has no token: he could not sign in to act, and yet a caller may hand in his name.
    #expect(refusal { _ = try office.disable("anna", by: "bruno") } == "access.last-administrator")
    #expect(
      refusal {
        _ = try office.change("anna", granting: [.auditor], withdrawing: [.administrator], by: "bruno")
      } == "access.last-administrator")
    #expect(try office.user("anna")?.actor.may(.administer) == true)
    #expect(refusal { _ = try office.revoke(1, by: "anna") } == "access.last-administrator")
    _ = try office.issue("bruno", by: "anna")
    #expect(try office.disable("anna", by: "bruno"))
  }

  @Test func aDisabledUserDoesNothing() throws {
    let (office, _) = try Office.opened()
    try office.add("janis", [.reviewer], by: "anna")
    let token = try office.issue("janis", by: "anna").text
    #expect(try office.signIn(token).roles == [.reviewer])
    #expect(try office.disable("janis", by: "anna"))
    #expect(try !office.disable("janis", by: "anna"))
    #expect(refusal { _ = try office.signIn(token) } == "access.revoked-token")
    #expect(refusal { _ = try office.issue("janis", by: "anna") } == "access.disabled-user")
    #expect(try office.user("janis")?.actor.roles == [])
    // Enabled again, the tokens from before stay revoked.
    #expect(try office.enable("janis", by: "anna"))
    #expect(refusal { _ = try office.signIn(token) } == "access.revoked-token")
    #expect(try office.signIn(try office.issue("janis", by: "anna").text).name == "janis")
  }

  @Test func everythingIsEnteredInTheAuditLog() throws {
    let (office, _) = try Office.opened()
    try office.add("janis", [.reviewer], by: "anna")
    _ = try office.issue("janis", by: "anna")
    _ = try office.change("janis", granting: [.senior], by: "anna")
    _ = try office.disable("janis", by: "anna")
    _ = try office.enable("janis", by: "anna")
    let entries = try office.store.read { reader throws(AuditError) in
      try AuditLog.entries(.init(kind: .access, limit: 100), in: reader.sql)
    }
    #expect(
      entries.compactMap { $0.payload?.about["act"]?.stringValue } == [
        "user added", "token issued", "user added", "token issued", "roles changed", "user disabled",
        "user enabled",
      ])
    #expect(entries.map { $0.payload?.actor } == ["system", "system"] + Array(repeating: "anna", count: 5))
    let report = try office.verify()
    #expect(report.finding == nil)
    // Two users, two tokens, three roles, disabled, enabled, one revocation.
    #expect(report.rows == 10)
    #expect(report.unaudited == 0)
  }

  @Test(arguments: [
    "UPDATE access_user SET name = 'eve' WHERE key = 2",
    "INSERT INTO access_change (user, kind, role, reason, sequence) VALUES (2, 'granted', 'administrator', '', 1)",
    "DELETE FROM access_change WHERE kind = 'disabled'",
    "UPDATE access_token SET digest = zeroblob(32)", "UPDATE access_token SET expires = expires + 1",
    "DELETE FROM access_revocation",
  ])
  func whatIsChangedBesideTheProgramIsFound(_ statement: String) throws {
    let (office, _) = try Office.opened()
    try office.add("janis", [.reviewer], by: "anna")
    _ = try office.issue("janis", by: "anna")
    _ = try office.disable("janis", by: "anna")
    #expect(try office.verify().finding == nil)
    try office.tamper(statement)
    #expect(try office.verify().finding != nil)
  }

  @Test func aRoleThatThisProgramDoesNotKnowIsDamage() throws {
    let (office, _) = try Office.opened()
    try office.tamper("UPDATE access_change SET role = 'king'")
    #expect(refusal { _ = try office.user("anna") } == "access.damaged")
  }
}
