import AuditLog
import FactStore
import SQLite
import TestSupport
import Testing
import Values

@testable import Access

/// The number by which the service knows that what it keeps of tokens still holds.
@Suite struct GenerationTests {
  @Test func everyChangeGivesANewNumber() throws {
    let office = try Office()
    var last = try office.generation()
    #expect(last == 0)
    func expectChange(_ body: () throws -> Void) throws {
      try body()
      let now = try office.generation()
      #expect(now > last)
      last = now
    }
    try expectChange { try office.add("anna", [.administrator]) }
    try expectChange { _ = try office.issue("anna") }
    try expectChange { try office.add("janis", [.reviewer], by: "anna") }
    try expectChange { try office.add("order-intake", [.service], by: "anna") }
    try expectChange { _ = try office.issue("order-intake", grant: try Office.grant(), by: "anna") }
    try expectChange { _ = try office.issue("janis", by: "anna") }
    try expectChange { _ = try office.change("janis", granting: [.senior], by: "anna") }
    try expectChange { _ = try office.change("janis", withdrawing: [.senior], by: "anna") }
    // The newest token first, then one with a smaller number.
    try expectChange { _ = try office.revoke(3, by: "anna") }
    try expectChange { _ = try office.revoke(2, by: "anna") }
    try expectChange { _ = try office.disable("janis", by: "anna") }
    try expectChange { _ = try office.enable("janis", by: "anna") }
    try expectChange { _ = try office.disable("order-intake", by: "anna") }
  }

  @Test func nothingElseDoes() throws {
    let (office, text) = try Office.serving(try Office.grant())
    let before = try office.generation()
    let token = try office.ask(text)
    let audit = office.audit
    // Other writes, refused ones, and ones that change nothing.
    try office.write { write throws(AccessError) in
      try AccessStore.enterRefusal(.unknownToken, of: nil, command: "x", audit: audit, in: write)
    }
    for note in Disclosure.notes([Disclosure(.decision, decision: "D-1", customer: 1, to: token)]) {
      try office.write { write throws(AccessError) in
        try AccessError.wrapping { () throws(SQLiteError) in _ = try audit.append(note, in: write.sql) }
      }
    }
    #expect(try !office.change("order-intake", withdrawing: [.reviewer], by: "anna"))
    #expect(try !office.enable("order-intake", by: "anna"))
    #expect(refusal { try office.add("eve", [], by: "anna") } != nil)
    #expect(refusal { _ = try office.issue("nobody", by: "anna") } != nil)
    #expect(refusal { _ = try office.revoke(99, by: "anna") } != nil)
    office.pass(days: 400)
    #expect(refusal { _ = try office.ask(text) } == "access.expired-token")
    #expect(try office.generation() == before)
  }

  /// It is asked with every request, so it must not grow with the tables.
  @Test func noTableIsWalked() throws {
    let (office, _) = try Office.opened()
    let steps = try office.store.read { reader throws(SQLiteError) in
      try reader.sql.all("EXPLAIN QUERY PLAN " + AccessStore.generationQuery) { row throws(SQLiteError) in
        try row.text(3)
      }
    }
    #expect(steps.contains { $0.contains("access_revocation_sequence") })
    for step in steps where step.hasPrefix("SCAN") { #expect(step == "SCAN CONSTANT ROW") }
  }

  @Test func anOldDatabaseIsTakenOver() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("old.db")
    let audit = AuditLog(salts: SaltSource(key: SHA256.hash("a fixed key")))
    let secret = Array(repeating: UInt8(7), count: 32)
    let at = Instant(microseconds: 1_780_000_000_000_000)
    let text = try #require(TokenText(id: 1, secret: secret))
    do {
      let old = try FactStore(
        path: path, contributed: AuditLog.migrations + AccessStore.migrations.prefix(1))
      let digest = text.digest.bytes
      try old.write(actor: "system", at: at, purpose: "test") { write throws(AccessError) in
        let anna = try AccessStore.add(
          try UserName("anna"), roles: [.administrator], by: nil, audit: audit, in: write)
        try AccessError.wrapping { () throws(SQLiteError) in
          try write.sql.run(
            "INSERT INTO access_token (id, user, label, digest, expires, sequence) VALUES (1, ?, '', ?, ?, ?)",
            anna.key, digest, at.microseconds + 1, write.sequence)
        }
        try AccessStore.enter(
          "token issued", "anna", token: 1, rows: [AuditedRow(.token, 1)], audit, in: write)
      }
    }
    let new = try FactStore(path: path, contributed: AuditLog.migrations + AccessStore.migrations)
    let signedIn = try new.read { reader throws(AccessError) in
      try AccessStore.authenticate(text, at: at, in: reader.sql)
    }
    #expect(signedIn.actor == Actor(name: "anna", roles: [.administrator]) && signedIn.token.grant == nil)
    try new.write(actor: "anna", at: at, purpose: "test") { write throws(AccessError) in
      try AccessStore.add(
        try UserName("crm"), roles: [.service], by: signedIn.actor, audit: audit, in: write)
      _ = try AccessStore.issue(
        to: "crm", label: "", grant: try Office.grant(), secret: secret, by: signedIn.actor, audit: audit,
        in: write)
    }
    let report = try new.read { reader throws(SQLiteError) in
      try AuditVerifier(AccessStore.auditedTables).verify(anchor: nil, in: reader.sql)
    }
    #expect(report.finding == nil && report.unaudited == 0)
  }
}
