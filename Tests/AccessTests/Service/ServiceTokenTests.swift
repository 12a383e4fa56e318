import AuditLog
import FactStore
import Facts
import Formats
import SQLite
import TestSupport
import Testing
import Values

@testable import Access

/// Tokens of programs: what they may do, and that they and people's never stand for each other.
@Suite struct ServiceTokenTests {
  @Test func aTokenSaysWhatItMayDo() throws {
    let grants = [
      try Office.grant(), try Office.grant(Set(Scope.allCases), rate: 1, burst: 1, sees: .all),
      try Office.grant(
        [.metrics], company: "Tīkls Öö, SIA „Ķeža”", purpose: "m", jurisdictions: [.latvia, .estonia]),
      try Office.grant([.facts], jurisdictions: [.latvia], rate: 100_000, burst: 1_000_000),
    ]
    for grant in grants {
      let (office, text) = try Office.serving(grant)
      let token = try office.ask(text)
      #expect(token.grant == grant && token.user == "order-intake" && token.id == text.id)
      #expect(token.state(at: office.now) == .valid && token.state(at: token.token.expires) == .expired)
      #expect(token.isHeld(by: text))
      let listed = try office.read { reader throws(AccessError) in try AccessStore.tokens(in: reader) }
      #expect(listed.map(\.grant) == [nil, grant])
      let report = try office.verify()
      #expect(report.finding == nil && report.unaudited == 0)
      // Two users with a role each, two tokens, one with a grant.
      #expect(report.rows == 7)
    }
    #expect(try Office.grant(rate: 7).burst == 14)
  }

  @Test func theGrantStandsInTheAuditLog() throws {
    let (office, _) = try Office.serving(try Office.grant())
    let entry = try office.store.read { reader throws(AuditError) in
      try AuditLog.entries(.init(kind: .access, limit: 1), in: reader.sql).last
    }
    #expect(
      entry?.payload?.json["about"]?.canonical
        == #"{"act":"token issued","company":"Elektrum order intake","purpose":"order-intake","#
        + #""scopes":["decide","read"],"token":2,"user":"order-intake"}"#)
  }

  @Test(arguments: [
    "", " ", "   ", "123", "...", " Elektrum", "Elektrum ", "Elek  trum", "a\nb", "a\tb", "a\u{0}b",
    "a\u{1B}[2J",
    "a\u{202E}b", "a\u{200B}b", "a\u{A0}b", "a\u{2028}b", "a\u{E000}b", "a\u{FEFF}",
    String(repeating: "a", count: 201), String(repeating: "ā", count: 101),
    "a" + String(repeating: "\u{301}", count: 100),
  ])
  func refusesCompaniesThatMislead(_ company: String) {
    #expect(refusal { _ = try Office.grant(company: company) } == "access.bad-company")
  }

  @Test(arguments: [
    "", "Order", "order intake", "-order", "order-", "1order", "order_intake", "pasūtījums", "order\n",
    String(repeating: "a", count: 65),
  ])
  func refusesPurposesThatAreNoWord(_ purpose: String) {
    #expect(refusal { _ = try Office.grant(purpose: purpose) } == "access.bad-purpose")
  }

  @Test func refusesWhatWouldBeATokenForNothingOrForTooMuch() {
    #expect(refusal { _ = try Office.grant([]) } == "access.no-scope")
    #expect(refusal { _ = try Office.grant(jurisdictions: []) } == "access.no-jurisdiction")
    for rate in [0, -1, 100_001, Int.max, Int.min] {
      #expect(refusal { _ = try Office.grant(rate: rate) } == "access.bad-rate")
    }
    for burst in [0, -1, 1_000_001, Int.max, Int.min] {
      #expect(refusal { _ = try Office.grant(burst: burst) } == "access.bad-burst")
    }
  }

