import Facts
public import Values

/// What the law says of a request: every clock, every bar, and the earliest lawful day.
public struct SafeguardReport: Hashable, Sendable {
  /// What was asked.
  public let request: RestrictionRequest
  /// Which law it is under; nil where that is not known, and then a bar says so.
  public let claim: ClaimSubject?
  /// The clocks, the notices' own among them.
  public let clocks: [ClockFinding]
  /// The bars, those that do not stand among them.
  public let bars: [BarFinding]
  /// The circumstances that longer clocks depend on.
  public let circumstances: [CircumstanceFinding]
  /// The notices that the clocks hang on.
  public let notices: [NoticeEvidence]
  /// The notices that counted for nothing, and why.
  public let refused: [RefusedNotice]
  /// The invoices and what settled them.
  public let bills: [ClaimBill]
  /// How many notices were sent about the debt, for the costs.
  public let noticesSent: Int
  /// What may be claimed.
  public let limits: ClaimLimits
  /// The holidays that working days were counted by; nil where none were counted.
  public let holidays: HolidaySpan?
  /// The entries of the law data that it was measured by.
  public let law: [DebtLawEntry]
  /// The version of the law data.
  public let lawVersion: Digest
  /// The first day on which the clocks allow the tool, whatever bars stand; nil where something has not begun.
  public let earliest: CivilDate?

  /// The holidays between two days.
  public struct HolidaySpan: Hashable, Sendable {
    /// The first day looked at.
    public let from: CivilDate
    /// The last day looked at.
    public let until: CivilDate
    /// The holidays, in order.
    public let days: [CivilDate]
  }

  /// The bars that stand.
  public var standing: [BarFinding] { bars.filter(\.stands) }

  /// Whether the request may go out on its day: no bar stands, and every clock allows that day.
  public var isLawful: Bool {
    guard let earliest, earliest <= request.on, standing.isEmpty else { return false }
    return clocks.allSatisfy { $0.permits(request.on) }
  }
}
