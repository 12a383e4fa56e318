import Facts
import Formats
import Values

extension DebtCalendars {
  /// Reads files of holidays (`rules/calendars/*.json`); a fault anywhere refuses all of them.
  public init(files: [(path: String, bytes: [UInt8])]) throws(SafeguardsError) {
    var calendars: [Jurisdiction: DebtCalendar] = [:]
    for file in files {
      let json: JSONValue
      do throws(JSONError) {
        json = try JSONReader.parse(file.bytes)
      } catch {
        throw .json(path: file.path, error)
      }
      do throws(DataFault) {
        let object = DataObject(json: json, place: "")
        try object.allow(["jurisdiction", "source", "confidence", "note", "holidays"])
        guard let jurisdiction = Jurisdiction(try object.text("jurisdiction")), calendars[jurisdiction] == nil
        else {
          throw object.fault("jurisdiction", "is no code of a country, or one that has a calendar already")
        }
        var holidays: [DebtCalendar.Holiday] = []
        for holiday in try object.objects("holidays") { holidays.append(try DebtCalendar.Holiday(holiday)) }
        guard holidays.count <= 100 else { throw object.fault("holidays", "are more than 100") }
        calendars[jurisdiction] = DebtCalendar(holidays: holidays)
      } catch {
        throw .data(path: file.path, place: error.place, fault: error.fault)
      }
    }
    self.init(calendars: calendars)
  }
}

extension DebtCalendar.Holiday {
  init(_ object: DataObject) throws(DataFault) {
    try object.allow([
      "name", "on", "easter", "weekday", "number", "month", "movesFromWeekend", "firstYear", "lastYear",
      "note",
    ])
    _ = try object.text("name")
    guard ["on", "easter", "weekday"].filter(object.has).count == 1 else {
      throw object.fault("on", "a holiday has exactly one of on, easter and weekday")
    }
    if object.has("easter") {
      rule = .easter(try object.integer("easter", in: -100...200))
    } else if object.has("weekday") {
      rule = .weekday(
        try object.integer("weekday", in: 1...7), number: try object.integer("number", in: 1...5),
        month: try object.integer("month", in: 1...12))
    } else if let date = DataObject.date(try object.text("on")) {
      rule = .once(date)
    } else {
      rule = .fixed(try object.dayOfYear("on"))
    }
    movesFromWeekend = try object.optional("movesFromWeekend", object.bool) ?? false
    let span = 1...9999
    func year(_ member: String) throws(DataFault) -> Int { try object.integer(member, in: span) }
    let first = try object.optional("firstYear", year) ?? span.lowerBound
    let last = try object.optional("lastYear", year) ?? span.upperBound
    guard first <= last else { throw object.fault("lastYear", "is before the first year") }
    years = first...last
  }
}
