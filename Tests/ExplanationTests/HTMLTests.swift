import Decisioning
import Explanation
import Formats
import Foundation
import Testing
import Values

/// The page: well formed, self-contained, and closed to what texts of the data could smuggle in.
@Suite struct HTMLTests {
  private func page(
    _ audience: Audience = .auditor, _ language: Language = .english,
    of record: DecisionRecord = Example.record
  ) throws -> String {
    try ExplanationDocument(
      record, texts: Example.texts(language), audience: audience, facts: Example.facts
    ).html
  }

  /// Read as XML, once the elements that HTML leaves open are out of the way.
  @Test(arguments: Audience.allCases) func isWellFormed(audience: Audience) throws {
    let page = try page(audience)
    let body = try #require(page.firstRange(of: "<body>"))
    let end = try #require(page.firstRange(of: "</body>"))
    let tree = try XMLReader.parse(Array(page[body.lowerBound..<end.upperBound].utf8))
    #expect(tree.name == "body")
    #expect(page.components(separatedBy: "<svg").count - 1 == Example.record.content.characteristics.count)
  }

  @Test(arguments: Language.allCases) func namesItsLanguage(language: Language) throws {
    #expect(try page(.customer, language).hasPrefix("<!DOCTYPE html>\n<html lang=\"\(language.rawValue)\">"))
  }

  @Test func needsNothingFromOutside() throws {
    let page = try page()
    for way in ["src=", "href=", "url(", "@import", "<script", "<link", "http:", "https:"] {
      #expect(!page.contains(way), "\(way)")
    }
  }

  @Test func textStaysText() throws {
    var record = Example.record
    let hostile = "\u{1B}[31m</title><script>alert('1')</script>\" onload=\"x&amp;\u{0}"
    record.content.customer = hostile
    record.content.features[1].evidence = ["invoice:" + hostile]
    record.content.problems[0].message = hostile
    record.actor = hostile
    let page = try page(of: record)
    #expect(!page.contains("<script"))
    #expect(!page.contains("\" onload"))
    #expect(!page.contains("\u{1B}"))
    #expect(!page.contains("\u{0}"))
    #expect(page.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot; onload=&quot;x&amp;amp;"))
  }

  /// The widest bar is 120 long; points below zero draw none, and no characteristic divides by zero.
  @Test func barsAreDrawnToScale() throws {
    var record = Example.record
    record.content.characteristics[0].points = -5
    let page = try page(of: record)
    #expect(page.contains("class=\"possible\" width=\"120\""))
    #expect(page.contains("class=\"gained\" width=\"60\""))
    #expect(page.contains("class=\"gained\" width=\"0\""))
    for place in record.content.characteristics.indices {
      record.content.characteristics[place].points = 0
      record.content.characteristics[place].best = 0
    }
    #expect(try self.page(of: record).contains("class=\"possible\" width=\"0\""))
  }
}
