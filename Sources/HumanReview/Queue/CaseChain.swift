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
        let names = opening?.id.kind == found.id.kind ? opening : nil
        try record(
          stays ? .moved : .overtaken, of: found.id,
          [
            ReviewEvent.Key.decision: .number(Decimal(chain.newest.number)),
            ReviewEvent.Key.before: .number(Decimal(decision.number)),
            ReviewEvent.Key.reason: stays ? names.map { .string($0.reason) } : nil,
            ReviewEvent.Key.priority: stays ? names.map { .number(Decimal($0.priority)) } : nil,
          ])
        if stays { kinds.insert(found.id.kind) }
      } else {
        kinds.insert(found.id.kind)
      }
    }
    return kinds
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
    return try record(.opened, of: opening.id, about: opening.about).id
  }
}
