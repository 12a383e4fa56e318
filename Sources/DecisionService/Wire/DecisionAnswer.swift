import Decisioning
import Explanation
import Facts
import Formats
import HumanReview
import Values

/// A decision as callers read it.
///
/// A pure function of the record, its rule set and the language: so the answer to a retry, written anew from the store, has
/// the very bytes of the first one.
struct DecisionAnswer {
  let record: DecisionRecord
  let rules: RuleTexts
  let language: Language
  /// The open case of an earlier referral of the same order that this one is held in; nil where it opens its own.
  let heldIn: CaseID?

  /// What became of the decision since, for those who read it later.
  struct Standing: Hashable {
    var supersededBy: DecisionID?
    var contested: CaseID?
  }

  /// The answer to `POST /v1/decisions`.
  func bytes() throws(TextError) -> [UInt8] { try bytes(nil) }

  /// What `GET /v1/decisions/{id}` tells: the same, and what has become of it.
  func bytes(_ standing: Standing) throws(TextError) -> [UInt8] { try bytes(.some(standing)) }

  private func bytes(_ standing: Standing?) throws(TextError) -> [UInt8] {
    let content = record.content
    let texts = try rules.catalogue(language)
    let id = record.id.description
    var json = JSONWriter(capacity: 1024)
    json.beginObject()
    json.member("decision", id)
    json.member("customer", content.customer)
    json.member("outcome", content.outcome.rawValue)
    json.member("rating", content.rating)
    json.key("score")
    if let score = content.score { json.number(score) } else { json.null() }
    json.key("terms")
    json.beginObject()
    json.member("deposit", content.outcome == .acceptWithDeposit)
    json.member("prepayment", content.outcome == .prepayment)
    json.endObject()
    json.key("reasons")
    json.beginArray()
    for reason in try rules.reasons(of: content, in: language) {
      json.beginObject()
      json.member("code", reason.code)
      json.member("text", reason.text)
      json.endObject()
    }
    json.endArray()
    json.member("businessDate", content.businessDate.description)
    json.member("validUntil", content.validUntil?.description)
    json.key("held")
    write(held, &json)
    json.key("bars")
    json.beginArray()
    for bar in content.bars {
      json.beginObject()
      json.member("code", bar.provision)
      json.member("instead", bar.barred.rawValue)
      json.member("text", try texts.bar(bar))
      json.endObject()
    }
    json.endArray()
    json.member("order", content.order?.reference)
    json.member("kind", record.kind.rawValue)
    json.key("ruleSet")
    json.string(content.ruleSet, digits: 12)
    json.member("recordedAt", record.recordedAt.description)
    if let standing {
      json.member("supersededBy", standing.supersededBy?.description)
      json.member("contested", standing.contested?.description)
    }
    json.key("links")
    json.beginObject()
    json.member("self", "/v1/decisions/" + id)
    json.member("explanation", "/v1/decisions/" + id + "/explanation")
    json.member("contest", "/v1/decisions/" + id + "/contest")
    json.endObject()
    json.endObject()
    return json.bytes
  }

  private var held: (id: CaseID, due: CivilDate)? {
    guard let own = rules.referral(of: record) else { return nil }
    return (heldIn ?? own.id, own.due)
  }

  private func write(_ held: (id: CaseID, due: CivilDate)?, _ json: inout JSONWriter) {
    guard let held else { return json.null() }
    json.beginObject()
    json.member("case", held.id.description)
    json.member("answerBy", held.due.description)
    json.endObject()
  }
}
