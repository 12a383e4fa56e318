import DebtManagement
import Facts
import Values

/// Judges whether the steps before a step were taken, proven and waited for: the ladder written down once more, by hand.
struct LadderJudge {
  private let facts: CustomerFacts
  /// Whether only the times of the law count, not those that the policy of the house adds.
  private let isLawAlone: Bool

  /// The invoices that letters name, by notice.
  private let named: [String: Set<String>]

  init(_ facts: CustomerFacts, _ effects: [StoredEffect], isLawAlone: Bool) {
    self.facts = facts
    named = Dictionary(uniqueKeysWithValues: effects.map { ($0.effect.id, Set($0.effect.invoices)) })
    self.isLawAlone = isLawAlone
  }

  private struct Rung {
    var type: DebtNotice.NoticeType
    /// Days that have to pass after the one before was proven, before it is sent.
    var pace: Int
  }

  /// What is missing before an effect, in words; nothing where all is there.
  func gaps(before stored: StoredEffect) -> [String] {
    let effect = stored.effect
    let day = RigaTime.date(at: stored.at)
    guard let contract = facts.contracts.first(where: { $0.fact.id == effect.contract })?.fact else {
      return effect.step == .reminder ? [] : ["without a contract"]
    }
    let isLatvian = contract.jurisdiction == .latvia
    let isHousehold = contract.customerType == .household
    let isOperator = contract.claimant == .networkOperator
    var rungs = [Rung(type: .reminder, pace: 0)]
    if !isOperator { rungs.append(Rung(type: .debtNotice, pace: 7)) }
    if isLatvian || isOperator { rungs.append(Rung(type: .restrictionWarning, pace: 7)) }
    if isLatvian { rungs.append(Rung(type: isHousehold ? .planOffer : .depositRequest, pace: 2)) }
    rungs.append(Rung(type: .terminationNotice, pace: !isLatvian && !isOperator ? 14 : 0))
    if case .letter(let notice) = effect.kind {
      guard let place = rungs.firstIndex(where: { $0.type == notice.type }) else {
        return ["\(notice.type) has no place"]
      }
      return gaps(Array(rungs[...place]), effect, day, isLast: true).gaps
    }
    switch effect.step {
    case .noNewOrders:
      return gaps(rungs.filter { $0.type != .terminationNotice }, effect, day, isLast: false).gaps
    case .disconnectionRequest, .powerLimit:
      let (chain, found) = gaps(rungs.filter { $0.type != .terminationNotice }, effect, day, isLast: false)
      if !chain.isEmpty { return chain }
      if !isLatvian && !isOperator { return ["a seller's claim never leads there"] }
      if isInterrupted(contract.id, days: 0, on: day) { return ["supply is interrupted already"] }
      return clocks(effect, contract, found, day)
    case .contractTermination:
      // What led to the interruption was judged with it; proofs that came back since are asked for again.
      let needsInterruption = isLatvian || isOperator
      let (chain, found) = gaps(
        needsInterruption ? rungs.filter { $0.type == .terminationNotice } : rungs, effect, day,
        isLast: false,
        after: needsInterruption ? interruption(contract.id, on: day) : nil)
      if !chain.isEmpty { return chain }
      guard let notice = found.last else { return ["no notice"] }
      var gaps: [String] = []
      if !(isLatvian && isLawAlone), notice.sent.days(until: day) <= 30 { gaps.append("30 days of notice") }
      if isLatvian || isOperator,
        !isInterrupted(contract.id, days: isOperator ? 181 : isLawAlone ? 0 : 30, on: day)
      {
        gaps.append("supply is not interrupted")
      }
      return gaps
    default: return []
    }
  }

  private struct Proven {
    var sent: CivilDate, proven: CivilDate, received: CivilDate, deadline: CivilDate?
  }

