import Decisioning
import Facts
import Formats
import Values

/// What the supplier's policy says about the review by people.
public struct ReviewPolicy: Sendable {
  /// For how long a claim holds unless it is renewed.
  public let leaseMinutes = 15
  /// For how many days a case may be put off.
  public let longestSnoozeDays = 14
  /// For how many days a judgement stands where the reviewer names no end.
  public let validityDays = 180
  /// For how many days it may stand at most.
  public let longestValidityDays = 365
  /// The codes of reasons that a reviewer may give, as the texts list them.
  public let reasonCodes: [String]

  /// The policy of a rule set.
  public init(_ files: RuleSetFiles) {
    let texts = try? JSONReader.parse(files["reasons/en.json"] ?? [])
    reasonCodes = texts?["review"]?.objectValue?.keys ?? []
  }

  /// How a case is treated.
  public func treatment(_ subject: CaseSubject) -> Treatment {
    switch subject.kind {
    case .contest: Treatment(priority: 2, days: 30, countsWorkingDays: false)
    case .approval: Treatment(priority: 2, days: 5, countsWorkingDays: true)
    case .referral:
      Treatment(priority: subject.hasOrder ? 1 : 4, days: subject.hasOrder ? 2 : 10, countsWorkingDays: true)
    case .dataProblem: Treatment(priority: 4, days: 10, countsWorkingDays: true)
    }
  }

  /// The last day of a case that is opened on a day.
  public func due(_ treatment: Treatment, from day: CivilDate, in jurisdiction: Jurisdiction) -> CivilDate {
    guard treatment.countsWorkingDays else { return day.adding(days: treatment.days) ?? .latest }
    var due = day
    var left = treatment.days
    while left > 0, let next = due.adding(days: 1) {
      due = next
      if due.isoWeekday < 6 { left -= 1 }
    }
    return due
  }

  /// Why a change needs a second person; nothing where it needs none.
  public func secondPerson(_ change: ChangeOfDecision) -> [String] {
    var reasons: [String] = []
    if change.kind == .approval, change.customerKind == .household, change.restriction == .approved {
      reasons.append("household-restriction")
    }
    if change.ratingSteps > 1 { reasons.append("rating-steps") }
    if change.hasOwnEarlierCase { reasons.append("own-earlier-case") }
    if change.isBarredByLaw { reasons.append("barred-by-law") }
    return reasons
  }
}
