public import Facts
public import Values

extension Safeguards {
  /// Whether a customer may be contacted about a debt at an instant, by the clock on the wall of the Baltic states
  /// (LV-D-9: no Sundays, no public holidays, not between 21:00 and 08:00).
  public func mayContact(at instant: Instant, _ claim: ClaimSubject, by channel: DebtNotice.Channel) -> Bool {
    let (day, minute) = Self.wall(instant)
    return law.entries(claim, on: day).allSatisfy { entry in
      guard case .contactHours(let hours) = entry.rule, hours.channels.contains(channel) else { return true }
      return isOpen(hours, day, claim) && hours.open <= minute && minute < hours.close
    }
  }

  /// The first instant from one on at which the customer may be contacted; nil where there is none within a year.
  public func nextContact(
    from instant: Instant, _ claim: ClaimSubject, by channel: DebtNotice.Channel
  ) -> Instant? {
    if mayContact(at: instant, claim, by: channel) { return instant }
    var day = Self.wall(instant).day
    for _ in 0...366 {
      let openings = law.entries(claim, on: day).compactMap { entry -> Int? in
        guard case .contactHours(let hours) = entry.rule, hours.channels.contains(channel) else { return nil }
        return hours.open
      }
      // Summer time begins and ends at night, before any hour of contact.
      let opening = Self.instant(day, minute: openings.max() ?? 0)
      if instant < opening, mayContact(at: opening, claim, by: channel) { return opening }
      guard let next = day.adding(days: 1) else { return nil }
      day = next
    }
    return nil
  }

  private func isOpen(_ hours: LawContactHours, _ day: CivilDate, _ claim: ClaimSubject) -> Bool {
    guard !hours.closedWeekdays.contains(day.isoWeekday) else { return false }
    guard hours.closedOnHolidays else { return true }
    // Without a calendar no day is known to be none of the holidays.
    return calendars[claim.jurisdiction].map { !$0.holidays(of: day.year).contains(day) } ?? false
  }

  /// Day and minute of the wall clock of Riga, Tallinn and Vilnius, which are one.
  private static func wall(_ instant: Instant) -> (day: CivilDate, minute: Int) {
    let day = RigaTime.date(at: instant)
    let text = RigaTime.minute(at: instant).suffix(5)
    let parts = text.split(separator: ":").compactMap { Int($0) }
    return (day, parts.count == 2 ? parts[0] * 60 + parts[1] : 0)
  }

  private static func instant(_ day: CivilDate, minute: Int) -> Instant {
    let start = RigaTime.start(of: day)
    let plain = Instant(microseconds: start.microseconds + minute * 60_000_000)
    // On the two days on which the clock is set, the hours since midnight are one more or less.
    let shift = minute - wall(plain).minute
    return Instant(microseconds: plain.microseconds + shift * 60_000_000)
  }
}
