import Facts
public import Values

/// A clock as it ran for some of the invoices.
public struct ClockFinding: Hashable, Sendable {
  /// What kind of clock.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// When the notice might go out at the earliest.
    case noticeClock
    /// When the tool might be used after the notice.
    case clock
    /// When the time to object is over.
    case objection
    /// When the last day to pay that the notice states is over.
    case statedDeadline
    /// When supply was interrupted for long enough.
    case interruption
  }

  /// What started it.
  public enum Start: String, CaseIterable, Hashable, Sendable {
    /// The due date.
    case due
    /// The sending of the notice.
    case sent
    /// Its receipt, or when the law deems it.
    case received
    /// The last day to pay that it states.
    case deadline
    /// The interruption of supply, which the operator confirmed.
    case disconnected
  }

  /// The rule, as in `LV-E-1`.
  public let rule: String
  /// What kind of clock.
  public let kind: Kind
  /// The invoices that it ran for; all of the request where it hangs on none.
  public let invoices: [String]
  /// The notice that it hangs on.
  public let notice: String?
  /// What started it.
  public let start: Start
  /// When that was; nil where it has not happened or is not proven.
  public let startDay: CivilDate?
  /// How long it runs.
  public let count: DayCount
  /// The days that it binds; nil for all.
  public let season: Season?
  /// The first day on which it allows what waits for it; nil where it was never started.
  public let earliest: CivilDate?
  /// The records that it rests on.
  public let evidence: [String]

  /// Whether the tool may be used on a day as far as this clock goes.
  ///
  /// A clock of the due date binds the notice alone; whether it was kept was found before.
  func permits(_ day: CivilDate) -> Bool {
    guard kind != .noticeClock else { return true }
    guard let earliest else { return false }
    return earliest <= day || season?.contains(day) == false
  }
}

/// A bar as it was found: standing or not.
public struct BarFinding: Hashable, Sendable {
  /// What forbids.
  public let code: BarCode
  /// The rule, as in `EU-3`; `-` for what is checked whatever the law data say.
  public let rule: String
  /// Whether it forbids.
  public let stands: Bool
  /// The records that it rests on, where it stands.
  public let evidence: [String]
}

/// A circumstance that decides whether a clock runs.
public struct CircumstanceFinding: Hashable, Sendable {
  /// Which.
  public let circumstance: ClockCircumstance
  /// Whether it holds.
  public let holds: Bool
  /// The records that say so.
  public let evidence: [String]
}

/// A notice that counted for nothing.
public struct RefusedNotice: Hashable, Sendable {
  /// The record.
  public let notice: String
  /// The invoice for which it was looked at.
  public let invoice: String
  /// Why.
  public let reason: NoticeRefusal
}
