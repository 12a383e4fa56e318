import DebtManagement
import Decisioning
import Explanation
import Facts
import Foundation
import TestSupport
import Values

/// Letters to invented people, for tests.
enum LetterSamples {
  /// What letters need of the rule set of the house, read once: hashing all of it takes longer than the tests.
  static func rules() throws -> RuleSetFiles { try read.get() }

  private static let read = Result {
    let folder = Repository.root.appending(path: "rules")
    var files: [String: [UInt8]] = [:]
    for path in ["creditor", "letters/structure", "letters/lv", "letters/et", "letters/en"] {
      files[path + ".json"] = [UInt8](try Data(contentsOf: folder.appending(path: path + ".json")))
    }
    return RuleSetFiles(files)
  }

  static func day(_ year: Int, _ month: Int, _ day: Int) throws -> CivilDate {
    guard let date = CivilDate(year: year, month: month, day: day) else { throw CocoaError(.formatting) }
    return date
  }

  static func decimal(_ text: String) throws -> Values.Decimal {
    guard let value = Values.Decimal(text) else { throw CocoaError(.formatting) }
    return value
  }

  static func euro(_ text: String) throws -> Money { Money(try decimal(text), Currency.eur) }

  static func circumstances(
    _ jurisdiction: Jurisdiction = .latvia, claimant: Contract.Claimant = .supplier,
    _ commodity: Contract.Commodity = .electricity, _ customer: Contract.CustomerType = .household,
    _ channel: DebtNotice.Channel = .letter
  ) -> LetterCircumstances {
    LetterCircumstances(
      jurisdiction: jurisdiction, claimant: claimant, commodity: commodity, customer: customer,
      channel: channel)
  }

  static func amount() throws -> ClaimAmount {
    ClaimAmount(
      principal: try decimal("1234.5"), interest: try decimal("3.21"), penalty: .zero,
      costs: Values.Decimal(7),
      currency: Currency.eur)
  }

  /// Everything that any letter has to say is known.
  static func content(
    _ type: DebtNotice.NoticeType, _ language: Language = .latvian,
    _ circumstances: LetterCircumstances = LetterSamples.circumstances()
  ) throws -> LetterContent {
    var content = LetterContent(
      type: type, language: language, circumstances: circumstances, reference: "E-0123456789abcdef",
      date: try day(2026, 1, 30), customerNumber: "CAST-22", amount: try amount(),
      invoices: [
        .init(
          number: "R-2201", issued: try day(2026, 1, 5), due: try day(2026, 1, 20), open: try euro("1200")),
        .init(
          number: "R-2202", issued: try day(2026, 1, 6), due: try day(2026, 1, 21), open: try euro("34.5")),
      ])
    content.customerName = "Jānis Sapņubērzs"
    content.customerAddress = "Sapņu iela 3, Sapņupils, LV-0000"
    content.contract = "L-22"
    content.contractStart = try day(2024, 3, 1)
    content.deliveryPoint = "43Z-22"
    content.deadline = try day(2026, 2, 18)
    content.delaySince = try day(2026, 1, 21)
    content.objectionDays = 21
    content.restrictionDate = try day(2026, 2, 28)
    content.terminationDate = try day(2026, 3, 5)
    content.reportingDate = try day(2026, 3, 22)
    content.instalments = [
      .init(due: try day(2026, 2, 15), amount: try euro("622.36")),
      .init(due: try day(2026, 3, 15), amount: try euro("622.35")),
    ]
    content.prepayment = try euro("45")
    content.deposit = try euro("90")
    return content
  }
}
