import Facts
import Formats
import Values

extension DebtLawEntry {
  private static let common: Set<String> = [
    "id", "kind", "claimants", "commodities", "customers", "from", "until", "source", "confidence", "note",
  ]

  /// Reads an entry; unknown members are refused.
  init(_ object: DataObject, _ jurisdiction: Jurisdiction) throws(DataFault) {
    let kind = try object.text("kind")
    let (rule, members) = try object.rule(kind)
    try object.allow(Self.common.union(members))
    self.jurisdiction = jurisdiction
    self.kind = kind
    self.rule = rule
    id = try object.text("id")
    claimants = try object.optional("claimants", object.choices)
    commodities = try object.optional("commodities", object.choices)
    customers = try object.optional("customers", object.choices)
    from = try object.date("from")
    until = try object.optional("until", object.date)
    source = try object.text("source")
    confidence = try object.choice("confidence")
    note = try object.text("note")
    json = object.json
    if let until, until < from { throw object.fault("until", "\(until) is before the first day, \(from)") }
  }
}

extension DataObject {
  /// The rule of a kind, and the members that it is told by.
  fileprivate func rule(_ kind: String) throws(DataFault) -> (DebtLawRule, Set<String>) {
    switch kind {
    case "tool": return (.tool(try choices("tools")), ["tools"])
    case "noticeClock":
      return (
        .noticeClock(try choice("notice"), try dayCount()), ["notice", "days", "unit", "counting"]
      )
    case "clock": return (.clock(try clock()), Self.clockMembers)
    case "objection":
      return (
        .objection(try clock(), barsRequest: try bool("barsRequest")),
        Self.clockMembers.union(["barsRequest"])
      )
    case "statedDeadline":
      let deadline = LawDeadline(
        notice: try choice("notice"), isRequired: try bool("required"), minimum: try minimum(),
        tools: try choices("tools"))
      return (.statedDeadline(deadline), ["notice", "required", "minimumDays", "unit", "tools"])
    case "deemedReceipt":
      return (
        .deemedReceipt(try choices("channels"), days: try integer("days", in: 0...60)), ["channels", "days"]
      )
    case "proof": return (.proof(try choices("channels"), try choices("events")), ["channels", "events"])
    case "form":
      let form = LawForm(
        notice: try choice("notice"), channels: try choices("channels"), addresses: try choices("addresses"),
        needsSplit: try optional("split", bool) ?? false,
        needsDeadline: try optional("deadline", bool) ?? false)
      return (.form(form), ["notice", "channels", "addresses", "split", "deadline"])
    case "interruption":
      let count = DayCount(
        days: try integer("days", in: 0...DayCount.most), unit: .calendar, counting: try choice("counting"))
      return (.interruption(count, try choices("tools")), ["days", "counting", "tools"])
    case "bar":
      let bar: BarCode = try choice("bar")
      guard BarCode.ofLaw.contains(bar) else {
        throw fault("bar", "'\(bar.rawValue)' is checked whatever the data say")
      }
      return (.bar(bar, try choices("tools")), ["bar", "tools"])
    case "floor": return (.floor(try amount("amount"), try choices("tools")), ["amount", "tools"])
    case "limitation":
      return (
        .limitation(years: try integer("years", in: 1...100), try choices("tools")), ["years", "tools"]
      )
    case "noCutDays": return (.noCutDays(try noCutDays()), ["days", "easter", "weekdays", "tools"])
    default: return try otherRule(kind)
    }
  }

  /// The rules that no tool waits for.
  private func otherRule(_ kind: String) throws(DataFault) -> (DebtLawRule, Set<String>) {
    switch kind {
    case "interest": return (.interest(try interest()), ["rate", "points", "base"])
    case "cap":
      let subject: LawCap.Subject = try choice("cap")
      if has("share") {
        return (.cap(LawCap(subject: subject, limit: .share(try amount("share")))), ["cap", "share"])
      }
      if has("perDay") {
        return (.cap(LawCap(subject: subject, limit: .perDay(try amount("perDay")))), ["cap", "perDay"])
      }
      let acts = LawCap.Limit.acts(first: try amount("first"), other: try amount("other"))
      return (.cap(LawCap(subject: subject, limit: acts)), ["cap", "first", "other"])
    case "reporting": return (.reporting(try reporting()), Self.reportingMembers)
    case "contactHours":
      let hours = LawContactHours(
        channels: try choices("channels"), open: try minuteOfDay("open"), close: try minuteOfDay("close"),
        closedWeekdays: try integers("closedWeekdays", in: 1...7), closedOnHolidays: try bool("holidays"))
      guard hours.open < hours.close, Set(hours.closedWeekdays).count < 7 else {
        throw fault("close", "leaves no hour of any day")
      }
      return (.contactHours(hours), ["channels", "open", "close", "closedWeekdays", "holidays"])
    case "release":
      let count = DayCount(days: try integer("days", in: 0...60), unit: try choice("unit"), counting: .after)
      return (
        .release(LawRelease(count: count, costPaid: try bool("costPaid"))), ["days", "unit", "costPaid"]
      )
    case "demand": return (.demand(try choices("notices")), ["notices"])
    default: throw fault("kind", "'\(kind)' is none of: \(Self.kinds.joined(separator: ", "))")
    }
  }

