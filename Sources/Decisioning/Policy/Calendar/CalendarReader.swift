import Facts
import Formats
import Values

extension Calendars {
  /// How many holidays a country may have: with more, working days could run out.
  private static let mostHolidays = 100

  /// Reads every `calendars/*.json` of a rule set; a fault anywhere refuses the rule set.
  public init(_ files: RuleSetFiles) throws(RuleSetError) {
    var calendars: [Jurisdiction: WorkingCalendar] = [:]
    for path in files.paths where path.hasPrefix("calendars/") && path.hasSuffix(".json") {
      let file = try RuleObject(path, of: files)
      try file.allow(["jurisdiction", "source", "confidence", "note", "holidays"])
      guard let country = Jurisdiction(try file.text("jurisdiction")) else {
        throw file.fault("jurisdiction", "is not a country's code of two capital letters")
      }
      guard calendars[country] == nil else {
        throw file.fault("jurisdiction", "there is another calendar of \(country)")
      }
      _ = try file.text("source")
      let _: LawProvision.Confidence = try file.choice("confidence")
      let items = try file.array("holidays")
      guard items.count <= Self.mostHolidays else {
        throw file.fault("holidays", "has more than \(Self.mostHolidays) days")
      }
      var holidays: [Holiday] = []
      for (place, item) in items.enumerated() {
        holidays.append(try RuleObject(item, path: path, place: "/holidays/\(place)").holiday())
      }
      calendars[country] = WorkingCalendar(holidays: holidays)
    }
    self.init(calendars)
  }
}

extension RuleObject {
  /// A holiday: told by exactly one of `on`, `easter` and `weekday`.
  fileprivate func holiday() throws(RuleSetError) -> Holiday {
    try allow([
      "name", "on", "easter", "weekday", "number", "month", "movesFromWeekend", "firstYear", "lastYear",
      "note",
    ])
    let told = ["on", "easter", "weekday"].filter { json[$0] != nil }
    guard told.count == 1 else {
      throw fault("on", "a holiday has exactly one of on, easter and weekday")
    }
    var moves = false
    if let member = json["movesFromWeekend"] {
      guard case .bool(let value) = member else {
        throw fault("movesFromWeekend", "is neither true nor false")
      }
      moves = value
    }
    let firstYear = try optional("firstYear", integer)
    let lastYear = try optional("lastYear", integer)
    if let firstYear, let lastYear, lastYear < firstYear {
      throw fault("lastYear", "\(lastYear) is before the first year, \(firstYear)")
    }
    return Holiday(
      try text("name"), try day(told[0]), movesFromWeekend: moves, firstYear: firstYear, lastYear: lastYear)
  }

  private func day(_ member: String) throws(RuleSetError) -> Holiday.Day {
    switch member {
    case "easter": return .easter(offset: try integer("easter", in: -100...200))
    case "weekday":
      return .weekday(
        try integer("weekday", in: 1...7), number: try integer("number", in: 1...5),
        month: try integer("month", in: 1...12))
    default:
      let text = try text("on")
      if let date = CivilDate(text) { return .once(date) }
      // A leap year, so that 29 February is a day.
      guard text.utf8.count == 5, let date = CivilDate("2024-" + text) else {
        throw fault("on", "'\(text)' is neither a day of every year as in 05-04 nor a date as in 2018-09-24")
      }
      return .fixed(month: date.month, day: date.day)
    }
  }

  private func integer(_ member: String, in bounds: ClosedRange<Int>) throws(RuleSetError) -> Int {
    let number = try integer(member)
    guard bounds.contains(number) else {
      throw fault(member, "is not between \(bounds.lowerBound) and \(bounds.upperBound)")
    }
    return number
  }
}
