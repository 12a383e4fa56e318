public import Explanation
public import Facts
public import Values

/// Whether a debt is reported to a credit bureau, and what is to become of a report: a decision in its own right.
public struct ReportingDecision: Hashable, Sendable {
  /// What is to be done.
  public enum Duty: String, CaseIterable, Hashable, Sendable {
    /// Nothing.
    case nothing
    /// The debt may be reported for the first time.
    case report
    /// What was reported is told anew.
    case refresh
    /// What was reported is marked or taken back, since something stands against it now.
    case correct
    /// The report says that the debt has ended.
    case end
  }

  /// The customer number.
  public var customer: String
  /// The contract; nil for a debt without one, which is never reported.
  public var contract: String?
  /// The day.
  public var day: CivilDate
  /// What is to be done.
  public var duty: Duty
  /// Since when the debt may be reported as far as the clocks of the law go; nil where one has not begun.
  public var since: CivilDate?
  /// The last day on which what was reported is told anew; nil where nothing was, or no provision says so.
  public var refreshBy: CivilDate?
  /// The last day on which what was reported is corrected; nil where it is right.
  public var correctBy: CivilDate?
  /// The last day on which a debt that was paid may still stand there; nil where no provision says so.
  public var until: CivilDate?
  /// The first day of delay.
  public var firstDelay: CivilDate?
  /// What is past due now of the invoices that are reported.
  public var amount: Money
  /// The invoices.
  public var invoices: [String]
  /// What was told the bureau last; nil where nothing was, or it was taken back.
  public var last: LastReport?
  /// Whether the report has to say that the customer objected (LV-B-3).
  public var isObjected: Bool
  /// Why, the most important first.
  public var reasons: [ReportingReason]
  /// The provisions, as in `LV-B-1`.
  public var rules: [String]

  /// Whether nothing stands against a report.
  public var mayReport: Bool { reasons.contains(.reportable) }

  /// The reasons as sentences of a language.
  public func sentences(_ texts: TextCatalogue) throws(TextError) -> [String] {
    try reasons.map { reason throws(TextError) in try texts.reportingReason(reason.rawValue) }
  }
}

/// What was told a bureau last.
public struct LastReport: Hashable, Sendable {
  /// The day.
  public var on: CivilDate
  /// The amount that was told.
  public var amount: Decimal

  /// A report.
  public init(on: CivilDate, amount: Decimal) {
    self.on = on
    self.amount = amount
  }
}