  /// Follows rungs in their order, the earliest proven notice of each; the last one itself may be what is being sent.
  private func gaps(
    _ rungs: [Rung], _ effect: Effect, _ day: CivilDate, isLast: Bool, after begin: CivilDate? = nil
  ) -> (gaps: [String], found: [Proven]) {
    let bills = facts.invoices.map(\.fact).filter { effect.invoices.contains($0.id) }
    // Two sources may tell of one invoice.
    guard Set(bills.map(\.id)) == Set(effect.invoices), effect.invoices.count == Set(effect.invoices).count,
      let due = bills.map(\.due).max()
    else {
      return (["an invoice is not known"], [])
    }
    var (start, found): (CivilDate, [Proven]) = (begin ?? due, [])
    for (place, rung) in rungs.enumerated() {
      let pace = place == 0 ? 1 : isLawAlone ? 0 : rung.pace
      if isLast, place == rungs.count - 1 {
        // Its own invoices may have come later than the first notice; only that each was due counts.
        let isInTime = start.after(pace) <= day
        return (
          isInTime ? [] : ["\(rung.type) came \(start.days(until: day)) days after the step before"], found
        )
      }
      // In which order notices go out is the policy's to say: the law counts each by itself.
      let earliest = isLawAlone ? due.after(1) : begin != nil && place == 0 ? start : start.after(pace)
      let next = notices(rung.type, effect, by: day).filter { $0.sent >= earliest }
        .min { ($0.proven, $0.sent) < ($1.proven, $1.sent) }
      guard let next, next.proven <= day else { return (["\(rung.type) is not proven"], found) }
      found.append(next)
      start = next.proven
    }
    return ([], found)
  }

  /// The notices of a type about all invoices of an effect, whose delivery is proven by what is known.
  private func notices(_ type: DebtNotice.NoticeType, _ effect: Effect, by day: CivilDate) -> [Proven] {
    facts.debtNotices.map(\.fact).filter {
      $0.type == type && $0.contract == effect.contract && $0.contentHash != nil && $0.sent <= day
        && (named[$0.id]?.isSuperset(of: effect.invoices) ?? true)
    }
    .compactMap { notice in
      let events = facts.noticeDeliveries.map(\.fact).filter {
        $0.notice == notice.id && $0.date >= notice.sent && $0.date <= day
      }
      let back = events.filter { $0.event == .returned || $0.event == .failed }.map(\.date).max()
      let came = events.filter { $0.event == .delivered || $0.event == .received }.map(\.date)
        .filter { date in back.map { date > $0 } ?? true }.min()
      let isPosted = back == nil && events.contains { $0.event == .sent && $0.evidence != nil }
      let deemed = notice.sent.after(7)
      guard came != nil || isPosted else { return nil }
      return Proven(
        sent: notice.sent, proven: came ?? deemed, received: max(came ?? deemed, deemed),
        deadline: notice.deadline)
    }
  }

  /// The waiting times between the warning and a restriction.
  private func clocks(_ effect: Effect, _ contract: Contract, _ found: [Proven], _ day: CivilDate) -> [String]
  {
    var gaps: [String] = []
    func need(_ what: String, _ holds: Bool) { if !holds { gaps.append(what) } }
    let warning = contract.claimant == .networkOperator ? found.last : found.dropLast().last
    guard let warning else { return ["no warning"] }
    let since = warning.sent.days(until: day)
    need("the day that the warning states", warning.deadline.map { $0 < day } ?? false)
    if contract.claimant == .networkOperator {
      need("15 days", since > 15)
      guard effect.step == .disconnectionRequest else { return gaps }
      let isPoor = facts.protections.contains {
        $0.fact.kind == .temporaryInsolvency && $0.fact.withProof && $0.fact.isInForce(on: day)
      }
      need("30 days", !isPoor || since > 30)
      let isHeated = facts.dwellings.contains {
        $0.fact.deliveryPoint == contract.deliveryPoint && $0.fact.needsElectricityToHeat
      }
      need("90 days", !isHeated || since > 90 || (5...9).contains(day.month))
      return gaps
    }
    if contract.customerType == .household, found.count > 1 {
      need("21 days to object", found[1].received.days(until: day) > 21)
    }
    if contract.commodity == .gas {
      let weekdays = (warning.sent.dayNumber + 1..<day.dayNumber).count {
        CivilDate(dayNumber: $0).isoWeekday < 6
      }
      need("5 working days", weekdays >= 5)
    } else {
      need("20 days", since >= (contract.customerType == .household ? 20 : isLawAlone ? 0 : 10))
    }
    return gaps
  }

  private func isInterrupted(_ contract: String, days: Int, on day: CivilDate) -> Bool {
    interruption(contract, on: day).map { $0.days(until: day) >= days } ?? false
  }

  /// Since when supply is interrupted.
  private func interruption(_ contract: String, on day: CivilDate) -> CivilDate? {
    let answers = facts.operatorConfirmations.map(\.fact).filter { $0.contract == contract && $0.date <= day }
    let restored = answers.filter { $0.event == .restored }.map(\.date).max()
    return answers.filter { answer in
      answer.event == .disconnected && (restored.map { answer.date >= $0 } ?? true)
    }.map(\.date).min()
  }
}
