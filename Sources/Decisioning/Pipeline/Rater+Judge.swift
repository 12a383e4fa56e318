import FactStore
import Facts
import SQLite
import Values

extension Rater {
  /// What a person's decision is made of besides their judgement.
  public enum Knowledge: Hashable, Sendable {
    /// The facts that the decision saw which is judged: it is confirmed, changed or taken back on these.
    case asSeen
    /// The facts as known now: inputs have been corrected since.
    case current(businessDate: CivilDate, knownAt: Instant)
  }

  /// Prepares the decision that a person's judgement makes; nothing is written.
  ///
  /// Confirming a decision in which an earlier judgement stands makes that judgement again: else it would end with it.
  ///
  /// - Parameters:
  ///   - judgement: what is decided.
  ///   - basis: the decision that it is about.
  ///   - ruleSet: the rule set that decides: that of `basis` where its facts are seen again.
  ///   - knowledge: which facts are seen.
  public static func judge(
    _ judgement: Judgement, about basis: DecisionRecord, by ruleSet: RuleSet, seeing knowledge: Knowledge,
    _ reader: FactReader
  ) throws(RatingError) -> DecisionDraft {
    var judgement = judgement
    if judgement.resolution == .confirmed, let earlier = basis.content.judgement, earlier.effect.decides {
      (judgement.rating, judgement.outcome) = (earlier.judgement.rating, earlier.judgement.outcome)
      if earlier.judgement.overrules { judgement.scope = earlier.judgement.scope }
    }
    let asOf: AsOf
    switch knowledge {
    case .asSeen:
      asOf = AsOf(
        businessDate: basis.content.businessDate, knownAt: basis.knownAt, sequence: basis.readSequence)
    case .current(let businessDate, let knownAt):
      let last = try RatingError.wrapping { () throws(SQLiteError) in try reader.lastSequence() }
      asOf = AsOf(businessDate: businessDate, knownAt: knownAt, sequence: last)
    }
    let (facts, situation) = try read(
      basis.customerKey, asOf: asOf, currency: basis.content.currency, order: basis.content.order,
      judgement: judgement, reader)
    guard let content = ruleSet.decide(facts, situation) else {
      let customer = CustomerReference.number(basis.content.customer)
      if let erasure = try erasures(of: basis.customerKey, after: 0, reader).last {
        throw .erased(customer, erasure)
      }
      throw .notArrived(customer, businessDate: asOf.businessDate)
    }
    return DecisionDraft(
      content, ruleSet, customerKey: basis.customerKey, readSequence: asOf.sequence ?? basis.readSequence,
      knownAt: asOf.knownAt, kind: .human, purpose: basis.purpose)
  }
}
