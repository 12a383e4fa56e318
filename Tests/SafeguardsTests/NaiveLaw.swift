import Facts
import Values

@testable import Safeguards

/// The law of electricity as of 2026, written out by hand for the random histories.
struct NaiveLaw {
  let history: RandomHistory
  private var facts: CustomerFacts { history.facts.facts }
  private var on: CivilDate { history.request.on }
  private var isLatvia: Bool { history.country == .latvia }
  private var isHousehold: Bool { history.kind == .household }
  private var tool: Tool { history.request.tool }

  init(_ history: RandomHistory) { self.history = history }

  private var isAllowed: Bool {
    switch (history.country, history.claimant, tool) {
    case (.latvia, .supplier, .disconnectionRequest), (.latvia, .supplier, .contractTermination): true
    case (.latvia, .networkOperator, .disconnectionRequest): !isHousehold
    case (.latvia, _, _): false
    case (_, .supplier, let tool): tool == .contractTermination
    case (_, .networkOperator, _): true
    }
  }

  /// The first day of three years that is allowed by every rule, asked one by one.
  var earliest: CivilDate? {
    guard isAllowed, !bills.isEmpty else { return nil }
    return (0...1100).map { RandomHistory.day($0) }.first { day in
      // A seasonal rule alone never says when: something else has to have begun.
      allows(day)
    }
  }

  private var bills: [Invoice] { facts.invoices.map(\.fact).filter { $0.issued <= on } }

  func allows(_ day: CivilDate) -> Bool {
    guard isAllowed else { return false }
    if [1224, 1225, 1226, 1231, 101].contains(day.month * 100 + day.day) { return false }
    if let easter = Easter.sunday(of: day.year), [-2, 0, 1].contains(easter.days(until: day)) {
      return false
    }
    return !bills.isEmpty && bills.allSatisfy { allows(day, $0) }
  }

  private func allows(_ day: CivilDate, _ bill: Invoice) -> Bool {
    if isLatvia {
      if tool == .contractTermination {
        return interruption.map { $0 <= day } ?? false && (!isHousehold || objectionIsOver(day, bill))
      }
      guard isHousehold else {
        return !good(.restrictionWarning, bill, needsDeadline: true).isEmpty
          && statedDayIsOver(.restrictionWarning, day, bill)
      }
      let warned = good(.restrictionWarning, bill).contains {
        plus($0.sent, 20) <= day && plus(bill.due, 10) <= $0.sent
      }
      return warned && objectionIsOver(day, bill) && statedDayIsOver(.restrictionWarning, day, bill)
    }
    switch (history.claimant, tool) {
    case (.networkOperator, .contractTermination):
      return interruption.map { plus($0, 181) <= day } ?? false
        && good(.terminationNotice, bill).contains { plus($0.sent, 31) <= day }
    case (.supplier, _):
      return good(.terminationNotice, bill, needsDeadline: true).contains { plus($0.sent, 31) <= day }
        && statedDayIsOver(.terminationNotice, day, bill)
    default:
      let warnings = good(.restrictionWarning, bill)
      guard warnings.contains(where: { plus($0.sent, 16) <= day }),
        statedDayIsOver(.restrictionWarning, day, bill)
      else {
        return false
      }
      guard tool == .disconnectionRequest, isHousehold else { return true }
      if isIll, !warnings.contains(where: { plus($0.sent, 31) <= day }) { return false }
      let isSeason = !(5...9).contains(day.month)
      return !(needsHeating && isSeason) || warnings.contains { plus($0.sent, 91) <= day }
    }
  }

  private func plus(_ day: CivilDate, _ days: Int) -> CivilDate { CivilDate(dayNumber: day.dayNumber + days) }

  private func objectionIsOver(_ day: CivilDate, _ bill: Invoice) -> Bool {
    good(.debtNotice, bill).contains { notice in
      guard notice.deadline != nil, notice.principal == 50 else { return false }
      if notice.channel == .letter { return plus(notice.sent, 29) <= day }
      return proof(notice).map { plus($0, 22) <= day } ?? false
    }
  }

  private func about(_ type: DebtNotice.NoticeType, _ bill: Invoice) -> [DebtNotice] {
    facts.debtNotices.map(\.fact).filter {
      $0.type == type && $0.contract == "K1" && ($0.invoice == nil || $0.invoice == bill.id) && $0.sent <= on
        && $0.sent > bill.due
    }
  }

  private func statedDayIsOver(_ type: DebtNotice.NoticeType, _ day: CivilDate, _ bill: Invoice) -> Bool {
    about(type, bill).filter { !cameBack($0) }.compactMap(\.deadline).allSatisfy { $0 < day }
  }

