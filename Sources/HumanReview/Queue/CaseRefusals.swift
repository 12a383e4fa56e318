import Access
import Decisioning
import FactStore
import SQLite
import Values

/// Why somebody may not work on cases: their roles, what they decided before, the rules that they put in force.
///
/// The record of activations is read once for many cases.
struct CaseRefusals {
  private let actor: Actor
  private var activated: Set<Digest>?

  init(_ actor: Actor) { self.actor = actor }

  /// Why the actor may not work on a case, whoever holds it; nil where they may.
  mutating func refusal(of found: ReviewCase, in reader: Reader) throws(ReviewError) -> ReviewError? {
    guard actor.may(.review) else { return .notAllowed(actor: actor.name, .review) }
    if found.isEscalated, !actor.may(.approve) { return .needsSenior(found.id) }
    return try independence(of: found, in: reader)
  }

  /// Why the actor is too near to the decision under a case to judge it; nil where they are not.
  mutating func independence(of found: ReviewCase, in reader: Reader) throws(ReviewError) -> ReviewError? {
    guard let decision = found.decision else { return nil }
    if let version = try version(of: decision, in: reader), try versions(in: reader).contains(version) {
      return .activatedPolicy(found.id, version)
    }
    guard found.id.kind == .contest, let chain = try ReviewStore.chain(of: decision, in: reader) else {
      return nil
    }
    do {
      for record in try DecisionStore.humanDecisions(in: chain, reader) where tookPart(in: record) {
        return .decidedBefore(found.id, record.id)
      }
      // A judgement about the customer stands in decisions about orders too.
      if let record = try DecisionStore.decision(decision, in: reader), tookPart(in: record) {
        return .decidedBefore(found.id, record.id)
      }
    } catch {
      throw .decisions(error)
    }
    return nil
  }

  private func tookPart(in record: DecisionRecord) -> Bool {
    guard let judgement = record.content.judgement?.judgement else { return false }
    return [judgement.reviewer, judgement.approver].compactMap(\.self).contains {
      UserName.areSame($0, actor.name)
    }
  }

  private func version(of decision: DecisionID, in reader: Reader) throws(ReviewError) -> Digest? {
    try ReviewError.wrapping { () throws(SQLiteError) in
      try DecisionStore.ruleSet(of: decision, in: reader)
    }
  }

  private mutating func versions(in reader: Reader) throws(ReviewError) -> Set<Digest> {
    if let activated { return activated }
    do {
      let activations = try ActivationStore.activations(in: reader)
      let own = Set(
        activations.filter { $0.kind != .withdrawal && UserName.areSame($0.actor, actor.name) }
          .map(\.version))
      activated = own
      return own
    } catch {
      throw .activations(error)
    }
  }
}

extension ReviewDesk {
  /// Why somebody may not decide a case, whoever holds it; nil where they may, or where it is closed.
  public func refusal(of found: ReviewCase, for actor: Actor) throws(ReviewError) -> ReviewError? {
    guard found.state != .closed else { return nil }
    return try store.read { reader throws(ReviewError) in
      var refusals = CaseRefusals(actor)
      return try refusals.refusal(of: found, in: reader.sql)
    }
  }
}