  @Test func aServicesTokenAndAPersonsNeverStandForEachOther() throws {
    let (office, text) = try Office.serving(try Office.grant())
    let anna = try office.issue("anna", by: "anna").text
    #expect(refusal { _ = try office.signIn(text) } == "access.service-token")
    #expect(refusal { _ = try office.ask(anna) } == "access.personal-token")
    #expect(refusal { _ = try office.issue("order-intake", by: "anna") } == "access.service-without-grant")
    #expect(
      refusal { _ = try office.issue("anna", grant: try Office.grant(), by: "anna") }
        == "access.person-with-grant")
    // Nobody but an administrator makes one, the service itself least of all.
    for name in ["order-intake", "nobody"] {
      let refused = refusal { _ = try office.issue("order-intake", grant: try Office.grant(), by: name) }
      #expect(refused == "access.not-permitted")
    }
    #expect(refusal { _ = try office.issue("order-intake", grant: try Office.grant()) } == "access.no-token")
  }

  @Test func theRoleStandsAloneAndStays() throws {
    let (office, _) = try Office.serving(try Office.grant())
    try office.add("janis", [.reviewer], by: "anna")
    for roles: Set<Role> in [[.service, .reviewer], [.service, .administrator], Set(Role.allCases)] {
      #expect(refusal { try office.add("crm", roles, by: "anna") } == "access.service-stands-alone")
    }
    let alone = "access.service-stands-alone"
    #expect(refusal { _ = try office.change("janis", granting: [.service], by: "anna") } == alone)
    #expect(
      refusal { _ = try office.change("janis", granting: [.service], withdrawing: [.reviewer], by: "anna") }
        == alone)
    #expect(refusal { _ = try office.change("order-intake", granting: [.reviewer], by: "anna") } == alone)
    #expect(
      refusal {
        _ = try office.change("order-intake", granting: [.auditor], withdrawing: [.service], by: "anna")
      } == alone)
    #expect(refusal { _ = try office.change("order-intake", withdrawing: [.service], by: "anna") } == alone)
    #expect(try office.user("order-intake")?.roles == [.service])
    #expect(try office.user("janis")?.roles == [.reviewer])
    // A service is nobody to manage users, so it cannot be the first.
    let empty = try Office()
    #expect(refusal { try empty.add("crm", [.service]) } == "access.first-must-administer")
  }

  @Test func aServiceEndsAsAPersonDoes() throws {
    let (office, text) = try Office.serving(try Office.grant())
    let zeros = try TokenText("bonitas_2_" + String(repeating: "0", count: 64))
    #expect(refusal { _ = try office.ask(zeros) } == "access.unknown-token")
    let second = try office.issue("order-intake", grant: try Office.grant([.metrics]), by: "anna")
    #expect(try !office.ask(text).isHeld(by: second.text) && !office.ask(text).isHeld(by: zeros))
    #expect(try office.revoke(text.id, by: "anna"))
    #expect(refusal { _ = try office.ask(text) } == "access.revoked-token")
    #expect(refusal { _ = try office.ask(zeros) } == "access.unknown-token")
    #expect(try office.ask(second.text).grant.scopes == [.metrics])
    #expect(try office.disable("order-intake", by: "anna"))
    #expect(refusal { _ = try office.ask(second.text) } == "access.revoked-token")
    #expect(
      refusal { _ = try office.issue("order-intake", grant: try Office.grant(), by: "anna") }
        == "access.disabled-user")
    #expect(try office.enable("order-intake", by: "anna"))
    let third = try office.issue("order-intake", days: 1, grant: try Office.grant(), by: "anna")
    office.pass(days: 1)
    #expect(refusal { _ = try office.ask(third.text) } == "access.expired-token")
    #expect(try office.verify().finding == nil)
  }

  @Test func aCompanyIsWrittenInOneWay() throws {
    let (office, _) = try Office.serving(try Office.grant(company: "Žagata"))
    for other in ["žagata", "ŽAGATA", "Z\u{30C}agata"] {
      #expect(
        refusal { _ = try office.issue("order-intake", grant: try Office.grant(company: other), by: "anna") }
          == "access.other-spelling", "\(other)")
    }
    _ = try office.issue("order-intake", grant: try Office.grant(company: "Žagata"), by: "anna")
    _ = try office.issue("order-intake", grant: try Office.grant(company: "Zagata"), by: "anna")
  }

  @Test func whatATokenWasNotMadeForIsRefused() throws {
    let grant = try Office.grant(
      [.read], company: "A", jurisdictions: [.latvia], sources: ["register", "billing/2"])
    let (office, text) = try Office.serving(grant)
    let token = try office.ask(text)
    try token.require(.read)
    try token.require(.latvia)
    for scope in Scope.allCases where scope != .read {
      #expect(throws: AccessError.missingScope(scope, token: 2)) { try token.require(scope) }
    }
    #expect(throws: AccessError.otherJurisdiction(.estonia, token: 2)) { try token.require(.estonia) }
    try token.require(source: "register")
    try token.require(source: "billing/2")
    #expect(throws: AccessError.otherSource("supplier", token: 2)) { try token.require(source: "supplier") }
  }

  /// Where no source is named it is the supplier's own, as for tokens from before sources were.
  @Test func aTokenSpeaksForTheSupplierAloneUnlessItIsSaid() throws {
    let (office, text) = try Office.serving(try Office.grant([.facts], sources: []))
    let token = try office.ask(text)
    #expect(token.grant.sources == ["supplier"])
    #expect(throws: AccessError.otherSource("register", token: 2)) { try token.require(source: "register") }
    for bad in ["", "a b", "reģistrs", "a\u{7F}", String(repeating: "a", count: 101)] {
      #expect(throws: AccessError.badSource(bad)) { try Office.grant([.facts], sources: [bad]) }
    }
  }

  @Test func nobodySeesADecisionOutsideTheScope() throws {
    let cases: [(Visibility, Set<Jurisdiction>?, String?, Jurisdiction?, Bool)] = [
      (.own, nil, "A", .latvia, true), (.own, nil, "B", .latvia, false), (.own, nil, nil, .latvia, false),
      (.own, nil, "A", nil, true), (.all, nil, "B", nil, true), (.all, nil, nil, .estonia, true),
      (.all, [.latvia], "B", .latvia, true), (.all, [.latvia], "A", .estonia, false),
      (.all, [.latvia], "A", nil, false), (.own, [.latvia], "A", .latvia, true),
      (.own, [.latvia], "B", .latvia, false), (.own, [.latvia], "a", .latvia, false),
    ]
    for (sees, limit, company, jurisdiction, expected) in cases {
      let (office, text) = try Office.serving(
        try Office.grant([.read], company: "A", jurisdictions: limit, sees: sees))
      #expect(try office.ask(text).sees(askedForBy: company, in: jurisdiction) == expected)
    }
  }

  /// A stored grant that this program would not have made is damage; it is never read as a smaller or a larger one.
  @Test(arguments: [
    "scopes = ''", "scopes = 'decide  read'", "scopes = 'decide admin'", "scopes = 'Decide'",
    "scopes = ' decide'",
    "company = ''", "company = 'a' || char(10)", "purpose = 'A'", "jurisdictions = ''",
    "jurisdictions = 'LV '",
    "jurisdictions = 'lv'", "jurisdictions = 'LV LV'", "requests_per_second = 0",
    "requests_per_second = 9223372036854775807", "burst = -1", "sees = 'none'", "sees = ''",
    "sources = ''", "sources = 'supplier '", "sources = 'a a'", "sources = 'reģistrs'",
  ])
  func aDamagedGrantLetsNobodyIn(_ assignment: String) throws {
    let (office, text) = try Office.serving(try Office.grant())
    try office.tamper("UPDATE access_service_token SET " + assignment)
    #expect(refusal { _ = try office.ask(text) } == "access.damaged")
    #expect(refusal { _ = try office.signIn(text) } == "access.damaged")
    #expect(try office.verify().finding != nil)
  }

  @Test(arguments: [
    "DELETE FROM access_service_token", "UPDATE access_service_token SET sees = 'all'",
    "UPDATE access_service_token SET scopes = 'decide read metrics'",
    "UPDATE access_service_token SET requests_per_second = 1000",
    "UPDATE access_service_token SET jurisdictions = 'LV'",
    "UPDATE access_service_token SET sources = 'supplier register'",
    "INSERT INTO access_service_token VALUES (1, 'read', 'A', 'a', NULL, 1, 1, 'all', 1, 'supplier')",
  ])
  func whatIsChangedBesideTheProgramIsFound(_ statement: String) throws {
    let (office, text) = try Office.serving(try Office.grant())
    #expect(try office.verify().finding == nil)
    try office.tamper(statement)
    #expect(try office.verify().finding != nil)
    // Without its grant a service's token is nobody's: it gives no person's rights.
    if statement.hasPrefix("DELETE") {
      #expect(refusal { _ = try office.ask(text) } == "access.personal-token")
      let actor = try office.signIn(text)
      #expect(Permission.allCases.allSatisfy { !actor.may($0) })
    }
  }

  @Test func sentencesSayHowToMendIt() throws {
    let errors: [AccessError] = [
      .serviceStandsAlone, .serviceWithoutGrant("crm"), .personWithGrant("anna"),
      .serviceToken(id: 7, user: "crm"),
      .personalToken(id: 7, user: "anna"), .missingScope(.facts, token: 7),
      .otherJurisdiction(.estonia, token: 7), .otherSource("register", token: 7), .badSource("a b"),
      .noScope, .badCompany("x\n"), .otherSpelling("a", known: "A"), .badPurpose("x y"), .noJurisdiction,
      .badRate(0), .badBurst(0),
    ]
    #expect(Set(errors.map(\.code)).count == errors.count)
    #expect(errors.allSatisfy { $0.code.hasPrefix("access.") && $0.sentence.hasSuffix(".") })
    #expect(errors[5].sentence.contains("--scope facts") && errors[6].sentence.contains("--jurisdiction EE"))
    #expect(errors[7].sentence.contains("--source register"))
    // Over the network no user is named, and no command.
    let at = Instant(microseconds: 0)
    for error in errors + [
      .noToken, .malformedToken, .unknownToken, .expiredToken(id: 7, user: "anna", at: at),
      .revokedToken(id: 7, user: "anna", at: at), .disabledUser("anna"),
      .damaged(table: "access_token", key: 7),
    ] {
      let said = error.callerSentence
      #expect(
        !said.contains("anna") && !said.contains("crm") && !said.contains("bonitas ") && !said.contains("--"))
    }
  }
}
