import AuditLog
import FactStore
import Formats
import Foundation
import SQLite
import TestSupport
import Testing
import Values

@testable import Access

/// Tokens: who gets in by them, until when, and what the store knows of them.
@Suite struct TokenTests {
  @Test func aTokenSignsItsUserIn() throws {
    let (office, anna) = try Office.opened()
    #expect(try office.signIn(anna) == Actor(name: "anna", roles: [.administrator]))
    #expect(try office.signIn(try TokenText(anna.revealed)).name == "anna")
    // Roles are those of now, not of the day when the token was made.
    try office.add("janis", [.reviewer], by: "anna")
    let janis = try office.issue("janis", by: "anna").text
    _ = try office.change("janis", granting: [.senior], withdrawing: [.reviewer], by: "anna")
    #expect(try office.signIn(janis).roles == [.senior])
  }

  @Test(arguments: [
    "", "bonitas", "bonitas_", "bonitas_1_", "bonitas__" + String(repeating: "a", count: 64), "_1_2",
    "bonitas_1_" + String(repeating: "a", count: 63), "bonitas_1_" + String(repeating: "a", count: 65),
    "bonitas_1_" + String(repeating: "g", count: 64), "bonitas_01_" + String(repeating: "a", count: 64),
    "bonitas_-1_" + String(repeating: "a", count: 64), "bonitas_0_" + String(repeating: "a", count: 64),
    "bonitas_+1_" + String(repeating: "a", count: 64), "BONITAS_1_" + String(repeating: "a", count: 64),
    "bonitas_9223372036854775808_" + String(repeating: "a", count: 64),
    "'bonitas_1_" + String(repeating: "a", count: 64) + "'",
    "bonitas_1_" + String(repeating: "a", count: 64) + "\n",
    " bonitas_1_" + String(repeating: "a", count: 64), "bonitas_1_" + String(repeating: "ā", count: 64),
    "bonitas_1_" + String(repeating: "a", count: 64) + "_1", String(repeating: "_", count: 100_000),
  ])
  func refusesWhatIsNoToken(_ text: String) {
    #expect(refusal { _ = try TokenText(text) } == "access.malformed-token")
  }

  @Test func aWrongNumberAndAWrongSecretAreToldAlike() throws {
    let (office, anna) = try Office.opened()
    try office.add("janis", [.reviewer], by: "anna")
    _ = try office.issue("janis", by: "anna")
    let secret = String(anna.revealed.suffix(64))
    let zeros = String(repeating: "0", count: 64)
    for text in ["bonitas_2_" + secret, "bonitas_99_" + secret, "bonitas_1_" + zeros, "bonitas_99_" + zeros] {
      let token = try TokenText(text)
      #expect(refusal { _ = try office.signIn(token) } == "access.unknown-token")
    }
    // One bit off.
    for place in 0..<64 {
      var digits = Array(secret.utf8)
      digits[place] = digits[place] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
      let token = try TokenText("bonitas_1_" + String(decoding: digits, as: UTF8.self))
      #expect(refusal { _ = try office.signIn(token) } == "access.unknown-token")
    }
  }

  @Test func digestsAreComparedWhole() {
    let one = SHA256.hash("one")
    #expect(one.isSame(as: SHA256.hash("one")))
    for place in 0..<Digest.byteCount {
      var bytes = one.bytes
      bytes[place] ^= 0x80
      #expect(Digest(bytes: bytes).map { one.isSame(as: $0) } == false)
    }
  }

  @Test func aTokenEndsAtItsInstant() throws {
    let (office, anna) = try Office.opened()
    try office.add("janis", [.reviewer], by: "anna")
    let (text, token) = try office.issue("janis", days: 1, by: "anna")
    #expect(token.expires.microseconds - office.now.microseconds == 86_400_000_000)
    office.now = Instant(microseconds: token.expires.microseconds - 1)
    #expect(try office.signIn(text).name == "janis")
    office.now = token.expires
    #expect(refusal { _ = try office.signIn(text) } == "access.expired-token")
    // An expired token tells so only to who holds it.
    let guess = try TokenText("bonitas_\(token.id)_" + String(repeating: "0", count: 64))
    #expect(refusal { _ = try office.signIn(guess) } == "access.unknown-token")
    #expect(try office.signIn(anna).name == "anna")
  }