  private static let kinds = [
    "tool", "noticeClock", "clock", "objection", "statedDeadline", "deemedReceipt", "proof", "form",
    "interruption",
    "bar", "floor", "limitation", "interest", "cap", "reporting", "contactHours", "release", "noCutDays",
    "demand",
  ]
  private static let clockMembers: Set<String> = [
    "notice", "start", "days", "unit", "counting", "when", "season", "tools",
  ]
  private static let reportingMembers: Set<String> = [
    "delayDays", "practiceDays", "notice", "warningDays", "refreshMonths", "correctMonths", "above", "years",
  ]

  func dayCount() throws(DataFault) -> DayCount {
    DayCount(
      days: try integer("days", in: 0...DayCount.most), unit: try choice("unit"),
      counting: try choice("counting"))
  }

  private func clock() throws(DataFault) -> LawClock {
    LawClock(
      notice: try choice("notice"), start: try choice("start"), count: try dayCount(),
      when: try optional("when", choice), season: try optional("season", season), tools: try choices("tools"))
  }

  func season(_ member: String) throws(DataFault) -> Season {
    let season = try object(member)
    try season.allow(["from", "until"])
    return Season(from: try season.dayOfYear("from"), until: try season.dayOfYear("until"))
  }

  private func minimum() throws(DataFault) -> DayCount? {
    guard has("minimumDays") else {
      if has("unit") { throw fault("minimumDays", "is missing beside unit") }
      return nil
    }
    return DayCount(
      days: try integer("minimumDays", in: 0...DayCount.most), unit: try choice("unit"), counting: .after)
  }

  private func noCutDays() throws(DataFault) -> LawNoCutDays {
    var days: Set<DayOfYear> = []
    for text in try texts("days") {
      guard let day = DayOfYear(text) else { throw fault("days", "'\(text)' is not a day as in 12-24") }
      days.insert(day)
    }
    let weekdays = try integers("weekdays", in: 1...7)
    guard Set(weekdays).count < 7, days.count < 366 else { throw fault("weekdays", "leaves no day") }
    return LawNoCutDays(
      days: days, easter: try integers("easter", in: -100...200), weekdays: weekdays,
      tools: try choices("tools"))
  }

  private func interest() throws(DataFault) -> LawInterest {
    guard has("points") else { return LawInterest(rate: try amount("rate"), base: []) }
    var base: [LawInterest.Step] = []
    for step in try objects("base") {
      try step.allow(["from", "rate"])
      let from = try step.date("from")
      if let last = base.last, from <= last.from {
        throw step.fault("from", "is not after the step before it")
      }
      base.append(LawInterest.Step(from: from, rate: try step.signedAmount("rate")))
    }
    return LawInterest(rate: try amount("points"), base: base)
  }

  private func reporting() throws(DataFault) -> LawReporting {
    func days(_ member: String) throws(DataFault) -> Int { try integer(member, in: 0...DayCount.most) }
    func few(_ member: String) throws(DataFault) -> Int { try integer(member, in: 1...120) }
    var warning: LawReporting.Warning?
    if has("notice") {
      warning = LawReporting.Warning(notice: try choice("notice"), days: try days("warningDays"))
    }
    return LawReporting(
      delayDays: try days("delayDays"), practiceDays: try optional("practiceDays", days), warning: warning,
      refreshMonths: try optional("refreshMonths", few), correctMonths: try optional("correctMonths", few),
      above: try optional("above", amount), years: try optional("years", few))
  }

  private func minuteOfDay(_ member: String) throws(DataFault) -> Int {
    let text = try text(member)
    guard text.utf8.count == 5, let time = CivilTime(text + ":00"), time.zone == nil else {
      throw fault(member, "is not a time as in 08:00")
    }
    return time.secondOfDay / 60
  }
}
