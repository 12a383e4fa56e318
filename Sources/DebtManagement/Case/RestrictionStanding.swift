public import Facts
public import Values

/// What is asked for and what is there of restrictions of one contract.
public struct RestrictionStanding: Hashable, Sendable {
  /// A request that the operator has not answered, or that has not left yet; nil where there is none.
  public var requested: EffectStanding?
  /// What was done at the delivery point and not undone since; nil where supply is whole.
  public var inEffect: OperatorConfirmation?
  /// A request that the operator refused, and nothing came after; nil where there is none.
  public var refused: OperatorConfirmation?
  /// The day from which the ladder begins anew, since a restriction was undone; nil where none was.
  public var undoneOn: CivilDate?
  /// The day on which the contract ended.
  public var terminatedOn: CivilDate?
  /// The invoices that the newest restriction names; empty where that is not known.
  public var invoices: [String] = []

  /// For how many days in a row supply is interrupted.
  public func daysInterrupted(on day: CivilDate) -> Int {
    guard let inEffect, inEffect.event == .disconnected else { return 0 }
    return max(0, inEffect.date.days(until: day))
  }
}

extension RestrictionStanding {
  /// The standing of a contract on a day, from the operator's confirmations and the effects of earlier steps.
  init(_ facts: CustomerFacts, _ effects: [EffectStanding], _ contract: Contract?, on day: CivilDate) {
    self.init()
    guard let contract else { return }
    if let end = contract.end, end <= day { terminatedOn = end }
    let confirmations = facts.operatorConfirmations.map(\.fact)
      .filter { $0.contract == contract.id && $0.date <= day }
      .sorted { ($0.date, $0.event.order, $0.id) < ($1.date, $1.event.order, $1.id) }
    for confirmation in confirmations {
      switch confirmation.event {
      case .disconnected, .limited:
        // Interrupted again on top of a limit, the interruption counts from its own day.
        if inEffect == nil || inEffect?.event == .limited && confirmation.event == .disconnected {
          inEffect = confirmation
        }
        refused = nil
      case .restored:
        inEffect = nil
        refused = nil
        undoneOn = confirmation.date
      case .withdrawn:
        refused = nil
        undoneOn = confirmation.date
      case .refused: refused = confirmation
      case .terminated: terminatedOn = terminatedOn.map { min($0, confirmation.date) } ?? confirmation.date
      }
    }
    let requests = effects.filter {
      $0.contract == contract.id && $0.step.isRestriction && $0.progress != .void
    }
    let answered = Set(confirmations.map(\.request))
    requested = requests.last { request in
      // A withdrawal names the request or itself; either way nothing asked for before it stands.
      !answered.contains(request.id) && undoneOn.map { request.on > $0 } ?? true
    }
    invoices = (requested ?? requests.last { $0.id == inEffect?.request })?.invoices ?? []
  }
}

extension OperatorConfirmation.Event {
  /// Of one day, what was asked for comes before what was undone.
  fileprivate var order: Int {
    switch self {
    case .refused: 0
    case .limited: 1
    case .disconnected: 2
    case .withdrawn: 3
    case .restored: 4
    case .terminated: 5
    }
  }
}
