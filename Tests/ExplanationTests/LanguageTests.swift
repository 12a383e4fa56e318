import Decisioning
import Explanation
import Formats
import Foundation
import TestSupport
import Testing
import Values

private typealias Decimal = Values.Decimal

/// Numbers, dates and plural forms as CLDR 44 has them for each language.
@Suite struct LanguageTests {
  @Test(arguments: [
    ("0", "zero"), ("1", "one"), ("2", "other"), ("10", "zero"), ("11", "zero"), ("19", "zero"),
    ("20", "zero"),
    ("21", "one"), ("22", "other"), ("101", "one"), ("111", "zero"), ("0.1", "one"), ("1.1", "one"),
    ("1.5", "other"),
    ("0.11", "zero"), ("0.21", "one"), ("0.10", "one"), ("-1", "one"),
  ])
  func latvianPlurals(number: String, category: String) throws {
    let number = try #require(Decimal(number))
    #expect(Language.latvian.pluralCategory(number).rawValue == category)
  }

  @Test(arguments: [
    ("1", "one"), ("0", "other"), ("2", "other"), ("21", "other"), ("1.5", "other"), ("-1", "one"),
    ("1.0", "one"),
  ])
  func englishAndEstonianPlurals(number: String, category: String) throws {
    let number = try #require(Decimal(number))
    #expect(Language.english.pluralCategory(number).rawValue == category)
    #expect(Language.estonian.pluralCategory(number).rawValue == category)
  }

  @Test(arguments: [
    ("1234567.5", "1,234,567.5", "1\u{A0}234\u{A0}567,5"), ("1234", "1,234", "1234"),
    ("12345", "12,345", "12\u{A0}345"), ("-0.25", "-0.25", "-0,25"), ("7", "7", "7"),
  ])
  func numbers(text: String, english: String, latvian: String) throws {
    let number = try #require(Decimal(text))
    #expect(Language.english.number(number) == english)
    #expect(Language.latvian.number(number) == latvian)
    #expect(Language.estonian.number(number) == latvian.replacing("-", with: "\u{2212}"))
  }

  @Test func dates() throws {
    let date = try #require(CivilDate("2026-05-04"))
    #expect(Language.english.date(date) == "4 May 2026")
    #expect(Language.latvian.date(date) == "04.05.2026.")
    #expect(Language.estonian.date(date) == "4. mai 2026")
  }

  /// The partitive beside every number but one.
  @Test(arguments: [("1", "1 kuu"), ("0", "0 kuud"), ("3", "3 kuud"), ("1.5", "1,5 kuud"), ("-2", "−2 kuud")])
  func estonianUnits(number: String, text: String) throws {
    let number = try #require(Decimal(number))
    let files = try RuleSetFiles(folder: Repository.root.appending(path: "rules").path)
    let texts = try TextCatalogue(files, language: .estonian)
    #expect(try texts.value(.number(number), of: "Tenure in months") == text)
  }
}