  private func good(_ type: DebtNotice.NoticeType, _ bill: Invoice, needsDeadline: Bool = false)
    -> [DebtNotice]
  {
    about(type, bill).filter { notice in
      notice.contentHash != nil && notice.addressKind != nil && proof(notice) != nil
        && (notice.deadline != nil || !needsDeadline) && (notice.channel != .sms || isFormless(type))
    }
  }

  /// The notices that no provision asks to be written.
  private func isFormless(_ type: DebtNotice.NoticeType) -> Bool {
    switch (isLatvia, type) {
    case (true, .terminationNotice): true
    case (true, .debtNotice), (true, .restrictionWarning): false
    case (false, .restrictionWarning): history.claimant == .supplier
    default: !isHousehold
    }
  }

  private func deliveries(_ notice: DebtNotice) -> [NoticeDelivery] {
    facts.noticeDeliveries.map(\.fact).filter { $0.notice == notice.id && $0.date <= on }
  }

  private func cameBack(_ notice: DebtNotice) -> Bool {
    proof(notice) == nil && deliveries(notice).contains { $0.event == .returned }
  }

  /// The day of the first event that proves the delivery and is after any return.
  private func proof(_ notice: DebtNotice) -> CivilDate? {
    let back = deliveries(notice).filter { $0.event == .returned }.map(\.date).max()
    return deliveries(notice).filter { one in
      guard one.date >= notice.sent, back.map({ $0 < one.date }) ?? true else { return false }
      return one.event == .delivered || one.event == .received
        || one.event == .sent && one.evidence != nil && notice.channel == .letter
    }.map(\.date).min()
  }

  private var interruption: CivilDate? {
    let known = facts.operatorConfirmations.map(\.fact).filter { $0.date <= on }
    let restored = known.first { $0.event == .restored }?.date
    return known.first { $0.event == .disconnected && (restored == nil || $0.date > restored ?? on) }?.date
  }

  private var isIll: Bool {
    let sent = bills.flatMap { good(.restrictionWarning, $0) }.map(\.sent).min() ?? on
    return facts.protections.map(\.fact).contains {
      $0.kind == .temporaryInsolvency && $0.withProof && $0.from <= on
        && ($0.until == nil || $0.until ?? on > sent)
    }
  }

  private var needsHeating: Bool {
    facts.dwellings.map(\.fact).contains { $0.isPermanentHome && $0.needsElectricityToHeat }
  }

  /// The bars by the ledger of the policy and by hand.
  var bars: Set<BarCode> {
    var bars: Set<BarCode> = []
    func holds(_ from: CivilDate, _ until: CivilDate?) -> Bool {
      from <= on && (until == nil || on < until ?? on)
    }
    if !isAllowed { bars.insert(.toolNotAllowed) }
    let ledger = Ledger(facts, businessDate: on, currency: .eur)
    let open = ledger.invoices.reduce(Decimal.zero) { $0 + $1.outstanding }
    if ledger.invoices.contains(where: { $0.outstanding == 0 || $0.due >= on }) { bars.insert(.notOverdue) }
    if history.request.amount.amount > open { bars.insert(.amountTooHigh) }
    if history.request.amount.amount <= 0 { bars.insert(.notPositive) }
    if min(open, history.request.amount.amount) < 10 { bars.insert(.underFloor) }
    if history.isReviewed { bars.insert(.pendingReview) }
    for one in facts.complaints.map(\.fact) where holds(one.opened, one.closed) && one.contract == "K1" {
      bars.insert(one.kind == .complaint ? .openComplaint : .openObjection)
    }
    if facts.disputes.contains(where: { holds($0.fact.opened, $0.fact.closed) }) { bars.insert(.openDispute) }
    for one in facts.registerEntries.map(\.fact) where one.type == .insolvency && holds(one.since, one.until)
    {
      bars.insert(.insolvency)
    }
    for one in facts.protections.map(\.fact) where holds(one.from, one.until) {
      switch one.kind {
      case .protectedUser where isHousehold && tool != .powerLimit: bars.insert(.protectedHousehold)
      case .energyPoor where isHousehold && tool != .powerLimit: bars.insert(.energyPoor)
      case .dataRestricted: bars.insert(.dataRestricted)
      case .deceased: bars.insert(.deceased)
      default: break
      }
    }
    if facts.holds.contains(where: { holds($0.fact.from, $0.fact.until) }) { bars.insert(.hold) }
    if facts.claimAssignments.contains(where: { holds($0.fact.date, $0.fact.returned) }) {
      bars.insert(.sold)
    }
    if [1224, 1225, 1226, 1231, 101].contains(on.month * 100 + on.day) { bars.insert(.noCutDay) }
    if let easter = Easter.sunday(of: on.year), [-2, 0, 1].contains(easter.days(until: on)) {
      bars.insert(.noCutDay)
    }
    return bars
  }
}
