import Formats
import TestSupport
import Testing
import Values

@testable import Safeguards

/// The worked timelines of the law and what surrounds them, to the day, from files that know nothing of the program.
@Suite struct LawCaseTests {
  @Test(arguments: LawCase.all()) func `the law answers as the case says`(_ one: LawCase) throws {
    let differences = try one.differences(try ShippedLaw.safeguards(one.switches))
    #expect(differences == [])
  }

  @Test func `there are as many cases as there were, so none is lost`() {
    #expect(LawCase.all().count >= 218)
  }

  /// Whether some case comes out otherwise by a law whose entries were changed; those of the entry's country are asked first.
  private func isNoticed(_ entries: [DebtLawEntry], _ cases: [LawCase], of entry: DebtLawEntry) throws -> Bool
  {
    let changed = Safeguards(law: DebtLaw(entries: entries), calendars: try ShippedLaw.calendars.get())
    let country = "\(entry.jurisdiction)".lowercased()
    let named = entry.json["commodities"]?.arrayValue?.compactMap(\.stringValue) ?? []
    func rank(_ one: LawCase) -> Int {
      one.file.hasPrefix(country) ? named.contains { one.file.hasSuffix($0) } ? 0 : 1 : 2
    }
    let near = (0...2).flatMap { place in cases.filter { rank($0) == place } }
    return try near.contains { try $0.switches == [:] && !$0.differences(changed).isEmpty }
  }

  @Test func `every entry taken out of the law changes a verdict`() throws {
    let (cases, entries) = (LawCase.all(), try ShippedLaw.law.get().entries)
    #expect(entries.count >= 90)
    for place in entries.indices {
      var fewer = entries
      let gone = fewer.remove(at: place)
      #expect(try isNoticed(fewer, cases, of: gone), "\(gone.jurisdiction) \(gone.json.canonical)")
    }
  }

  @Test func `every number of days of the law matters by one day`() throws {
    let (cases, entries) = (LawCase.all(), try ShippedLaw.law.get().entries)
    for (place, entry) in entries.enumerated() {
      for member in ["days", "minimumDays", "delayDays", "practiceDays", "warningDays"] {
        guard var object = entry.json.objectValue, let days = object[member]?.integerValue else { continue }
        for other in [days - 1, days + 1] where other >= 0 {
          object[member] = .number(Decimal(other))
          var changed = entries
          changed[place] = try DebtLawEntry(DataObject(json: .object(object), place: ""), entry.jurisdiction)
          // The register's 45 days stand over the 30 of the act.
          let isBelow = member == "delayDays" && object["practiceDays"] != nil
          let isNoticed = try isNoticed(changed, cases, of: entry)
          #expect(isNoticed != isBelow, "\(entry.jurisdiction) \(member) \(other) of \(entry.json.canonical)")
        }
      }
    }
  }
}
