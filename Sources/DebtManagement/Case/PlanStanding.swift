import Facts
import Values

/// How the payment plan of a contract stands.
public enum PlanStanding: String, CaseIterable, Hashable, Sendable {
  /// There is none, or it ended in good order.
  case none
  /// What has fallen due of it was paid in time.
  case kept
  /// Less was paid than has fallen due, or it ended as broken.
  case broken
}

extension PlanStanding {
  /// The standing of the newest plan of a contract on a day.
  ///
  /// An instalment may be paid on its last day: it counts from the day after.
  ///
  /// - Parameter received: what the contract's invoices have received from a day on.
  init(
    _ facts: CustomerFacts, contract: String?, on day: CivilDate, received: (CivilDate) -> Decimal
  ) {
    let plans = facts.paymentPlans.map(\.fact).filter { $0.contract == contract && $0.agreed <= day }
    guard let plan = plans.max(by: { ($0.agreed, $0.id) < ($1.agreed, $1.id) }) else {
      self = .none
      return
    }
    if let ended = plan.ended, ended <= day {
      self = plan.endReason == .broken ? .broken : .none
      return
    }
    var owed: Decimal = 0
    for instalment in facts.planInstalments.map(\.fact)
    where instalment.plan == plan.id && instalment.due < day {
      owed += instalment.amount.amount
    }
    self = received(plan.agreed) >= owed ? .kept : .broken
  }

  /// The days after those on which instalments of a contract's plans fall due, and on which plans end.
  static func days(_ facts: CustomerFacts, contract: String?) -> [CivilDate] {
    let plans = facts.paymentPlans.map(\.fact).filter { $0.contract == contract }
    let ids = Set(plans.map(\.id))
    return plans.compactMap(\.ended)
      + facts.planInstalments.map(\.fact).filter { ids.contains($0.plan) }.compactMap {
        $0.due.adding(days: 1)
      }
  }
}
