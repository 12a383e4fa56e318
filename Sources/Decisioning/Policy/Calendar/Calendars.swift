import Facts

/// The working days of every country that a rule set knows, `calendars/*.json`.
public struct Calendars: Sendable {
  private let byCountry: [Jurisdiction: WorkingCalendar]

  /// Calendars by country.
  init(_ byCountry: [Jurisdiction: WorkingCalendar]) {
    self.byCountry = byCountry
  }

  /// The countries that there are calendars of.
  public var countries: [Jurisdiction] { byCountry.keys.sorted() }

  /// The calendar of a country; one of weekends alone where the rule set has none.
  public subscript(country: Jurisdiction) -> WorkingCalendar { byCountry[country] ?? WorkingCalendar() }
}
