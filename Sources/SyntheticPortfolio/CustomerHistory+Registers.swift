import Facts
import Values

extension CustomerHistory {
  /// Writes what public registers and other creditors say about the customer.
  mutating func writeRegisters() throws(GeneratorError) {
    let isFailing = profile.habit == .defaulting || profile.habit == .declining
    if profile.isCompany {
      if isFailing {
        switch random.number(0...99) {
        case ..<18: try writeEntry(.insolvency, daysAgo: random.number(5...200), isOver: false)
        case ..<26: try writeEntry(.securingMeasure, daysAgo: random.number(5...300), isOver: false)
        case ..<38: try writeEntry(.taxDebt, daysAgo: random.number(5...120), isOver: false)
        case ..<42: try writeEntry(.liquidation, daysAgo: random.number(5...120), isOver: false)
        default: break
        }
      } else if random.happens(300) {
        let type = random.pick([RegisterEntry.EntryType.taxDebt, .legalProtection, .activitySuspension])
        try writeEntry(type, daysAgo: random.number(60...700), isOver: random.happens(7000))
      }
    } else if isFailing, random.happens(500) {
      try writeEntry(.insolvency, daysAgo: random.number(5...300), isOver: false)
    } else if random.happens(15) {
      try writeEntry(.deceased, daysAgo: random.number(3...90), isOver: false)
    }
    if random.happens(isFailing ? 1200 : 90) {
      let reported = day(businessDate, -random.number(20...900))
      let cleared = day(reported, random.number(20...300))
      let isCleared = random.happens(6000) && cleared <= businessDate
      try writeArrears(
        reported: reported, months: random.number(2...9), cleared: isCleared ? cleared : nil,
        cents: random.number(3100...90_000))
    }
  }

  mutating func writeArrears(
    reported: CivilDate, months: Int, cleared: CivilDate?, cents: Int
  ) throws(GeneratorError) {
    let table = tables.arrearsEntries
    table.record(nextID(UInt8(ascii: "A")))
    name(table, byIdentifier: random.happens(3000))
    table.text(profile.isLatvian ? "parādu reģistrs (paraugs)" : "maksehäireregister (näidis)")
    table.date(reported)
    table.number(months)
    table.date(cleared)
    table.euro(cents: cents)
    try table.endRow()
  }

  private mutating func writeEntry(
    _ type: RegisterEntry.EntryType, daysAgo: Int, isOver: Bool
  ) throws(GeneratorError) {
    let since = day(businessDate, -daysAgo)
    let table = tables.registerEntries
    table.record(nextID(UInt8(ascii: "G")))
    name(table, byIdentifier: random.happens(6000))
    table.text(profile.isLatvian ? "publisks reģistrs (paraugs)" : "avalik register (näidis)")
    table.text(type.rawValue)
    table.date(since)
    table.date(isOver ? day(since, random.number(10...max(10, daysAgo))) : nil)
    try table.endRow()
  }

  /// Names the customer as registers do: by the supplier's number, or by scheme and code.
  private func name(_ table: TableFile, byIdentifier: Bool) {
    table.record(byIdentifier ? nil : .customer(profile.index))
    table.text(byIdentifier ? profile.scheme.rawValue : "")
    table.text(byIdentifier ? profile.code : "")
  }
}
