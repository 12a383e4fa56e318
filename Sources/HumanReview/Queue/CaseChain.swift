import Decisioning
import Formats
import Values

extension ReviewWrite {
  /// What the newest decision of a chain makes of the open cases about the decisions before it.
  ///
  /// A contest is answered whatever has been decided since, so it moves. A referral moves to whatever still refers, by
  /// whomever it was made, and is overtaken by anything else, as an approval is by anything but a newer proposal.
  ///
  /// - Parameters:
  ///   - newest: kind and outcome of the newest decision.
  ///   - opening: the case that it asks for by itself.
  /// - Returns: the kinds of which a case about the newest decision is open now.
  @discardableResult
  func follow(
    _ chain: DecisionChain, _ newest: (kind: DecisionKind, refers: Bool), _ opening: CaseOpening?
  ) throws(ReviewError) -> Set<CaseKind> {
    var kinds: Set<CaseKind> = []
    for found in try ReviewStore.openCases(on: chain, in: sql) {
      guard let decision = found.decision else { continue }
      let stays =
        switch found.id.kind {
        case .contest: true
        case .referral: newest.refers
        case .approval: newest.kind == .proposed
        case .dataProblem: false
        }
      if decision < chain.newest {
        let isSame = stays ? try saysTheSame(decision, chain.newest, found) : false
        if stays, !isSame, found.proposal != nil {
          // Said before the case moves, so that what somebody proposed does not vanish without a word.
          try record(
            .sentBack, of: found.id,
            [
              ReviewEvent.Key.decision: .number(Decimal(chain.newest.number)),
              ReviewEvent.Key.text: .string(
                "The decision under the case has changed: \(chain.newest) has taken the place of \(decision)."
              ),
            ])
        }
        let names = opening?.id.kind == found.id.kind ? opening : nil
        try record(
          stays ? .moved : .overtaken, of: found.id,
          [
            ReviewEvent.Key.decision: .number(Decimal(chain.newest.number)),
            ReviewEvent.Key.before: .number(Decimal(decision.number)),
            ReviewEvent.Key.reason: stays ? names.map { .string($0.reason) } : nil,
            ReviewEvent.Key.priority: stays ? names.map { .number(Decimal($0.priority)) } : nil,
            ReviewEvent.Key.same: isSame ? .bool(true) : nil,
          ])
        if stays { kinds.insert(found.id.kind) }
      } else {
        kinds.insert(found.id.kind)
      }
    }
    return kinds
  }

  /// Whether a newer decision leaves all that a person judged on as it was.
  ///
  /// Asked only of cases that somebody has in hand: a pass makes a decision about every customer each day.
  private func saysTheSame(
    _ earlier: DecisionID, _ newer: DecisionID, _ found: ReviewCase
  ) throws(ReviewError) -> Bool {
    guard found.proposal != nil || found.state == .claimed else { return false }
    let (old, new) = (
      try ReviewDesk.record(earlier, in: sql), try ReviewDesk.record(newer, in: sql)
    )
    return old.kind == new.kind && PolicyVerdict(old.content) == PolicyVerdict(new.content)
      && old.content.rating == new.content.rating && old.content.outcome == new.content.outcome
      && old.content.bars == new.content.bars && old.content.judgement == new.content.judgement
  }

  /// Opens the case that the newest decision of a chain asks for, unless one about it is open or was.
  @discardableResult
  func open(
    _ opening: CaseOpening?, _ chain: DecisionChain, _ newest: (kind: DecisionKind, refers: Bool)
  ) throws(ReviewError) -> CaseID? {
    let kinds = try follow(chain, newest, opening)
    guard let opening else { return nil }
    if kinds.contains(opening.id.kind) {
      return try ReviewStore.openCases(on: chain, in: sql).first { $0.id.kind == opening.id.kind }?.id
    }
    guard try ReviewStore.stored(opening.id, in: sql) == nil else { return nil }
    return try open(opening)
  }

  /// Opens the case of a decision about which there is none.
  @discardableResult
  func open(_ opening: CaseOpening) throws(ReviewError) -> CaseID {
    try record(.opened, of: opening.id, about: opening.about, upon: nil).id
  }
}
