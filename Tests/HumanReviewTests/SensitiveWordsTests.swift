import Decisioning
import Formats
import Foundation
import TestSupport
import Testing

@testable import HumanReview

@Suite struct SensitiveWordsTests {
  private let rules: EvidenceRules

  init() throws {
    rules = try EvidenceRules(try RuleSetFiles(folder: Repository.root.appending(path: "rules").path))
  }

  @Test(arguments: [
    ("The customer was in hospital in May.", "hospital", "health"),
    ("Bija slimnīcā maijā", "slimnīcā", "health"), ("bija SLIMNICA", "SLIMNICA", "health"),
    ("bija slimni\u{304}ca\u{304}", "slimnīcā", "health"), ("Viibis haiglas.", "haiglas", "health"),
    ("Tal on puue", "puue", "health"), ("Member of a trade union since 2020", "trade union", "trade-union"),
    ("Arodbiedrības biedre", "Arodbiedrības", "trade-union"),
    ("ametiühingu liige", "ametiühingu", "trade-union"),
    ("ei maksa, sest erakonna töö", "erakonna", "politics"), ("ir sodāmība", "sodāmība", "offences"),
    ("süüdi mõistetud", "süüdi mõistetud", "offences"), ("tautība: cita", "tautība", "ethnic-origin"),
    ("draudze un baznīca", "baznīca", "religion"), ("Gay.", "Gay", "sex-life"),
  ])
  func warnsOfSpecialCategories(text: String, word: String, category: String) {
    let findings = rules.warnings(in: text)
    #expect(findings.count == 1)
    #expect(findings.first?.word == word)
    #expect(findings.first?.category == category)
  }

  @Test(arguments: [
    ("See https://www.facebook.com/x.", "www.facebook.com"), ("seen on facebook.com, today", "facebook.com"),
    ("(https://vk.ru/id1)", "vk.ru"), ("short: bit.ly/abc!", "bit.ly"),
    ("https://web.archive.org/web/2024/https://www.facebook.com/janis", "www.facebook.com"),
  ])
  func warnsOfPagesThatAreNoSource(text: String, host: String) {
    let warnings = rules.warnings(in: text)
    #expect(warnings == [.host(host)])
    #expect(warnings.first?.sentence.contains("'\(host)' is no source") == true)
    #expect(warnings.first?.category == "blocked-host")
  }

  @Test(arguments: [
    "Wrote to janis@facebook.com", "likumi.lv/ta/id/1 and e-pasts: a@ok.ru", "Inv. 3.5 of 12.06.",
  ])
  func leavesOtherAddressesAlone(text: String) {
    #expect(rules.warnings(in: text).isEmpty, "\(rules.warnings(in: text).map(\.word))")
  }

  /// What reviewers write every day, and words that only hold a stem.
  @Test(arguments: [
    "Invoice INV-14-06 was paid by instalments; the bank confirms it.", "The invalid invoice was credited.",
    "Atkarībā no rēķina summas, sods netika piemērots.", "Uzticība klientam ir augsta; zālespļāvējs",
    "Arve on tasutud, sõltuvalt kuupäevast; rahvusvaheline makse", "Slim chance of recovery; Gayle paid.",
    "European Union, third party, credit policy", "Kredītpolitika un operācijas kontā", "", "   ", "🙂",
  ])
  func leavesOrdinaryWordsAlone(text: String) {
    #expect(rules.warnings(in: text).isEmpty, "\(rules.warnings(in: text).map(\.word))")
  }

  @Test func tellsEachWordOnce() {
    let findings = rules.warnings(in: "Hospital, hospital, HOSPITAL and cancer")
    #expect(findings.map(\.word) == ["Hospital", "cancer"])
    #expect(findings.first?.sentence.contains("GDPR, article 9") == true)
  }

  @Test(arguments: [
    ("[]", "/"), ("{", "line 1"), (#"{"kinds": 1}"#, "/kinds"), (#"{"kinds": [], "x": 1}"#, "/x"),
    (#"{"kinds": [{"id": "a", "title": "A", "needs": ["hat"]}]}"#, "/kinds/0/needs"),
    (
      #"{"kinds": [{"id": "a", "title": "A", "needs": []}, {"id": "a", "title": "A", "needs": []}]}"#,
      "/kinds/1/id"
    ),
    (#"{"kinds": [], "forbidden": [{"id": "b"}]}"#, "/forbidden/0/because"),
    (#"{"kinds": [], "forbidden": [], "hosts": {"socialNetworks": ["X.com"]}}"#, "/hosts"),
    (
      #"{"kinds": [], "forbidden": [], "hosts": {"socialNetworks": [], "hideTheirTarget": [], "archives": []}, "#
        + #""categories": [{"id": "h", "title": "h", "provision": "p", "words": {"lv": ["ab"]}}]}"#,
      "/categories/0/words/lv"
    ),
  ])
  func refusesAFileWithAFault(text: String, place: String) {
    let files = RuleSetFiles([EvidenceRules.path: Array(text.utf8)])
    #expect { try EvidenceRules(files) } throws: { error in
      guard case .rules(let at, _)? = error as? EvidenceError else { return false }
      return at.hasPrefix(place)
    }
  }

  @Test func refusesARuleSetWithoutTheFile() {
    #expect(throws: EvidenceError.noRules) { try EvidenceRules(RuleSetFiles([:])) }
  }

  @Test func allowsTheListedKindsAndSaysWhyOthersAreForbidden() throws {
    #expect(try rules.kind("court-ruling").needs == [.address, .date])
    #expect { try rules.kind("social-network") } throws: { error in
      (error as? EvidenceError)?.code == "evidence.forbidden-kind"
        && (error as? EvidenceError)?.sentence.contains("2023/2225") == true
    }
    #expect { try rules.kind("rumour") } throws: { error in
      (error as? EvidenceError)?.sentence.contains("court-ruling, register-extract") == true
    }
  }
}
