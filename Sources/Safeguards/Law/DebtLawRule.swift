public import Facts
public import Values

/// What one entry of the law data says.
public enum DebtLawRule: Hashable, Sendable {
  /// The tools that a claim allows.
  case tool(Set<Tool>)
  /// A notice goes out no earlier than so long after the due date.
  case noticeClock(DebtNotice.NoticeType, DayCount)
  /// A tool is used no earlier than so long after a notice.
  case clock(LawClock)
  /// The time to object; whether it bars a restriction is a switch.
  case objection(LawClock, barsRequest: Bool)
  /// The last day to pay that a notice states is kept to.
  case statedDeadline(LawDeadline)
  /// Post is deemed received so many days after it was sent, even if it came earlier.
  case deemedReceipt(Set<DebtNotice.Channel>, days: Int)
  /// What proves that a notice was delivered.
  case proof(Set<DebtNotice.Channel>, Set<ProofEvent>)
  /// The form without which a notice is none.
  case form(LawForm)
  /// A tool is used no earlier than so long after supply was interrupted, while it is.
  case interruption(DayCount, Set<Tool>)
  /// What forbids tools.
  case bar(BarCode, Set<Tool>)
  /// The least amount.
  case floor(Decimal, Set<Tool>)
  /// After how many years a claim is no ground any more.
  case limitation(years: Int, Set<Tool>)
  /// Statutory interest.
  case interest(LawInterest)
  /// The most of an amount beside the principal.
  case cap(LawCap)
  /// When a debt may be reported.
  case reporting(LawReporting)
  /// When a customer may be contacted.
  case contactHours(LawContactHours)
  /// Within which time service is restored.
  case release(LawRelease)
  /// Days on which nobody is cut off.
  case noCutDays(LawNoCutDays)
  /// Notices that demand something which needs a permission.
  case demand(Set<DebtNotice.NoticeType>)

  /// The tools that the entry is about; nil where it is about none in particular.
  var tools: Set<Tool>? {
    switch self {
    case .tool(let tools), .interruption(_, let tools), .bar(_, let tools), .floor(_, let tools),
      .limitation(_, let tools):
      tools
    case .clock(let clock): clock.tools
    case .objection(let clock, let barsRequest): barsRequest ? clock.tools : []
    case .statedDeadline(let deadline): deadline.tools
    case .noCutDays(let days): days.tools
    default: nil
    }
  }
}

/// What proves the delivery of a notice.
public enum ProofEvent: String, CaseIterable, Hashable, Sendable {
  /// It was handed over, and the carrier gave a reference.
  case sentWithEvidence
  /// The carrier delivered it.
  case delivered
  /// The customer confirmed that it came.
  case received
}

/// A circumstance of the customer or the dwelling that sets a longer clock going.
public enum ClockCircumstance: String, CaseIterable, Hashable, Sendable {
  /// Serious illness or unemployment, told with proof; which of them is not kept.
  case temporaryInsolvencyWithProof
  /// The permanent home cannot be heated without electricity.
  case electricHeating
}

/// A clock that a notice starts.
public struct LawClock: Hashable, Sendable {
  /// What starts a clock.
  public enum Start: String, CaseIterable, Hashable, Sendable {
    /// The sending.
    case sent
    /// The receipt, or when the law deems it.
    case received
  }

  /// The notice.
  public let notice: DebtNotice.NoticeType
  /// What of it starts the clock.
  public let start: Start
  /// How long it runs.
  public let count: DayCount
  /// Only where this holds; nil for always.
  public let when: ClockCircumstance?
  /// The days that it binds; nil for all.
  public let season: Season?
  /// The tools that wait for it.
  public let tools: Set<Tool>
}

/// A stated deadline.
public struct LawDeadline: Hashable, Sendable {
  /// The notice that states it.
  public let notice: DebtNotice.NoticeType
  /// Whether a notice without one is none.
  public let isRequired: Bool
  /// How long after sending it is at least.
  public let minimum: DayCount?
  /// The tools that wait for it.
  public let tools: Set<Tool>
}

