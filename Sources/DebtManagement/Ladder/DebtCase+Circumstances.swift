import Facts
import Values

extension DebtCase {
  /// What does not change with how far the case has come, as if it were owed and nothing stood in the way.
  func bareCircumstances(on day: CivilDate) -> LadderCircumstances {
    var circumstances = LadderCircumstances(
      jurisdiction: jurisdiction, commodity: commodity, claimant: claimant, customerType: customerType,
      rating: rating, overdue: amount.principal + amount.penalty + amount.costs,
      daysPastDue: openedOn.map { $0.days(until: day) + 1 } ?? 0)
    circumstances.hasElectricHeating = hasElectricHeating
    circumstances.isHeatingSeason = day.month >= 10 || day.month <= 4
    return circumstances
  }

  /// All that the policy looks at, on a day at or after that of the case.
  func circumstances(_ walk: Ladder.Walk, on day: CivilDate) -> LadderCircumstances {
    var result = bareCircumstances(on: day)
    func days(since date: CivilDate?) -> Int { date.map { max(0, $0.days(until: day)) } ?? 0 }
    // What the next step would be about, which may be less than all that is past due.
    let claimed = ClaimAmount(walk.claimed, currency: currency)
    result.overdue = claimed.principal + claimed.penalty + claimed.costs
    func counted(_ step: LadderStep) -> NoticeStanding? { walk.notices.last { $0.step == step } }
    result.stage = walk.stage
    result.daysSinceStage = days(since: walk.stageOn)
    result.stepInHand = walk.inHand?.step
    result.daysInHand = days(since: walk.inHand?.since)
    result.daysSinceDebtNotice = days(since: counted(.debtNotice)?.receivedOn)
    let warning = counted(.restrictionWarning)
    result.daysSinceWarning = days(since: warning?.sent)
    result.workingDaysSinceWarning =
      warning.map {
        // Enough of them to pass any clock, so that years are not gone through.
        calendar.workingDays(after: $0.sent, through: day, most: 60)
      } ?? 0
    result.daysSinceTerminationNotice = days(since: counted(.terminationNotice)?.sent)
    result.isDeadlinePassed =
      (counted(.terminationNotice) ?? warning)?.deadline.map { $0 < day } ?? false
    result.daysRestricted = restriction.daysInterrupted(on: day)
    let protections = protections.filter { $0.isInForce(on: day) }
    result.isTemporarilyInsolvent = protections.contains { $0.kind == .temporaryInsolvency && $0.withProof }
    result.plan = plan
    result.isDisputed = !disputes.isEmpty
    result.isOnHold = holds.contains { $0.isInForce(on: day) }
    result.isProtected = protections.contains { $0.kind == .protectedUser || $0.kind == .energyPoor }
    result.isDataRestricted = protections.contains { $0.kind == .dataRestricted }
    result.isInsolvent = insolvency?.isInForce(on: day) ?? false
    result.isSold = assignment?.isInForce(on: day) ?? false
    result.isDeceased = isDeceased
    result.isUnderReview = isUnderReview
    result.isPaid = isPaid
    if restriction.terminatedOn == nil {
      result.restriction =
        restriction.requested != nil ? .requested : restriction.inEffect != nil ? .inEffect : .none
    }
    return result
  }
}

extension Ladder {
  /// The next day on which the policy's answer can be another while the facts stay as they are.
  func lookAgain(_ debt: DebtCase, _ walk: Walk, after day: CivilDate) -> CivilDate? {
    let warning = walk.notices.last { $0.step == .restrictionWarning }
    let termination = walk.notices.last { $0.step == .terminationNotice }
    let starts: [(LadderCircumstances.Input, CivilDate?)] = [
      (.daysPastDue, debt.openedOn?.adding(days: -1)), (.daysSinceStage, walk.stageOn),
      (.daysInHand, walk.inHand?.since),
      (.daysSinceDebtNotice, walk.notices.last { $0.step == .debtNotice }?.receivedOn),
      (.daysSinceWarning, warning?.sent), (.daysSinceTerminationNotice, termination?.sent),
      (.daysRestricted, debt.restriction.inEffect?.date),
    ]
    var days: [CivilDate] = []
    for (input, start) in starts {
      guard let start else { continue }
      days += model.turns(input).compactMap { start.adding(days: $0) }
    }
    if let warning {
      days += model.turns(.workingDaysSinceWarning).compactMap {
        debt.calendar.adding(workingDays: $0, to: warning.sent)
      }
    }
    days += [warning, termination].compactMap { $0?.deadline?.adding(days: 1) }
    days += debt.holds.compactMap(\.until) + debt.protections.compactMap(\.until)
    days += [debt.insolvency?.until, debt.assignment?.returned].compactMap(\.self)
    // A letter counts as come on its day, by itself.
    days += debt.notices.compactMap(\.provenOn)
    if debt.hasElectricHeating {
      days += [(day.year, 5), (day.year, 10), (day.year + 1, 5)].compactMap {
        CivilDate(year: $0.0, month: $0.1, day: 1)
      }
    }
    days += debt.planDays
    if let due = debt.nextDueOn { days.append(due) }
    return days.filter { $0 > day }.min()
  }
}
