import Decisioning
import Explanation
import Facts
import Formats
import HumanReview
import Values

/// A decision as callers read it.
///
/// A pure function of the record, its rule set and the language: so the answer to a retry, written anew from the store, has
/// the very bytes of the first one. What does not depend on the decision's number and the instant of its recording is written
/// before it is stored.
struct DecisionAnswer: Sendable {
  /// The members between the decision's number and the instant of recording, but for the case that it is held in.
  private let members: [UInt8]
  /// Where that case comes.
  private let split: Int
  /// By when an employee answers a referral that opens a case or waits in one; nil where the decision is none.
  private let answerBy: CivilDate?

  /// What became of the decision since, for those who read it later.
  struct Standing: Hashable {
    var supersededBy: DecisionID?
    var contested: CaseID?
  }

  /// Writes what does not depend on the commit.
  ///
  /// - Parameter content: what the decision rests on; it may be nil where nobody has judged.
  init(
    _ summary: DecisionSummary, _ content: DecisionContent?, kind: DecisionKind, purpose: DecisionPurpose,
    _ rules: RuleTexts, _ language: Language
  ) throws(TextError) {
    let texts = try rules.catalogue(language)
    var json = JSONWriter.part(capacity: 640)
    json.member("customer", summary.customer)
    json.member("outcome", summary.outcome.rawValue)
    json.member("rating", summary.rating)
    json.key("score")
    if let score = summary.score { json.number(score) } else { json.null() }
    json.key("terms")
    json.beginObject()
    json.member("deposit", summary.outcome == .acceptWithDeposit)
    json.member("prepayment", summary.outcome == .prepayment)
    json.endObject()
    json.key("reasons")
    json.beginArray()
    try rules.writeReasons(of: summary, content, in: language, to: &json)
    json.endArray()
    json.member("businessDate", summary.businessDate.description)
    json.member("validUntil", summary.validUntil?.description)
    split = json.count
    json.beginPart()
    json.key("bars")
    json.beginArray()
    for bar in summary.bars {
      json.beginObject()
      json.member("code", bar.provision)
      json.member("instead", bar.barred.rawValue)
      json.member("text", try texts.bar(bar))
      json.endObject()
    }
    json.endArray()
    json.member("order", summary.orderReference)
    json.member("kind", kind.rawValue)
    json.key("ruleSet")
    json.string(summary.ruleSet, digits: 12)
    members = json.take()
    answerBy = kind == .automated ? rules.policy?.referralDue(summary, purpose: purpose) : nil
  }

  /// The answer to `POST /v1/decisions`, and with a standing what `GET /v1/decisions/{id}` tells: the same, and what has become
  /// of it.
  ///
  /// - Parameters:
  ///   - heldIn: the open case of an earlier referral of the same order that this one is held in; nil where it opens its own.
  ///   - recordedAt: the instant of recording, as it is told.
  func bytes(
    _ number: DecisionID, heldIn: CaseID?, recordedAt: String, _ standing: Standing? = nil
  ) -> [UInt8] {
    let id = number.description
    var json = JSONWriter(capacity: members.count + 320)
    json.beginObject()
    json.member("decision", id)
    json.raw(members[..<split])
    json.key("held")
    if let answerBy {
      json.beginObject()
      json.member("case", (heldIn ?? CaseID(.referral, number.number)).description)
      json.member("answerBy", answerBy.description)
      json.endObject()
    } else {
      json.null()
    }
    json.raw(members[split...])
    json.member("recordedAt", recordedAt)
    if let standing {
      json.member("supersededBy", standing.supersededBy?.description)
      json.member("contested", standing.contested?.description)
    }
    json.key("links")
    json.beginObject()
    json.member("self", "/v1/decisions/", id)
    json.member("explanation", "/v1/decisions/", id, "/explanation")
    json.member("contest", "/v1/decisions/", id, "/contest")
    json.endObject()
    json.endObject()
    return json.take()
  }
}

extension DecisionAnswer {
  /// The answer about a decision as it was recorded.
  static func bytes(
    _ record: DecisionRecord, _ rules: RuleTexts, _ language: Language, heldIn: CaseID?,
    _ standing: Standing? = nil
  ) throws(TextError) -> [UInt8] {
    try DecisionAnswer(
      DecisionSummary(record.content), record.content, kind: record.kind, purpose: record.purpose, rules,
      language
    )
    .bytes(record.id, heldIn: heldIn, recordedAt: record.recordedAt.description, standing)
  }
}