/// The form of a notice.
public struct LawForm: Hashable, Sendable {
  /// The notice.
  public let notice: DebtNotice.NoticeType
  /// How it may be sent.
  public let channels: Set<DebtNotice.Channel>
  /// What addresses it may go to.
  public let addresses: Set<DebtNotice.AddressKind>
  /// Whether its amount is split into principal, interest, penalty and costs.
  public let needsSplit: Bool
  /// Whether it states a last day to pay.
  public let needsDeadline: Bool
}

/// Statutory interest, in per cent a year.
public struct LawInterest: Hashable, Sendable {
  /// The rate, or the points above the base.
  public let rate: Decimal
  /// From which day on which base counts, in order; empty where there is none.
  public let base: [Step]

  /// A base from a day on.
  public struct Step: Hashable, Sendable {
    /// The first day.
    public let from: CivilDate
    /// The base.
    public let rate: Decimal
  }

  /// The rate of a day: a base holds for half a year, and beyond the last one known it counts as none.
  func rate(on day: CivilDate) -> Decimal {
    guard let step = base.last(where: { $0.from <= day }) else { return rate }
    let isLast = step == base.last
    if isLast, let end = step.from.adding(months: 6), day >= end { return rate }
    return rate + max(0, step.rate)
  }
}

/// The most of an amount.
public struct LawCap: Hashable, Sendable {
  /// What is capped.
  public enum Subject: String, CaseIterable, Hashable, Sendable {
    /// Interest.
    case interest
    /// Contractual penalty.
    case penalty
    /// Costs of recovery.
    case costs
  }

  /// How high it may be.
  public enum Limit: Hashable, Sendable {
    /// A share of the principal.
    case share(Decimal)
    /// A share of the overdue sum for each day.
    case perDay(Decimal)
    /// An amount for the first notice and one for everything else.
    case acts(first: Decimal, other: Decimal)
  }

  /// What is capped.
  public let subject: Subject
  /// How high it may be.
  public let limit: Limit
}

/// When a debt may be reported to a credit bureau.
public struct LawReporting: Hashable, Sendable {
  /// Days since the first day of delay by law.
  public let delayDays: Int
  /// Days since the first day of delay that the register asks for.
  public let practiceDays: Int?
  /// The warning that goes before, and how many days.
  public let warning: Warning?
  /// After how many months the report is refreshed.
  public let refreshMonths: Int?
  /// Within how many months a disputed report is answered and corrected.
  public let correctMonths: Int?
  /// Debts up to this are not reported.
  public let above: Decimal?
  /// For how many years after the breach ended it is.
  public let years: Int?

  /// A warning before reporting.
  public struct Warning: Hashable, Sendable {
    /// The notice.
    public let notice: DebtNotice.NoticeType
    /// Days since it was sent.
    public let days: Int
  }
}

/// When a customer may be contacted.
public struct LawContactHours: Hashable, Sendable {
  /// The channels that disturb.
  public let channels: Set<DebtNotice.Channel>
  /// From which minute of the day.
  public let open: Int
  /// Until which minute of the day.
  public let close: Int
  /// Weekdays without contact; 1 is Monday.
  public let closedWeekdays: [Int]
  /// Whether there is none on public holidays.
  public let closedOnHolidays: Bool
}

/// Within which time service is restored after payment.
public struct LawRelease: Hashable, Sendable {
  /// How long.
  public let count: DayCount
  /// Whether the published cost of the restoration is to be paid first.
  public let costPaid: Bool
}

/// Days on which nobody is cut off.
public struct LawNoCutDays: Hashable, Sendable {
  /// Days of every year.
  public let days: Set<DayOfYear>
  /// Days counted from Easter Sunday.
  public let easter: [Int]
  /// Weekdays; 1 is Monday.
  public let weekdays: [Int]
  /// The tools that they stop.
  public let tools: Set<Tool>

  /// Whether a date is one of them.
  func contains(_ date: CivilDate) -> Bool {
    if days.contains(DayOfYear(date)) || weekdays.contains(date.isoWeekday) { return true }
    guard let sunday = DebtCalendar.easterSunday(of: date.year) else { return false }
    return easter.contains(sunday.days(until: date))
  }
}
