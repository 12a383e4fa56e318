import Formats
import Values

extension AppliedJudgement {
  private static let places = 15

  /// The judgement as a content stores it; nil where it is none.
  init?(stored: JSONValue) {
    guard let places = stored.arrayValue, places.count == Self.places,
      let effect = places[0].stringValue.flatMap(Effect.init(rawValue:)),
      let caseName = places[1].stringValue, let basis = places[2].stringValue.flatMap({ DecisionID($0) }),
      let resolution = places[3].stringValue.flatMap(Judgement.Resolution.init(rawValue:)),
      let scope = places[4].stringValue.flatMap(Judgement.Scope.init(rawValue:)),
      let rating = places[5].optional(\.stringValue),
      let outcome = places[6].optional({ $0.stringValue.flatMap(Outcome.init(rawValue:)) }),
      let restriction = places[7].optional({ $0.stringValue.flatMap(Judgement.Restriction.init(rawValue:)) }),
      let on = places[8].stringValue.flatMap({ CivilDate($0) }),
      let until = places[9].stringValue.flatMap({ CivilDate($0) }),
      let reasons = places[10].all(\.stringValue), let text = places[11].stringValue,
      let reviewer = places[12].stringValue, let approver = places[13].optional(\.stringValue),
      let basisOutcome = places[14].optional({ $0.stringValue.flatMap(Outcome.init(rawValue:)) })
    else { return nil }
    var judgement = Judgement(
      caseName: caseName, basis: basis, resolution: resolution, scope: scope, rating: rating,
      outcome: outcome, restriction: restriction, on: on, until: until, reasons: reasons, text: text,
      reviewer: reviewer, approver: approver)
    judgement.basisOutcome = basisOutcome
    self.init(judgement, effect)
  }

  /// The judgement with a name for every value.
  public var json: JSONValue {
    var json = JSONObject()
    json["effect"] = .string(effect.rawValue)
    for (name, value) in judgement.json.objectValue?.members ?? [] { json[name] = value }
    return .object(json)
  }
}

extension Judgement {
  /// The judgement with a name for every value.
  public var json: JSONValue {
    [
      "case": .string(caseName), "basis": .string(basis.description),
      "basisOutcome": .text(basisOutcome?.rawValue),
      "resolution": .string(resolution.rawValue), "scope": .string(scope.rawValue), "rating": .text(rating),
      "outcome": .text(outcome?.rawValue), "restriction": .text(restriction?.rawValue),
      "on": .string(on.description), "until": .string(until.description),
      "reasons": .array(reasons.map(JSONValue.string)), "text": .string(text),
      "reviewer": .string(reviewer), "approver": .text(approver),
    ]
  }
}

extension JSONWriter {
  mutating func judgement(_ applied: AppliedJudgement) {
    let judgement = applied.judgement
    beginArray()
    string(applied.effect.rawValue)
    string(judgement.caseName)
    string(judgement.basis.description)
    string(judgement.resolution.rawValue)
    string(judgement.scope.rawValue)
    text(judgement.rating)
    text(judgement.outcome?.rawValue)
    text(judgement.restriction?.rawValue)
    string(judgement.on.description)
    string(judgement.until.description)
    texts(judgement.reasons)
    string(judgement.text)
    string(judgement.reviewer)
    text(judgement.approver)
    text(judgement.basisOutcome?.rawValue)
    endArray()
  }
}
