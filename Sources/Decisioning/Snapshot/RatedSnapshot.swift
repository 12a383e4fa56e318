import FactStore
import Facts
import Formats
import Values

/// What the rating model says of a feature snapshot, in the very pieces that a decision is stored in.
///
/// Where the model asks nothing about an order, all orders of a customer on a day have the same answer of it. It is made with the
/// snapshot; a decision then puts its pieces together, which takes a tenth of the time of making them. What comes after the policy
/// is asked for each decision: the law here; where a person has judged or a register was silent, the decision is made from the
/// features as ever.
struct RatedSnapshot: Hashable {
  var number: String
  var kind: Customer.Kind
  var jurisdiction: Jurisdiction
  var sources: LoadedSources
  var circumstances: Set<LawProvision.Circumstance>
  var outcome: Outcome
  var rating: String?
  var score: Decimal?
  /// The rating as it stands after a decision, with its memory.
  var standing: PreviousRating?
  var validUntil: CivilDate?
  var reasons: [DecisionSummary.Reason]
  /// Whose calendar counts where no order names a country, and why it would refer, as a decision says it.
  var calendar: Jurisdiction
  var referralReason: String
  /// The places for customer, business date and currency.
  var subject: ArraySlice<UInt8>
  /// Those for the rating that stood before and what the pipeline gives.
  var given: ArraySlice<UInt8>
  /// Those from the values to the problems.
  var answer: ArraySlice<UInt8>
}

extension RatedSnapshot {
  /// Rates; nil where the answer depends on an order.
  init?(_ assessment: Assessment, _ standing: FeatureSnapshot.Standing, on day: CivilDate, _ ruleSet: RuleSet)
  {
    guard !ruleSet.rating.asksAboutOrders else { return nil }
    let content = ruleSet.rate(
      assessment,
      Situation(
        businessDate: day, sources: standing.sources, quarantinedRecords: standing.quarantinedRecords,
        previous: standing.previous))
    let summary = DecisionSummary(content)
    self.init(
      number: assessment.number, kind: assessment.kind, jurisdiction: assessment.jurisdiction,
      sources: standing.sources, circumstances: assessment.circumstances, outcome: content.outcome,
      rating: content.rating, score: content.score, standing: content.standing,
      validUntil: content.validUntil, reasons: summary.reasons, calendar: summary.jurisdiction,
      referralReason: summary.referralReason, subject: content.subjectPlaces[...],
      given: content.givenPlaces[...], answer: content.answerPlaces(ruleSet.layout)[...])
  }

  /// The decision about an order, or about the customer alone.
  ///
  /// - Parameter features: the places for records, features and evidence.
  func decide(
    _ question: OnlineRater.Question, _ asOf: AsOf, features: ArraySlice<UInt8>, _ ruleSet: RuleSet
  ) -> (entry: DecisionEntry, summary: DecisionSummary) {
    let order = question.order
    let (outcome, bars) = ruleSet.law.lawful(
      outcome,
      Law.Question(
        day: asOf.businessDate, jurisdiction: order?.jurisdiction ?? jurisdiction, customer: kind,
        commodity: order?.commodity, circumstances: circumstances))
    let bytes = DecisionContent.bytes(
      ruleSet.version, subject: subject, order, given: given, features: features, answer: answer, bars,
      outcome, validUntil)
    let entry = DecisionEntry(
      bytes: bytes, customerKey: question.customerKey, readSequence: asOf.sequence ?? 0,
      knownAt: asOf.knownAt, purpose: question.purpose, businessDate: asOf.businessDate, outcome: outcome,
      rating: rating, matterReference: order?.reference, score: score, standing: standing,
      validUntil: validUntil, ruleSet: ruleSet.version)
    let summary = DecisionSummary(
      customer: number, businessDate: asOf.businessDate, ruleSet: ruleSet.version,
      orderReference: order?.reference, outcome: outcome, rating: rating, score: score, reasons: reasons,
      bars: bars, validUntil: validUntil, customerKind: kind, jurisdiction: order?.jurisdiction ?? calendar,
      referralReason: bars.first?.provision ?? referralReason)
    return (entry, summary)
  }
}
