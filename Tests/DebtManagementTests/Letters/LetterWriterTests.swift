import DebtManagement
import Explanation
import Facts
import Foundation
import TestSupport
import Testing
import Values

/// No letter goes out with a hole in it, or says what cannot be.
@Suite struct LetterWriterTests {
  private let writer: LetterWriter

  init() throws { writer = try LetterWriter(try LetterSamples.rules()) }

  private static func without(
    _ field: String, _ type: DebtNotice.NoticeType, _ change: (inout LetterContent) -> Void
  ) throws -> (LetterContent, LetterError) {
    var content = try LetterSamples.content(type)
    change(&content)
    return (content, .missing(type, field: field))
  }

  @Test func whatIsNotKnownIsNotLeftBlank() throws {
    let cases = [
      try Self.without("customer.name", .debtNotice) { $0.customerName = nil },
      try Self.without("customer.name", .debtNotice) { $0.customerName = "" },
      try Self.without("customer.address", .debtNotice) { $0.customerAddress = nil },
      try Self.without("contract.number", .debtNotice) { $0.contract = nil },
      try Self.without("contract.date", .debtNotice) { $0.contractStart = nil },
      try Self.without("invoices", .debtNotice) { $0.invoices = [] },
      try Self.without("deadline", .debtNotice) { $0.deadline = nil },
      try Self.without("objection.days", .debtNotice) { $0.objectionDays = nil },
      try Self.without("delivery.point", .restrictionWarning) { $0.deliveryPoint = nil },
      try Self.without("restriction.date", .restrictionWarning) { $0.restrictionDate = nil },
      try Self.without("termination.date", .terminationNotice) { $0.terminationDate = nil },
      try Self.without("reporting.date", .bureauWarning) { $0.reportingDate = nil },
      try Self.without("delay.since", .bureauWarning) { $0.delaySince = nil },
      try Self.without("plan.instalments", .planOffer) { $0.instalments = [] },
      try Self.without("prepayment.amount", .prepaymentOffer) { $0.prepayment = nil },
      try Self.without("deposit.amount", .depositRequest) { $0.deposit = nil },
    ]
    for (content, error) in cases { #expect(throws: error) { try writer.letter(content) } }
  }

  @Test func aNameIsNeededByPostAlone() throws {
    var content = try LetterSamples.content(
      .debtNotice, .latvian, LetterSamples.circumstances(.latvia, .electricity, .household, .email))
    content.customerName = nil
    content.customerAddress = nil
    #expect(!(try writer.letter(content).text.contains("\n\n\n")))
  }

  @Test func amountsThatCannotBeAreRefused() throws {
    for (text, currency) in [("-0.01", Currency.eur), ("1.005", .eur), ("1", try #require(Currency("SEK")))] {
      let money = Money(try LetterSamples.decimal(text), currency)
      var content = try LetterSamples.content(.depositRequest)
      content.deposit = money
      #expect(throws: LetterError.amount(field: "deposit.amount", money)) { try writer.letter(content) }
    }
    var content = try LetterSamples.content(.debtNotice)
    content.amount.interest = try LetterSamples.decimal("-1")
    #expect(throws: LetterError.self) { try writer.letter(content) }
  }

  @Test func instalmentsComeToTheDebt() throws {
    var content = try LetterSamples.content(.planOffer)
    content.instalments.removeLast()
    #expect(
      throws: LetterError.instalments(
        sum: try LetterSamples.decimal("622.36"), total: try LetterSamples.decimal("1244.71"))
    ) { try writer.letter(content) }
  }

  @Test func nothingIsAskedForOnADayThatHasPassed() throws {
    var content = try LetterSamples.content(.restrictionWarning)
    let day = try LetterSamples.day(2026, 1, 29)
    content.restrictionDate = day
    #expect(throws: LetterError.dayPassed(field: "restriction.date", day)) { try writer.letter(content) }
    content.restrictionDate = content.date
    content.deadline = content.date
    #expect(throws: Never.self) { try writer.letter(content) }
  }

  /// A seller's debt gives no right to disconnection in Estonia (EE-E-9), so nobody is warned of one.
  @Test func anEstonianSellerWarnsNobodyOfAnInterruption() throws {
    let circumstances = LetterSamples.circumstances(.estonia, claimant: .supplier)
    #expect(throws: LetterError.notFor(.restrictionWarning, circumstances)) {
      try writer.letter(try LetterSamples.content(.restrictionWarning, .estonian, circumstances))
    }
  }

  @Test func aCountryWithoutCreditorHasNoLetters() throws {
    let circumstances = LetterSamples.circumstances(try #require(Jurisdiction("LT")))
    #expect(throws: LetterError.noCreditor(circumstances)) {
      try writer.letter(try LetterSamples.content(.reminder, .english, circumstances))
    }
  }

  /// What came in from outside stays in its line and is not read as a text with fields.
  @Test func valuesAddNoLinesAndNoFields() throws {
    var content = try LetterSamples.content(.debtNotice, .english)
    content.customerName = "{amount.total}\n\nYou owe nothing.\u{2028}\u{202E}abc\0"
    content.invoices[0].number = "{due} {n}\r\n- invoice 2"
    let text = try writer.letter(content).text
    #expect(text.contains("{amount.total}  You owe nothing.  abc \n"))
    #expect(text.contains("- invoice {due} {n}  - invoice 2 of 5 January 2026"))
    let clean = try writer.letter(try LetterSamples.content(.debtNotice, .english)).text
    #expect(
      text.split(separator: "\n", omittingEmptySubsequences: false).count
        == clean.split(separator: "\n", omittingEmptySubsequences: false).count)
  }

  @Test func theHashIsThatOfTheText() throws {
    let letter = try writer.letter(try LetterSamples.content(.reminder))
    #expect(letter.contentHash == SHA256.hash(Array(letter.text.utf8)))
  }

  @Test(arguments: [
    (20, "20 dienu"), (21, "21 dienas"), (22, "22 dienu"), (30, "30 dienu"), (31, "31 dienas"),
  ])
  func daysStandInTheirForm(days: Int, words: String) throws {
    var content = try LetterSamples.content(.debtNotice, .latvian)
    content.objectionDays = days
    #expect(try writer.letter(content).text.contains("rakstveidā \(words) laikā"))
  }

  /// Every letter can be written in all circumstances that it is for, in every language, with nothing left in braces.
  @Test(arguments: DebtNotice.NoticeType.allCases)
  func everyLetterIsWrittenInAllCircumstances(type: DebtNotice.NoticeType) throws {
    var written = 0
    for jurisdiction in [Jurisdiction.latvia, .estonia] {
      for claimant in Contract.Claimant.allCases {
        for commodity in Contract.Commodity.allCases {
          for customer in Contract.CustomerType.allCases {
            for channel in [DebtNotice.Channel.letter, .email] {
              for language in Language.allCases {
                let circumstances = LetterCircumstances(
                  jurisdiction: jurisdiction, claimant: claimant, commodity: commodity, customer: customer,
                  channel: channel)
                do {
                  let text = try writer.letter(try LetterSamples.content(type, language, circumstances)).text
                  #expect(!text.contains("{") && !text.contains("}") && !text.contains(".."))
                  written += 1
                } catch LetterError.notFor {
                  #expect(type == .restrictionWarning && jurisdiction == .estonia && claimant == .supplier)
                }
              }
            }
          }
        }
      }
    }
    #expect(written == (type == .restrictionWarning ? 180 : 240))
  }
}
