import Decisioning
import Formats
import Values

extension ReviewCase {
  /// What events make of a case, from its first; nil where the first does not open it.
  public init?(folding events: [ReviewEvent]) {
    guard let first = events.first, first.kind == .opened, let opened = ReviewCase(opening: first) else {
      return nil
    }
    self = opened
    for event in events.dropFirst() { apply(event) }
  }

  /// The case that an event opens; nil where it lacks what a case needs.
  init?(opening event: ReviewEvent) {
    guard event.kind == .opened, let reason = event.about[ReviewEvent.Key.reason]?.stringValue,
      let priority = event.about[ReviewEvent.Key.priority]?.integerValue,
      let due = event.about[ReviewEvent.Key.due]?.stringValue.flatMap({ CivilDate($0) })
    else { return nil }
    self.init(
      id: event.caseID, customerKey: event.about[ReviewEvent.Key.customer]?.integerValue,
      decision: event.decision, reason: reason, priority: priority, openedAt: event.at, due: due,
      state: .open, version: 1, isEscalated: false)
  }

  /// Takes in the next event.
  mutating func apply(_ event: ReviewEvent) {
    if event.changesCase { version += 1 }
    switch event.kind {
    case .opened:
      guard var again = ReviewCase(opening: event) else { return }
      again.version = version
      self = again
    case .moved: move(event)
    case .claimed:
      state = .claimed
      holder = event.actor
      snoozedUntil = nil
    case .released, .woken: free()
    case .snoozed:
      free()
      state = .snoozed
      snoozedUntil = event.about[ReviewEvent.Key.until]?.stringValue.flatMap { CivilDate($0) }
    case .escalated:
      isEscalated = true
      if state != .secondPerson { free() }
    case .proposed:
      guard let proposal = Proposal(event) else { return }
      free()
      state = .secondPerson
      self.proposal = proposal
    case .sentBack:
      free()
      proposal = nil
    case .decided, .overtaken, .settled:
      free()
      state = .closed
      proposal = nil
      closing = Closing(event)
    case .joined, .noted, .attached, .viewed, .corrected: break
    }
  }

  /// A newer decision lies under the case: what was proposed about the older one is void, unless both say the same.
  private mutating func move(_ event: ReviewEvent) {
    if let newer = event.decision { decision = newer }
    if let reason = event.about[ReviewEvent.Key.reason]?.stringValue { self.reason = reason }
    if let priority = event.about[ReviewEvent.Key.priority]?.integerValue {
      self.priority = min(priority, self.priority)
    }
    guard state == .secondPerson else { return }
    if event.saysTheSame, let decision {
      proposal?.judgement.basis = decision
    } else {
      free()
      proposal = nil
    }
  }

  private mutating func free() {
    state = .open
    holder = nil
    snoozedUntil = nil
  }
}

extension ReviewCase.Proposal {
  /// What an event proposes; nil where it proposes nothing that can be read.
  public init?(_ event: ReviewEvent) {
    guard event.kind == .proposed,
      let judgement = event.about[ReviewEvent.Key.judgement].flatMap(Judgement.init(json:))
    else { return nil }
    let needs = event.about[ReviewEvent.Key.secondPerson]?.arrayValue ?? []
    self.init(
      event: event.number, judgement: judgement, at: event.at, needs: needs.compactMap(\.stringValue))
  }
}

extension ReviewCase.Closing {
  /// How an event ends a case.
  init(_ event: ReviewEvent) {
    self.init(
      event: event.number, kind: event.kind,
      by: event.about[ReviewEvent.Key.reviewer]?.stringValue ?? event.actor,
      approver: event.about[ReviewEvent.Key.approver]?.stringValue, at: event.at, decision: event.decision)
  }
}
