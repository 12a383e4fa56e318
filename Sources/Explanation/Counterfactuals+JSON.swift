import Decisioning
import Facts
import Formats
import Values

extension Counterfactuals {
  /// The counterfactuals for machines, with every number behind the sentences.
  public var json: JSONValue {
    [
      "goal": goal.map(\.json) ?? .null,
      "blockedBy": .array(blockedBy.map(JSONValue.string)),
      "changeable": .array(changeable.map(JSONValue.string)),
      "noSingleAction": .bool(noSingleAction), "noSingleChange": .bool(noSingleChange),
      "recourses": .array(recourses.map(\.json)), "variations": .array(variations.map(\.json)),
      "isCutShort": .bool(isCutShort), "runs": .number(Decimal(runs)),
    ]
  }
}

extension Counterfactuals.Goal {
  fileprivate var json: JSONValue {
    switch self {
    case .outcome(let outcome): ["outcomeBetterThan": .string(outcome.rawValue)]
    case .rating(let rating): ["ratingBetterThan": .string(rating)]
    }
  }
}

extension Recourse {
  fileprivate var json: JSONValue {
    [
      "levers": .array(levers.map { .string($0.word) }),
      "by": by.map { .string($0.description) } ?? .null, "from": .string(from.description),
      "verdict": verdict.json,
      "payments": .array(
        payments.map {
          [
            "invoice": .string($0.invoice), "due": .string($0.due.description),
            "amount": .number($0.amount.amount), "currency": .string($0.amount.currency.code),
          ]
        }),
      "clearings": .array(clearings.map(\.json)), "endings": .array(endings.map(\.json)),
      "bills": .array(
        bills.map {
          [
            "invoice": $0.invoice.map(JSONValue.string) ?? .null, "issued": .string($0.issued.description),
            "due": .string($0.due.description), "amount": $0.amount.map { .number($0.amount) } ?? .null,
            "currency": $0.amount.map { .string($0.currency.code) } ?? .null,
          ]
        }),
    ]
  }
}

extension ProposedEnding {
  fileprivate var json: JSONValue {
    [
      "record": .string(record), "register": register.map(JSONValue.string) ?? .null,
      "since": .string(since.description), "amount": amount.map { .number($0.amount) } ?? .null,
    ]
  }
}

extension Variation {
  fileprivate var json: JSONValue {
    [
      "verdict": verdict.json, "steps": .number(Decimal(steps)),
      "changes": .array(
        changes.map {
          [
            "characteristic": .string($0.name), "value": $0.value.map(JSONValue.number) ?? .null,
            "direction": .string($0.direction.rawValue), "target": .number($0.target),
            "rule": .string($0.rule), "targetRule": .string($0.targetRule),
            "step": .string($0.step), "targetStep": .string($0.targetStep), "gain": .number($0.gain),
            "levers": .array($0.levers.map(\.word).sorted().map(JSONValue.string)),
          ]
        }),
    ]
  }
}

extension Verdict {
  fileprivate var json: JSONValue {
    [
      "score": score.map(JSONValue.number) ?? .null, "rating": rating.map(JSONValue.string) ?? .null,
      "outcome": .string(outcome.rawValue),
    ]
  }
}
