import FactStore
import Facts
import SQLite
import Values

extension Rater {
  /// Prepares the decision that proposes a step of debt management, or takes it by itself; nothing is written.
  ///
  /// It is appended with `DecisionStore.append`. A decision about a proposal of the same reference stands in the place of
  /// the one before, and a person's decision in the place of exactly the proposal that they looked at.
  ///
  /// - Parameters:
  ///   - proposal: what is proposed.
  ///   - customer: whom it is about.
  ///   - ruleSet: the rule set that proposes.
  ///   - needsApproval: whether it has no effect before a person has approved it.
  ///   - asOf: which facts are seen; without a sequence number, all up to now.
  public static func propose(
    _ proposal: ServiceProposal, about customer: CustomerReference, by ruleSet: RuleSet, needsApproval: Bool,
    asOf: AsOf,
    _ reader: FactReader
  ) throws(RatingError) -> DecisionDraft {
    let (found, last) = try RatingError.wrapping { () throws(SQLiteError) in
      (try reader.key(of: customer), try reader.lastSequence())
    }
    guard let key = found else { throw .unknownCustomer(customer) }
    let seen = AsOf(businessDate: asOf.businessDate, knownAt: asOf.knownAt, sequence: asOf.sequence ?? last)
    let (facts, situation) = try read(
      key, asOf: seen, currency: proposal.amount.currency, order: nil, proposal: proposal, reader)
    guard let content = ruleSet.decide(facts, situation) else {
      throw .notArrived(customer, businessDate: asOf.businessDate)
    }
    return DecisionDraft(
      content, ruleSet, customerKey: key, readSequence: seen.sequence ?? last, knownAt: seen.knownAt,
      kind: needsApproval ? .proposed : .automated, purpose: .restriction)
  }
}
