import Facts
import Values

/// The records for which a bar of the law data stands against a claim on a day.
struct BarRecords {
  let facts: CustomerFacts
  let contract: String
  let invoices: [String]
  let day: CivilDate
  var isReviewPending = false

  /// The records for which a bar stands; it does not where there are none.
  func evidence(_ code: BarCode) -> [String] {
    switch code {
    case .openComplaint: return complaints([.complaint, .outOfCourt])
    case .openObjection:
      let unanswered = complaints([.objection]).filter { id in
        facts.complaints.contains { $0.fact.id == id && ($0.fact.repliedOn.map { day < $0 } ?? true) }
      }
      return unanswered + complaints([.court])
    case .openDispute:
      return facts.disputes.map(\.fact).filter {
        isOpen($0.opened, $0.closed) && invoices.contains($0.invoice)
      }
      .map(\.id)
    case .insolvency: return register(.insolvency)
    case .protectedHousehold: return protections(.protectedUser)
    case .energyPoor: return protections(.energyPoor)
    case .dataRestricted: return protections(.dataRestricted)
    case .deceased: return protections(.deceased) + register(.deceased)
    case .planKept: return facts.paymentPlans.map(\.fact).filter(isKept).map(\.id)
    case .pendingReview: return isReviewPending ? [contract] : []
    case .sold:
      return facts.claimAssignments.map(\.fact).filter {
        $0.contract == contract && isOpen($0.date, $0.returned)
      }.map(\.id)
    case .hold:
      return facts.holds.map(\.fact).filter { isOpen($0.from, $0.until) && isAbout($0.contract, $0.invoice) }
        .map(\.id)
    default: return []
    }
  }

  private func isOpen(_ from: CivilDate, _ until: CivilDate?) -> Bool {
    from <= day && (until.map { day < $0 } ?? true)
  }

  /// Whether something about a contract or an invoice, or about neither, is about this claim.
  func isAbout(_ named: String?, _ invoice: String?) -> Bool {
    if let invoice { return invoices.contains(invoice) }
    return (named ?? contract) == contract
  }

  private func complaints(_ kinds: Set<Complaint.Kind>) -> [String] {
    facts.complaints.map(\.fact).filter {
      kinds.contains($0.kind) && isOpen($0.opened, $0.closed) && isAbout($0.contract, $0.invoice)
    }.map(\.id)
  }

  private func register(_ type: RegisterEntry.EntryType) -> [String] {
    facts.registerEntries.map(\.fact).filter { $0.type == type && isOpen($0.since, $0.until) }.map(\.id)
  }

  private func protections(_ kind: Protection.Kind) -> [String] {
    facts.protections.map(\.fact).filter { $0.kind == kind && isOpen($0.from, $0.until) }.map(\.id)
  }

  /// A plan is kept where the money received since it was agreed makes up what was due before the day.
  ///
  /// All money in the plan's currency counts, whatever it names: in doubt the customer kept to it.
  private func isKept(_ plan: PaymentPlan) -> Bool {
    guard plan.contract == contract, isOpen(plan.agreed, plan.ended) else { return false }
    let due = facts.planInstalments.map(\.fact).filter {
      $0.plan == plan.id && $0.agreed <= day && $0.due < day
    }
    guard let currency = due.first?.amount.currency, due.allSatisfy({ $0.amount.currency == currency }) else {
      return true
    }
    let received = facts.payments.map(\.fact).filter {
      plan.agreed <= $0.date && $0.date <= day && $0.amount.currency == currency && !isReversed($0.id)
    }
    return received.reduce(0) { $0 + $1.amount.amount } >= due.reduce(0) { $0 + $1.amount.amount }
  }

  func isReversed(_ payment: String) -> Bool {
    facts.reversals.contains { $0.fact.payment == payment && $0.fact.date <= day }
  }
}
