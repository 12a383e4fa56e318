import Decisioning
import Facts
import Formats
import Foundation
import TestSupport
import Testing
import Values

/// What is proposed to the cast of `sample-data`, each of whom is awkward in a way of their own.
@Suite struct CastRecourseTests {
  static let portfolio = Result { try load() }

  private static func load() throws -> Portfolio {
    let portfolio = try Portfolio()
    let folder = Repository.root.appending(path: "sample-data/cast")
    var lines: [(kind: FactKind, values: [String])] = []
    for kind in FactKind.rating {
      let text = try String(contentsOf: folder.appending(path: "\(kind.layout).csv"), encoding: .utf8)
      for line in text.split(separator: "\n").dropFirst() { lines.append((kind, fields(String(line)))) }
    }
    try portfolio.load(lines)
    return portfolio
  }

  /// The fields of a CSV line, quotes taken off.
  private static func fields(_ line: String) -> [String] {
    var fields = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: fields.append("")
      default: fields[fields.count - 1].append(character)
      }
    }
    return fields
  }

  private func explain(_ customer: String) throws -> CounterfactualTests.Explained {
    try CounterfactualTests.Explained(try Self.portfolio.get(), customer)
  }

  @Test(arguments: ["04", "08", "09", "12", "13", "16", "18", "19", "20"])
  func theBestHaveNothingToImprove(number: String) throws {
    let explained = try explain("CAST-\(number)")
    #expect(explained.content.rating == "A" && explained.content.outcome == .accept)
    #expect(explained.answer == Counterfactuals(goal: nil))
  }

  @Test(arguments: [
    ("06", "K-INSOLVENCY"), ("10", "K-INSOLVENCY"), ("17", "K-LEGAL-PROTECTION"), ("21", "K-DECEASED"),
  ])
  func whatCannotBeChangedBlocks(number: String, reason: String) throws {
    let answer = try explain("CAST-\(number)").answer
    #expect(answer.blockedBy == [reason])
    #expect(answer.recourses == [] && answer.variations == [])
  }

  @Test func thePartlyPaidMonthsAreToBePaid() throws {
    let explained = try explain("CAST-02")
    let recourse = try #require(explained.answer.recourses.first)
    #expect(recourse.levers == [.pay])
    #expect(recourse.payments.map(\.invoice) == ["INV-02-11", "INV-02-12"])
    #expect(recourse.totals.map(\.description) == ["56.5 EUR"])
    #expect(recourse.by == CivilDate("2026-07-14") && recourse.from == CivilDate("2026-07-15"))
    // The next bill falls due on 22 July.
    #expect(!recourse.needsBillsPaid)
    #expect(explained.content.rating == "C" && recourse.verdict.rating == "B")
  }

  @Test func paymentAndTimeTogetherHaveADate() throws {
    let explained = try explain("CAST-03")
    let recourse = try #require(explained.answer.recourses.first)
    #expect(recourse.payments.map(\.invoice) == ["INV-03-14"])
    #expect(recourse.by == CivilDate("2026-07-14") && recourse.from == CivilDate("2026-08-22"))
    let before = try #require(CivilDate("2026-08-21"))
    #expect(explained.verdict(recourse, on: before)?.rating == "C")
    #expect(explained.verdict(recourse, on: recourse.from)?.rating == "B")
    #expect(recourse.needsBillsPaid)
    // One change of the past would not have done; two would.
    #expect(explained.answer.noSingleChange && explained.answer.changesNeeded == 2)
  }

  @Test func onlyTheUndisputedPartIsToBePaid() throws {
    let recourse = try #require(try explain("CAST-05").answer.recourses.first)
    #expect(recourse.totals.map(\.description) == ["34 EUR"])
  }

  @Test func theOpenArrearsEntryIsToBeCleared() throws {
    for (customer, entry, outcome) in [
      ("CAST-07", "ARR-07-01", Outcome.accept), ("CAST-14", "ARR-14-01", .refer),
    ] {
      let recourse = try #require(try explain(customer).answer.recourses.first)
      #expect(recourse.levers == [.clear])
      #expect(recourse.clearings.map(\.record) == [entry])
      #expect(recourse.verdict.outcome == outcome)
    }
  }

  @Test func theDebtInTheOtherCurrencyIsToBePaid() throws {
    let answer = try explain("CAST-11").answer
    #expect(answer.changeable == ["K-CURRENCY"])
    #expect(answer.recourses.first?.totals.map(\.description) == ["780 SEK"])
    #expect(answer.recourses.first?.verdict.outcome == .accept)
  }

  @Test(arguments: ["CAST-01", "CAST-15"])
  func whoeverHasNoHistoryYetGetsOneByPayingTheFirstBill(customer: String) throws {
    let explained = try explain(customer)
    let recourse = try #require(explained.answer.recourses.first)
    #expect(recourse.levers == [.time])
    #expect(recourse.bills.first?.issued == CivilDate("2026-07-30"))
    #expect(recourse.bills.first?.amount == nil)
    #expect(recourse.from == recourse.bills.first?.due)
    let variation = try #require(explained.answer.variations.first)
    #expect(variation.changes.map(\.direction) == [.atLeast, .known])
  }

  @Test func aVariationIsToldInTheValuesOfTheScorecard() throws {
    let variation = try #require(try explain("CAST-07").answer.variations.first)
    let change = try #require(variation.changes.first)
    #expect(change.name == "Months without arrears entry")
    #expect(change.value == 4 && change.target == 12 && change.direction == .atLeast)
    #expect(change.step == "[4..12)" && change.targetStep == ">= 12")
    #expect(change.gain == 15 && change.steps == 1)
    #expect(variation.verdict.rating == "C" && variation.verdict.outcome == .accept)
  }
}
