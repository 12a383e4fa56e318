import DebtManagement
import Facts
import Values

/// The shipped ladder once more, written as plain Swift from its description: what the table is held against.
enum NaiveLadder {
  typealias Circumstances = LadderCircumstances

  static func step(_ it: Circumstances) -> LadderStep? {
    if it.isPaid {
      switch it.restriction {
      case .none: return nil
      case .requested: return .withdrawal
      case .inEffect: return .release
      }
    }
    switch it.restriction {
    case .requested:
      let obstacles = [
        it.plan == .kept, it.isDisputed, it.isProtected, it.isOnHold, it.isDataRestricted, it.isInsolvent,
        it.isSold, it.isDeceased, it.isUnderReview,
      ]
      return obstacles.contains(true) ? .withdrawal : nil
    case .inEffect:
      if it.plan == .kept || it.isProtected || it.isDisputed && it.customerType == .household {
        return .release
      }
    case .none: break
    }
    guard let stage = it.stage else { return .reminder }
    switch (it.jurisdiction.code, it.claimant) {
    case ("LV", .supplier): return latvian(stage, it)
    case ("LV", .networkOperator): return stage == .reminder ? .debtNotice : nil
    case ("EE", .supplier): return seller(stage, it)
    case ("EE", .networkOperator): return networkOperator(stage, it)
    default: return nil
    }
  }

  private static func latvian(_ stage: LadderStep, _ it: Circumstances) -> LadderStep? {
    if stage == .reminder { return .debtNotice }
    guard it.commodity == .electricity || it.commodity == .gas else { return nil }
    let isBadlyRated = it.rating == nil || it.rating == "E" || it.rating == "F"
    switch (stage, it.customerType) {
    case (.debtNotice, _): return .restrictionWarning
    case (.restrictionWarning, .household): return .planOffer
    case (.planOffer, .household), (.noNewOrders, .business): return .disconnectionRequest
    case (.restrictionWarning, .business): return isBadlyRated ? .depositRequest : .prepaymentOffer
    case (.prepaymentOffer, .business): return isBadlyRated ? .depositRequest : .noNewOrders
    case (.depositRequest, .business): return .noNewOrders
    case (.disconnectionRequest, _) where it.commodity == .electricity: return .terminationNotice
    case (.terminationNotice, _) where it.commodity == .electricity: return .contractTermination
    default: return nil
    }
  }

  private static func seller(_ stage: LadderStep, _ it: Circumstances) -> LadderStep? {
    if stage == .reminder { return .debtNotice }
    guard it.commodity == .electricity else { return nil }
    return stage == .debtNotice
      ? .terminationNotice : stage == .terminationNotice ? .contractTermination : nil
  }

  private static func networkOperator(_ stage: LadderStep, _ it: Circumstances) -> LadderStep? {
    guard it.commodity == .electricity else { return stage == .reminder ? .debtNotice : nil }
    switch stage {
    case .reminder: return .restrictionWarning
    case .restrictionWarning:
      return it.hasElectricHeating && it.isHeatingSeason ? .powerLimit : .disconnectionRequest
    case .powerLimit: return .disconnectionRequest
    case .disconnectionRequest: return .terminationNotice
    case .terminationNotice: return .contractTermination
    default: return nil
    }
  }

  static func waits(_ it: Circumstances) -> Set<String> {
    guard let step = step(it) else { return [] }
    var waits: Set<String> = []
    func wait(_ code: String, if holds: Bool) { if holds { waits.insert(code) } }
    if step == .release || step == .withdrawal {
      wait("W-IN-HAND", if: it.stepInHand == step && it.daysInHand <= 14)
      return waits
    }
    let isHard = step.isRestriction || step == .restrictionWarning || step == .terminationNotice
    let isLatvian = it.jurisdiction == .latvia
    let isEstonian = it.jurisdiction == .estonia
    wait("W-IN-HAND", if: it.stepInHand != nil && it.daysInHand <= 14)
    wait("W-MINIMUM", if: step != .reminder && it.overdue < (it.customerType == .household ? 30 : 50))
    wait("W-HOLD", if: it.isOnHold)
    wait("W-DATA", if: it.isDataRestricted)
    wait("W-DECEASED", if: it.isDeceased)
    wait("W-INSOLVENT", if: it.isInsolvent)
    wait("W-SOLD", if: it.isSold)
    wait("W-PLAN", if: it.plan == .kept)
    wait("W-DISPUTED", if: isHard && it.isDisputed)
    wait("W-PROTECTED", if: isHard && it.isProtected)
    wait("W-REVIEW", if: step.isRestriction && it.isUnderReview)
    wait("W-DEADLINE", if: step.isRestriction && !it.isDeadlinePassed)
    wait(
      "W-OBJECTION",
      if: step.isRestriction && isLatvian && it.customerType == .household && it.daysSinceDebtNotice < 22)
    switch step {
    case .reminder: wait("W-PACE", if: it.daysPastDue < 3)
    case .debtNotice: wait("W-PACE", if: it.daysSinceStage < 7)
    case .restrictionWarning:
      wait("W-PACE", if: it.daysSinceStage < 7)
      wait("W-WARNING-EARLY", if: isLatvian && it.daysPastDue < 10)
    case .planOffer, .prepaymentOffer, .depositRequest: wait("W-PACE", if: it.daysSinceStage < 2)
    case .noNewOrders: wait("W-PACE", if: it.daysSinceStage < 7)
    case .powerLimit: wait("W-CLOCK", if: it.daysSinceWarning < 16)
    case .disconnectionRequest where isLatvian:
      wait("W-PACE", if: it.daysSinceStage < 7)
      let isOver =
        it.commodity == .gas
        ? it.workingDaysSinceWarning >= 6 : it.daysSinceWarning >= (it.customerType == .household ? 20 : 10)
      wait("W-CLOCK", if: !isOver)
    case .disconnectionRequest:
      wait("W-CLOCK", if: it.daysSinceWarning < 16)
      wait("W-CLOCK-INSOLVENCY", if: it.isTemporarilyInsolvent && it.daysSinceWarning < 31)
      wait("W-CLOCK-HEATING", if: it.hasElectricHeating && it.isHeatingSeason && it.daysSinceWarning < 91)
    case .terminationNotice, .contractTermination:
      wait("W-NOT-INTERRUPTED", if: isLatvian && it.daysRestricted < 30)
      wait(
        "W-NOT-INTERRUPTED", if: isEstonian && it.claimant == .networkOperator && it.daysRestricted < 181)
      if step == .terminationNotice {
        wait("W-PACE", if: isEstonian && it.claimant == .supplier && it.daysSinceStage < 14)
      } else {
        wait("W-CLOCK-TERMINATION", if: it.daysSinceTerminationNotice < 31)
      }
    case .release, .withdrawal: break
    }
    return waits
  }

  static func needsApproval(_ it: Circumstances) -> Bool {
    guard step(it)?.isRestriction ?? false else { return false }
    return it.customerType == .household || it.overdue >= 5000 || it.rating == "A" || it.rating == "B"
  }
}
