import Facts
import Formats
import Values

extension DecisionContent {
  /// The content with a name for every value: for people, callers, and the comparison field by field.
  public var json: JSONValue {
    var json = JSONObject()
    json["customer"] = .string(customer)
    json["businessDate"] = .string(businessDate.description)
    json["currency"] = .text(currency?.code)
    json["ruleSet"] = .string(ruleSet.hexadecimal)
    json["engine"] = .string(engine)
    json["order"] = order?.json ?? .null
    json["previous"] = previous?.json ?? .null
    json["outcome"] = .string(outcome.rawValue)
    json["validUntil"] = .text(validUntil?.description)
    json["rating"] = .text(rating)
    json["score"] = score.map(JSONValue.number) ?? .null
    if let judgement { json["judgement"] = judgement.json }
    if let proposal { json["proposal"] = proposal.json }
    json["bars"] = .array(bars.map(\.json))
    json["knockOuts"] = .array(
      knockOuts.map {
        ["outcome": .string($0.outcome.rawValue), "reason": .string($0.reason), "rule": .text($0.rule)]
      })
    json["characteristics"] = .array(
      characteristics.map {
        [
          "name": .string($0.name), "rule": .string($0.rule), "reason": .string($0.reason),
          "points": .number($0.points), "best": .number($0.best),
        ]
      })
    json["features"] = .array(
      features.map {
        [
          "name": .string($0.name), "value": $0.value,
          "evidence": .array($0.evidence.map(JSONValue.string)),
        ]
      })
    json["given"] = .array(given.map(\.json))
    json["decisions"] = .array(values.map(\.json))
    json["matchedRules"] = .array(
      matchedRules.map {
        ["decision": .string($0.decision), "rules": .array($0.rules.map(JSONValue.string))]
      })
    json["problems"] = .array(
      problems.map {
        [
          "model": .string($0.model), "decision": .string($0.decision), "code": .string($0.code),
          "message": .string($0.message),
        ]
      })
    return .object(json)
  }
}

extension Order {
  /// The order as a caller writes it.
  public var json: JSONValue {
    [
      "reference": .string(reference), "product": .string(product),
      "commodity": .string(commodity.rawValue), "jurisdiction": .string(jurisdiction.code),
      "expectedMonthlyAmount": expectedMonthlyAmount.map { .number($0.amount) } ?? .null,
      "currency": .text(expectedMonthlyAmount?.currency.code), "deliveryPoint": .text(deliveryPoint),
    ]
  }
}

extension OrderBar {
  /// The provision and what it made of the outcome.
  public var json: JSONValue {
    [
      "provision": .string(provision), "barred": .string(barred.rawValue),
      "instead": .string(instead.rawValue),
    ]
  }
}

extension PreviousRating {
  /// The rating and its memory.
  public var json: JSONValue {
    [
      "rating": .string(rating), "since": .string(since.description),
      "downgradedOn": .text(downgradedOn?.description),
    ]
  }
}

extension DecidedValue {
  fileprivate var json: JSONValue { ["name": .string(name), "value": value] }
}

extension JSONValue {
  /// A string, or null.
  static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
}
