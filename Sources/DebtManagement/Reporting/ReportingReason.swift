import Safeguards

/// Why a debt may or may not be reported to a credit bureau, or what is to become of a report; the raw value is the code
/// under which `reasons/*.json` have the sentence.
public enum ReportingReason: String, CaseIterable, Hashable, Sendable {
  /// The clocks of the law have run, and nothing stands against it.
  case reportable = "B-REPORTABLE"
  /// No provision lets such a debt be reported.
  case noProvision = "B-NO-PROVISION"
  /// Nothing is past due.
  case notOverdue = "B-NOT-OVERDUE"
  /// It has not been late for long enough.
  case tooEarly = "B-TOO-EARLY"
  /// No warning is proven to have gone out long enough ago.
  case warning = "B-WARNING"
  /// A written objection was not answered with reasons.
  case objection = "B-OBJECTION"
  /// It is not above the register's least amount.
  case tooSmall = "B-TOO-SMALL"
  /// A dispute or complaint is open.
  case disputed = "B-DISPUTED"
  /// The processing of the data is restricted.
  case dataRestricted = "B-DATA"
  /// The debtor has died.
  case deceased = "B-DECEASED"
  /// The claim is with a collector.
  case sold = "B-SOLD"
  /// Somebody holds it.
  case hold = "B-HOLD"
  /// A payment plan is kept; the house reports nobody who keeps one.
  case plan = "B-PLAN"
  /// An employee is looking at the case.
  case review = "B-REVIEW"
  /// Insolvency proceedings are open: the claim goes to the administrator.
  case insolvent = "B-INSOLVENT"
  /// The customer objected and was answered, which a report says (LV-B-3).
  case objected = "B-OBJECTED"
  /// What was reported is paid (LV-B-5).
  case paid = "B-PAID"
  /// The amount is another than was reported.
  case changed = "B-CHANGED"
  /// A quarter is over since the last report (LV-B-4).
  case quarter = "B-QUARTER"

  /// The reason that a bar of the law is.
  init(_ bar: ReportingReport.Bar) {
    self =
      switch bar {
      case .noProvision: .noProvision
      case .notOverdue: .notOverdue
      case .tooEarly: .tooEarly
      case .warning: .warning
      case .objection: .objection
      case .tooSmall: .tooSmall
      case .disputed: .disputed
      case .dataRestricted: .dataRestricted
      case .deceased: .deceased
      case .sold: .sold
      case .hold: .hold
      }
  }
}
