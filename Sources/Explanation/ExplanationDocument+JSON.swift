import Decisioning
import Facts
import Formats
import Values

extension ExplanationDocument {
  /// The document for machines: the same sentences with the codes and numbers behind them.
  public var json: JSONValue {
    let content = decision.content
    let features = Dictionary(content.features.map { ($0.name, $0) }) { first, _ in first }
    let reasons = self.reasons.map { reason -> JSONValue in
      [
        "code": .string(reason.code), "sentence": .string(reason.sentence),
        "loss": reason.loss.map(JSONValue.number) ?? .null,
      ]
    }
    let characteristics = zip(content.characteristics, lines).map { scored, line -> JSONValue in
      let feature = features[scored.name]
      return [
        "id": .string(scored.name), "name": .string(line.characteristic),
        "value": feature?.value ?? .null, "text": .string(line.value),
        "points": .number(scored.points), "best": .number(scored.best),
        "reason": .string(scored.reason), "rule": .string(scored.rule),
        "evidence": .array((feature?.evidence ?? []).map(JSONValue.string)),
      ]
    }
    let problems = content.problems.map { problem -> JSONValue in
      [
        "model": .string(problem.model), "decision": .string(problem.decision), "code": .string(problem.code),
        "message": .string(problem.message),
      ]
    }
    var json = JSONObject()
    json["decision"] = .string(decision.id.description)
    json["customer"] = .string(content.customer)
    json["language"] = .string(language.rawValue)
    json["businessDate"] = .string(content.businessDate.description)
    json["knownAt"] = .string(decision.knownAt.description)
    json["ruleSet"] = .string(content.ruleSet.hexadecimal)
    json["currency"] = content.currency.map { .string($0.code) } ?? .null
    json["outcome"] = .string(content.outcome.rawValue)
    json["outcomeText"] = .string(outcome)
    json["rating"] = content.rating.map(JSONValue.string) ?? .null
    json["score"] = content.score.map(JSONValue.number) ?? .null
    json["bestScore"] = .number(content.bestScore)
    json["reasons"] = .array(reasons)
    json["characteristics"] = .array(characteristics)
    json["problems"] = .array(problems)
    json["closing"] = .array(closing.map(JSONValue.string))
    return .object(json)
  }
}