  @Test(arguments: [0, -1, 367, Int.max, Int.min])
  func aTokenCountsADayToAYear(_ days: Int) throws {
    let (office, _) = try Office.opened()
    #expect(refusal { _ = try office.issue("anna", days: days, by: "anna") } == "access.bad-days")
  }

  @Test func badLabelsAndSecretsAreRefused() throws {
    let (office, _) = try Office.opened()
    let anna = try office.actor("anna")
    let audit = office.audit
    for label in [String(repeating: "x", count: 101), "a\u{1B}[2J", "a\nb"] {
      #expect(refusal { _ = try office.issue("anna", label: label, by: "anna") } == "access.bad-label")
    }
    for count in [0, 31, 33] {
      #expect(
        refusal {
          _ = try office.write { write throws(AccessError) in
            try AccessStore.issue(
              to: "anna", label: "", secret: Array(repeating: 1, count: count), by: anna, audit: audit,
              in: write
            ).token
          }
        } == "access.bad-secret")
    }
  }

  @Test func everybodyMakesAndRevokesTheirOwnTokens() throws {
    let (office, _) = try Office.opened()
    try office.add("janis", [.reviewer], by: "anna")
    try office.add("liga", [.senior], by: "anna")
    let first = try office.issue("janis", by: "anna")
    let own = try office.issue("janis", label: "laptop", by: "janis")
    #expect(own.token.issuedBy == "janis" && own.token.label == "laptop")
    #expect(refusal { _ = try office.issue("liga", by: "janis") } == "access.not-permitted")
    #expect(refusal { _ = try office.issue("nemo", by: "anna") } == "access.unknown-user")
    let ligas = try office.issue("liga", by: "anna")
    // Whether a number exists is not told to others.
    #expect(refusal { _ = try office.revoke(ligas.token.id, by: "janis") } == "access.no-such-token")
    #expect(refusal { _ = try office.revoke(99, by: "janis") } == "access.no-such-token")
    #expect(try office.revoke(first.token.id, by: "janis"))
    #expect(try !office.revoke(first.token.id, by: "janis"))
    #expect(refusal { _ = try office.signIn(first.text) } == "access.revoked-token")
    #expect(try office.revoke(own.token.id, by: "anna"))
    #expect(refusal { _ = try office.signIn(own.text) } == "access.revoked-token")
    let states = try office.read { reader throws(AccessError) in
      try AccessStore.tokens(of: "janis", in: reader)
    }.map { $0.state(at: office.now) }
    #expect(states == [.revoked, .revoked])
  }

  /// Without this, a database whose administrators let their tokens expire could never be managed again.
  @Test func anAdministratorIsHelpedOnlyWhereNoneCanSignIn() throws {
    let (office, _) = try Office.opened()
    try office.add("janis", [.reviewer], by: "anna")
    #expect(refusal { _ = try office.issue("anna") } == "access.no-token")
    office.pass(days: 90)
    #expect(refusal { _ = try office.issue("janis") } == "access.no-token")
    #expect(refusal { _ = try office.issue("nemo") } == "access.no-token")
    let token = try office.issue("anna").text
    #expect(try office.signIn(token).may(.administer))
    #expect(refusal { _ = try office.issue("anna") } == "access.no-token")
    #expect(try office.verify().finding == nil)
  }

  @Test func noSecretIsInTheFile() throws {
    let (office, _) = try Office.opened()
    for name in ["bruno", "clara", "dace"] {
      try office.add(name, [.reviewer], by: "anna")
      _ = try office.issue(name, label: "work", by: "anna")
      _ = try office.issue(name, by: name)
    }
    _ = try office.disable("dace", by: "anna")
    _ = try office.revoke(2, by: "anna")
    var files = Data()
    for name in try FileManager.default.contentsOfDirectory(atPath: office.folder.path).sorted() {
      files += try Data(contentsOf: URL(fileURLWithPath: office.folder.file(name)))
    }
    #expect(office.secrets.count == 7)
    // What was looked for would have been found: the digests are there.
    for secret in office.secrets {
      #expect(files.range(of: Data(SHA256.hash(secret).bytes)) != nil)
      #expect(files.range(of: Data(secret)) == nil)
      let digits = try #require(Digest(bytes: secret)).hexadecimal
      // A part of it would shorten the guessing.
      for start in stride(from: 0, to: 64, by: 16) {
        let part = digits.dropFirst(start).prefix(16)
        #expect(files.range(of: Data(part.utf8)) == nil)
        #expect(files.range(of: Data(part.uppercased().utf8)) == nil)
      }
    }
  }

  @Test func aTokenIsNotShownByAccident() throws {
    let text = try #require(TokenText(id: 7, secret: Array(repeating: 0xAB, count: 32)))
    var dumped = ""
    dump(text, to: &dumped)
    for shown in ["\(text)", String(reflecting: text), dumped, "\([text])", "\(Optional(text) as Any)"] {
      #expect(!shown.contains("abab") && !shown.contains("12370169555311111083"), "\(shown)")
    }
    #expect(text.revealed == "bonitas_7_" + String(repeating: "ab", count: 32))
  }

  @Test func aRefusalIsEnteredWithoutWhatWasPresented() throws {
    let (office, anna) = try Office.opened()
    let audit = office.audit
    office.pass(days: 91)
    let error: AccessError
    do throws(AccessError) {
      _ = try office.signIn(anna)
      Issue.record("the token should have expired")
      return
    } catch let refused { error = refused }
    try office.write { write throws(AccessError) in
      try AccessStore.enterRefusal(error, of: nil, command: "review list", audit: audit, in: write)
    }
    let entry = try office.store.read { reader throws(AuditError) in
      try AuditLog.entries(.init(kind: .access, limit: 1), in: reader.sql).last
    }
    #expect(
      entry?.payload?.json["about"]?.canonical
        == #"{"act":"refused","code":"access.expired-token","command":"review list","token":1,"user":"anna"}"#
    )
    #expect(try office.verify().finding == nil)
  }

  /// Users and tokens under random acts, against a model kept beside them.
  @Test(arguments: 0..<8)
  func behavesAsTheModel(_ seed: Int) throws {
    var chance = SeededGenerator(seed: UInt64(seed))
    let (office, _) = try Office.opened()
    var roles: [String: Set<Role>] = ["anna": [.administrator]]
    var disabled: Set<String> = []
    var tokens: [(text: TokenText, user: String, expires: Instant, isRevoked: Bool)] = []
    for _ in 0..<60 {
      let name = "u\(chance.number(below: 4))"
      let role = Role.allCases[chance.number(below: 4)]
      switch chance.number(below: 7) {
      case 0:
        let refused = refusal { try office.add(name, [role], by: "anna") }
        #expect((refused == nil) == (roles[name] == nil))
        roles[name] = roles[name] ?? [role]
      case 1:
        let refused = refusal { _ = try office.change(name, granting: [role], by: "anna") }
        #expect((refused == nil) == (roles[name] != nil))
        roles[name]?.insert(role)
      case 2:
        let isLast = roles[name] == [role]
        let refused = refusal { _ = try office.change(name, withdrawing: [role], by: "anna") }
        #expect((refused == nil) == (roles[name] != nil && !isLast))
        if !isLast { roles[name]?.remove(role) }
      case 3 where roles[name] != nil:
        #expect(try office.disable(name, by: "anna") == disabled.insert(name).inserted)
        for index in tokens.indices where tokens[index].user == name { tokens[index].isRevoked = true }
      case 4 where roles[name] != nil:
        #expect(try office.enable(name, by: "anna") == (disabled.remove(name) != nil))
      case 5 where roles[name] != nil && !disabled.contains(name):
        let days = 1 + chance.number(below: 30)
        let made = try office.issue(name, days: days, by: "anna")
        tokens.append((made.text, name, made.token.expires, false))
      case 6:
        office.pass(days: 1)
      default: continue
      }
    }
    for token in tokens {
      let expected: String? =
        token.isRevoked ? "access.revoked-token" : token.expires <= office.now ? "access.expired-token" : nil
      #expect(refusal { _ = try office.signIn(token.text) } == expected)
      if expected == nil { #expect(try office.signIn(token.text).roles == roles[token.user]) }
    }
    for (name, expected) in roles {
      #expect(try office.user(name)?.roles == expected)
      #expect(try office.user(name)?.isDisabled == disabled.contains(name))
    }
    #expect(try office.verify().finding == nil)
  }
}
