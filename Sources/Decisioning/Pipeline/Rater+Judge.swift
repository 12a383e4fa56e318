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
  /// An earlier judgement that stands in the judged decision is made again where this one sets nothing itself: it would
  /// else end with a confirmation, or with a contest that is taken back. Where inputs were corrected it goes on if
  /// the policy says what it said when the person decided.
  ///
  /// - Parameters:
  ///   - judgement: what is decided.
  ///   - basis: the decision that it is about.
  ///   - ruleSet: the rule set that decides: that of `basis` where its facts are seen again.
  ///   - knowledge: which facts are seen.
  /// - Throws: `.stopped` where the rules would decide again while they are stopped.
  public static func judge(
    _ judgement: Judgement, about basis: DecisionRecord, by ruleSet: RuleSet, seeing knowledge: Knowledge,
    _ reader: FactReader
  ) throws(RatingError) -> DecisionDraft {
    var judgement = judgement
    judgement.basisOutcome = basis.content.outcome
    if judgement.resolution != .corrected, let earlier = basis.content.judgement, earlier.effect.decides {
      judgement.goOn(with: earlier.judgement)
    }
    let asOf: AsOf
    switch knowledge {
    case .asSeen:
      asOf = AsOf(
        businessDate: basis.content.businessDate, knownAt: basis.knownAt, sequence: basis.readSequence)
    case .current(let businessDate, let knownAt):
      let (last, stops) = try RatingError.wrapping { () throws(SQLiteError) in
        (try reader.lastSequence(), try StopSwitch.inForce(in: reader.sql))
      }
      if let stop = stops.first(where: { $0.concerns(ruleSet.version) }) { throw .stopped(stop) }
      asOf = AsOf(businessDate: businessDate, knownAt: knownAt, sequence: last)
    }
    var content = try decide(judgement, about: basis, by: ruleSet, asOf, reader)
    if judgement.resolution == .corrected,
      case .standing(let earlier, let past)? = try standing(basis, asOf, reader), earlier.overrules,
      asOf.businessDate <= earlier.until, PolicyVerdict(content).isCovered(by: past)
    {
      judgement.goOn(with: earlier)
      content = try decide(judgement, about: basis, by: ruleSet, asOf, reader)
    }
    return DecisionDraft(
      content, ruleSet, customerKey: basis.customerKey, readSequence: asOf.sequence ?? basis.readSequence,
      knownAt: asOf.knownAt, kind: .human, purpose: basis.purpose)
  }

  private static func decide(
    _ judgement: Judgement, about basis: DecisionRecord, by ruleSet: RuleSet, _ asOf: AsOf,
    _ reader: FactReader
  ) throws(RatingError) -> DecisionContent {
    let (facts, situation) = try read(
      basis.customerKey, asOf: asOf, currency: basis.content.currency, order: basis.content.order,
      proposal: basis.content.proposal, judgement: judgement, reader)
    if let content = ruleSet.decide(facts, situation) { return content }
    let customer = CustomerReference.number(basis.content.customer)
    if let erasure = try erasures(of: basis.customerKey, after: 0, reader).last {
      throw .erased(customer, erasure)
    }
    throw .notArrived(customer, businessDate: asOf.businessDate)
  }

  private static func standing(
    _ basis: DecisionRecord, _ asOf: AsOf, _ reader: FactReader
  ) throws(RatingError) -> GivenJudgement? {
    do {
      return try DecisionStore.judgements(
        customerKeys: [basis.customerKey], order: basis.content.order?.reference, on: asOf.businessDate,
        knownAt: asOf.knownAt, sequence: asOf.sequence ?? Int.max, in: reader.sql)[basis.customerKey]
    } catch {
      throw .decisions(error)
    }
  }
}

extension Judgement {
  /// Sets what an earlier one set, where this one sets nothing; only a confirmation gives it new time.
  fileprivate mutating func goOn(with earlier: Judgement) {
    guard !overrules, earlier.overrules else { return }
    (rating, outcome, scope) = (earlier.rating, earlier.outcome, earlier.scope)
    if resolution != .confirmed { until = earlier.until }
  }
}
