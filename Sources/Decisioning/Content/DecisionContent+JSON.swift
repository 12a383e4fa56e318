import Facts
import Formats
import Values

extension DecisionContent {
  /// The stored form: JSON with its members in this order and no white space.
  ///
  /// Equal contents give equal bytes.
  public var bytes: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("customer", customer)
    json.member("businessDate", businessDate.description)
    json.member("currency", currency?.code)
    json.member("ruleSet", ruleSet.hexadecimal)
    json.member("engine", engine)
    json.member("outcome", outcome.rawValue)
    json.member("rating", rating)
    json.key("score")
    if let score { json.number(score) } else { json.null() }
    json.member("orderOutcome", orderOutcome?.rawValue)
    json.members("knockOuts", knockOuts) { json, knockOut in
      json.member("outcome", knockOut.outcome.rawValue)
      json.member("reason", knockOut.reason)
      json.member("rule", knockOut.rule)
    }
    json.members("characteristics", characteristics) { json, scored in
      json.member("name", scored.name)
      json.member("rule", scored.rule)
      json.member("reason", scored.reason)
      json.key("points")
      json.number(scored.points)
      json.key("best")
      json.number(scored.best)
    }
    json.members("features", features) { json, feature in
      json.member("name", feature.name)
      json.key("value")
      json.value(feature.value)
      json.texts("evidence", feature.evidence)
    }
    json.members("matchedRules", matchedRules) { json, matched in
      json.member("decision", matched.decision)
      json.texts("rules", matched.rules)
    }
    json.members("problems", problems) { json, problem in
      json.member("model", problem.model)
      json.member("decision", problem.decision)
      json.member("code", problem.code)
      json.member("message", problem.message)
    }
    json.endObject()
    return json.take()
  }

  /// The content as stored; nil where the bytes are not such a content.
  public init?(bytes: [UInt8]) {
    guard let json = try? JSONReader.parse(bytes),
      let customer = json["customer"]?.stringValue,
      let businessDate = json["businessDate"]?.stringValue.flatMap({ CivilDate($0) }),
      let ruleSet = json["ruleSet"]?.stringValue.flatMap({ Digest(hexadecimal: $0) }),
      let engine = json["engine"]?.stringValue,
      let outcome = json["outcome"]?.stringValue.flatMap(Outcome.init(rawValue:)),
      let knockOuts = json.all("knockOuts", KnockOut.init(json:)),
      let characteristics = json.all("characteristics", ScoredCharacteristic.init(json:)),
      let features = json.all("features", FeatureValue.init(json:)),
      let matchedRules = json.all("matchedRules", MatchedRules.init(json:)),
      let problems = json.all("problems", EvaluationProblem.init(json:))
    else { return nil }
    self.init(
      customer: customer, businessDate: businessDate,
      currency: json["currency"]?.stringValue.flatMap { Currency($0) }, ruleSet: ruleSet, engine: engine,
      features: features, score: json["score"]?.numberValue, rating: json["rating"]?.stringValue,
      orderOutcome: json["orderOutcome"]?.stringValue.flatMap(Outcome.init(rawValue:)), outcome: outcome,
      knockOuts: knockOuts, characteristics: characteristics, matchedRules: matchedRules, problems: problems)
  }
}

extension KnockOut {
  fileprivate init?(json: JSONValue) {
    guard let outcome = json["outcome"]?.stringValue.flatMap(Outcome.init(rawValue:)),
      let reason = json["reason"]?.stringValue
    else { return nil }
    self.init(outcome: outcome, reason: reason, rule: json["rule"]?.stringValue)
  }
}

extension ScoredCharacteristic {
  fileprivate init?(json: JSONValue) {
    guard let name = json["name"]?.stringValue, let rule = json["rule"]?.stringValue,
      let reason = json["reason"]?.stringValue, let points = json["points"]?.numberValue,
      let best = json["best"]?.numberValue
    else { return nil }
    self.init(name: name, rule: rule, reason: reason, points: points, best: best)
  }
}

extension FeatureValue {
  fileprivate init?(json: JSONValue) {
    guard let name = json["name"]?.stringValue, let value = json["value"],
      let evidence = json.all("evidence", \.stringValue)
    else { return nil }
    self.init(name: name, value: value, evidence: evidence)
  }
}

extension DecisionContent.MatchedRules {
  fileprivate init?(json: JSONValue) {
    guard let decision = json["decision"]?.stringValue, let rules = json.all("rules", \.stringValue) else {
      return nil
    }
    self.init(decision: decision, rules: rules)
  }
}

extension EvaluationProblem {
  fileprivate init?(json: JSONValue) {
    guard let model = json["model"]?.stringValue, let decision = json["decision"]?.stringValue,
      let code = json["code"]?.stringValue, let message = json["message"]?.stringValue
    else { return nil }
    self.init(model: model, decision: decision, code: code, message: message)
  }
}

extension JSONValue {
  /// The elements of an array member, each read by `element`; nil where one cannot be read.
  fileprivate func all<Element>(_ key: String, _ element: (JSONValue) -> Element?) -> [Element]? {
    guard let values = self[key]?.arrayValue else { return nil }
    var elements: [Element] = []
    elements.reserveCapacity(values.count)
    for value in values {
      guard let read = element(value) else { return nil }
      elements.append(read)
    }
    return elements
  }
}

extension JSONWriter {
  fileprivate mutating func member(_ name: String, _ text: String?) {
    key(name)
    if let text { string(text) } else { null() }
  }

  fileprivate mutating func texts(_ name: String, _ texts: [String]) {
    key(name)
    beginArray()
    for text in texts { string(text) }
    endArray()
  }

  fileprivate mutating func members<Element>(
    _ name: String, _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
  ) {
    key(name)
    beginArray()
    for element in elements {
      beginObject()
      write(&self, element)
      endObject()
    }
    endArray()
  }
}
