import Decisioning
import Formats
import Values

extension Judgement {
  /// As it stands in the events of a case.
  public var json: JSONValue {
    var json = JSONObject()
    json["case"] = .string(caseName)
    json["basis"] = .number(Decimal(basis.number))
    json["resolution"] = .string(resolution.rawValue)
    json["scope"] = .string(scope.rawValue)
    json["rating"] = rating.map(JSONValue.string)
    json["outcome"] = outcome.map { .string($0.rawValue) }
    json["restriction"] = restriction.map { .string($0.rawValue) }
    json["on"] = .string(on.description)
    json["until"] = .string(until.description)
    json["reasons"] = .array(reasons.map(JSONValue.string))
    json["text"] = .string(text)
    json["reviewer"] = .string(reviewer)
    json["approver"] = approver.map(JSONValue.string)
    return .object(json)
  }

  /// Reads what `json` wrote; nil for anything else.
  init?(json: JSONValue) {
    /// Nil inside where the member is absent, nil outside where it is there and cannot be read.
    func word<Word: RawRepresentable<String>>(_ name: String, _ type: Word.Type) -> Word?? {
      guard let member = json[name] else { return .some(nil) }
      return member.stringValue.flatMap(Word.init(rawValue:)).map { .some($0) }
    }
    func day(_ name: String) -> CivilDate? { json[name]?.stringValue.flatMap { CivilDate($0) } }
    guard let caseName = json["case"]?.stringValue, let basis = json["basis"]?.integerValue,
      case .some(.some(let resolution)) = word("resolution", Resolution.self),
      case .some(.some(let scope)) = word("scope", Scope.self),
      let outcome = word("outcome", Outcome.self), let restriction = word("restriction", Restriction.self),
      let on = day("on"), let until = day("until"), let reasons = json["reasons"]?.arrayValue,
      let text = json["text"]?.stringValue, let reviewer = json["reviewer"]?.stringValue
    else { return nil }
    self.init(
      caseName: caseName, basis: DecisionID(basis), resolution: resolution, scope: scope,
      rating: json["rating"]?.stringValue, outcome: outcome, restriction: restriction, on: on, until: until,
      reasons: reasons.compactMap(\.stringValue), text: text, reviewer: reviewer,
      approver: json["approver"]?.stringValue)
  }
}
