import Facts
import Values

extension Timeline {
  /// What was done about debts, and what stands against it.
  mutating func tellDebt() {
    for delivery in facts.noticeDeliveries {
      let isGone = delivery.fact.event == .returned || delivery.fact.event == .failed
      add(
        delivery, "notice \(delivery.fact.event.rawValue)", nil, delivery.fact.notice,
        isGone ? .warning : .plain)
    }
    for complaint in facts.complaints {
      let about = complaint.fact.invoice ?? complaint.fact.contract ?? "all claims"
      let isOpen = complaint.fact.isOpen(on: today)
      add(
        complaint, Self.words(complaint.fact.kind), nil, "about \(about)" + (isOpen ? ", open" : ""),
        isOpen ? .warning : .plain)
      if let replied = complaint.fact.repliedOn { add(complaint, on: replied, "reasoned reply", nil, about) }
      if let closed = complaint.fact.closed {
        let outcome = complaint.fact.outcome.map { ", \($0.rawValue)" } ?? ""
        add(complaint, on: closed, "\(Self.words(complaint.fact.kind)) closed", nil, about + outcome)
      }
    }
    tellPlans()
    for protection in facts.protections {
      let proof = protection.fact.withProof ? "with proof" : "without proof"
      add(protection, "protection", nil, "\(protection.fact.kind.rawValue), \(proof)", .warning)
      if let until = protection.fact.until { add(protection, on: until, "protection ended") }
    }
    for hold in facts.holds {
      let about = hold.fact.invoice ?? hold.fact.contract ?? "everything"
      let until = hold.fact.until.map { ", until \($0)" } ?? ""
      add(hold, "hold", nil, "\(about), \(hold.fact.reason)\(until)", .warning)
    }
    for confirmation in facts.operatorConfirmations {
      let isLoss = [.disconnected, .limited, .terminated].contains(confirmation.fact.event)
      add(
        confirmation, "operator: \(confirmation.fact.event.rawValue)", nil, confirmation.fact.contract,
        isLoss ? .bad : .plain)
    }
    for assignment in facts.claimAssignments {
      let contract = assignment.fact.contract
      add(assignment, "claims to collector", nil, "\(contract), \(assignment.fact.collector)", .warning)
      if let day = assignment.fact.returned { add(assignment, on: day, "claims returned", nil, contract) }
    }
    for deposit in facts.deposits {
      let isGiven = deposit.fact.amount.amount.sign > 0
      add(
        deposit, isGiven ? "deposit" : "deposit given back", deposit.fact.amount, deposit.fact.contract)
    }
  }

  private mutating func tellPlans() {
    for plan in facts.paymentPlans {
      let instalments = facts.planInstalments.count { $0.fact.plan == plan.record }
      add(
        plan, "payment plan", nil,
        "\(plan.fact.contract), \(instalments == 1 ? "1 instalment" : "\(instalments) instalments")", .warning
      )
      if let ended = plan.fact.ended {
        add(
          plan, on: ended, "payment plan ended", nil, plan.fact.endReason?.rawValue ?? "",
          plan.fact.endReason == .fulfilled ? .good : .warning)
      }
    }
    for instalment in facts.planInstalments {
      add(
        instalment, on: instalment.fact.due, "instalment due", instalment.fact.amount, instalment.fact.plan)
    }
  }

  /// What a notice is called.
  static func words(_ type: DebtNotice.NoticeType?) -> String {
    switch type {
    case nil, .debtNotice: "debt notice"
    case .reminder: "reminder"
    case .restrictionWarning: "restriction warning"
    case .planOffer: "plan offer"
    case .prepaymentOffer: "prepayment offer"
    case .depositRequest: "deposit request"
    case .terminationNotice: "termination notice"
    case .bureauWarning: "bureau warning"
    }
  }

  private static func words(_ kind: Complaint.Kind) -> String {
    switch kind {
    case .complaint: "complaint"
    case .objection: "objection"
    case .outOfCourt: "out-of-court case"
    case .court: "court case"
    }
  }
}
