public import Facts
import Values

/// The statutory checks, apart from every policy: what they refuse is not done, whoever proposed it.
///
/// They read facts and law data alone, count days and amounts by their own code, and know neither clock nor chance.
public struct Safeguards: Sendable {
  /// The law.
  public let law: DebtLaw
  /// The holidays.
  public let calendars: DebtCalendars

  /// Safeguards by this law and these holidays.
  public init(law: DebtLaw, calendars: DebtCalendars) {
    self.law = law
    self.calendars = calendars
  }

  /// Every clock and every bar for a request, and the earliest lawful day, by the facts known at the end of its day.
  public func examine(
    _ request: RestrictionRequest, facts: CustomerFacts, pendingReview: Bool
  ) -> SafeguardReport {
    Examination(request: request, facts: facts, law: law, calendars: calendars, pendingReview: pendingReview)
      .report()
  }

  /// The certificate of a lawful request; nil where a bar stands or a clock still runs.
  public func certificate(_ report: SafeguardReport) -> Certificate? {
    report.isLawful ? Certificate(report) : nil
  }
}
