import Facts
import Values

extension DebtCase {
  /// The completion of a step that was begun at or after a day; nil where none is proven by another.
  func taken(
    _ step: LadderStep, about claimed: [ClaimInvoice], after start: CivilDate?, by day: CivilDate
  ) -> (on: CivilDate, notice: NoticeStanding?)? {
    if step.isNotice {
      guard let notice = proven(step, about: claimed, from: start, by: day), let on = notice.provenOn else {
        return nil
      }
      return (on, notice)
    }
    switch step {
    case .powerLimit:
      // A home that is disconnected is past its limit, also one that never had one: it was cut in summer.
      guard let done = restriction.inEffect, done.date <= day else { return nil }
      return (done.date, nil)
    case .disconnectionRequest:
      guard let done = restriction.inEffect, done.event == .disconnected, done.date <= day else { return nil }
      return (done.date, nil)
    case .noNewOrders:
      // Nobody outside answers it: it is complete once it has left.
      let left = effects.filter { effect in
        effect.step == step && effect.progress == .left && effect.on <= day
          && start.map { effect.on >= $0 } ?? true
          && restriction.undoneOn.map { effect.on > $0 } ?? true && openedOn.map { effect.on >= $0 } ?? false
      }
      return left.map(\.on).min().map { ($0, nil) }
    default: return nil
    }
  }

  /// The newest step that was begun beyond what is proven and has not failed; nil where there is none.
  func inHand(beyond walk: Ladder.Walk, on day: CivilDate) -> (step: LadderStep, since: CivilDate)? {
    let proven = Set(notices.filter { $0.provenOn.map { $0 <= day } ?? false || $0.hasFailed }.map(\.id))
    let answered = answeredRequests
    var begun: [(step: LadderStep, since: CivilDate)] = notices.filter {
      !proven.contains($0.id) && $0.sent <= day
    }
    .map { ($0.step, $0.sent) }
    for effect in effects where effect.on <= day && !proven.contains(effect.id) {
      if effect.step.isNotice {
        // Once it has left, its notice tells the rest; one of an earlier delinquency is none of this one.
        let isOld = effect.progress == .left && openedOn.map { effect.on < $0 } ?? true
        if !isOld, !notices.contains(where: { $0.id == effect.id }) { begun.append((effect.step, effect.on)) }
      } else if effect.step == .noNewOrders {
        if effect.progress == .waiting { begun.append((effect.step, effect.on)) }
      } else if !answered.contains(effect.id), !isOver(effect) {
        begun.append((effect.step, effect.on))
      }
    }
    if let refused = restriction.refused, refused.date <= day {
      // The same again tomorrow would be refused again.
      let step = effects.first { $0.id == refused.request }?.step ?? .disconnectionRequest
      begun.append((step, refused.date))
    }
    return begun.max { ($0.since, $0.step.rank) < ($1.since, $1.step.rank) }
  }

  /// Since when a step that takes back what is asked for or there is under way, whatever was begun after it.
  func reliefInHand(_ step: LadderStep, on day: CivilDate) -> CivilDate? {
    guard let concerned = restriction.requested?.id ?? restriction.inEffect?.request else { return nil }
    return effects.last {
      $0.step == step && $0.concerning == concerned && $0.on <= day && !answeredRequests.contains($0.id)
    }?.on
  }

  /// The requests that the operator has answered with anything.
  private var answeredRequests: Set<String> { Set(confirmations.map(\.request)) }

  /// Whether what the operator did since makes a request pointless: supply restored, the request withdrawn.
  private func isOver(_ effect: EffectStanding) -> Bool {
    switch effect.step {
    case .release: restriction.inEffect == nil && restriction.undoneOn.map { $0 >= effect.on } ?? false
    case .withdrawal: restriction.requested == nil
    default: restriction.undoneOn.map { $0 >= effect.on } ?? false
    }
  }

  /// The invoices that a step is about: those that every notice that counts names, all where none does.
  ///
  /// So every invoice of a restriction has been reminded of, notified and warned of; and only undisputed ones for supply
  /// and network are among them.
  func claim(of step: LadderStep?, _ walk: Ladder.Walk) -> [ClaimInvoice] {
    let reminded = walk.claimed
    guard step?.isRestriction ?? false else { return reminded }
    return reminded.filter { $0.isPrincipal && $0.disputed <= 0 && $0.overdue > 0 }
  }
}

extension LadderStep {
  /// The place on the ladder.
  var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
