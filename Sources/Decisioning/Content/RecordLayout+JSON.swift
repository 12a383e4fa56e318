import Formats
import Values

extension RecordLayout {
  /// The layout as it is stored with its rule set.
  public var bytes: [UInt8] {
    JSONValue(
      dictionaryLiteral: ("ruleSet", .string(ruleSet.hexadecimal)),
      ("given", .array(given.map(JSONValue.string))),
      ("features", .array(features.map(JSONValue.string))),
      ("decisions", .array(decisions.map(JSONValue.string))),
      (
        "tables",
        .array(
          tables.map { ["decision": .string($0.decision), "rules": .array($0.rules.map(JSONValue.string))] })
      ),
      (
        "characteristics",
        .array(characteristics.map { ["name": .string($0.name), "best": .number($0.best)] })
      ),
      (
        "scoreRules",
        .array(
          scoreRules.map {
            [
              "characteristic": .number(Decimal($0.characteristic)), "points": .number($0.points),
              "reason": .string($0.reason),
            ]
          })
      )
    ).canonicalBytes
  }

  /// A layout as stored; nil where the bytes are not one.
  public convenience init?(bytes: [UInt8]) {
    guard let json = try? JSONReader.parse(bytes),
      let ruleSet = json["ruleSet"]?.stringValue.flatMap({ Digest(hexadecimal: $0) }),
      let given = json["given"]?.all(\.stringValue),
      let features = json["features"]?.all(\.stringValue),
      let decisions = json["decisions"]?.all(\.stringValue),
      let tables = json["tables"]?.all({ table -> Table? in
        guard let decision = table["decision"]?.stringValue,
          let rules = table["rules"]?.all(\.stringValue)
        else { return nil }
        return Table(decision: decision, rules: rules)
      }),
      let characteristics = json["characteristics"]?.all({ item -> Characteristic? in
        guard let name = item["name"]?.stringValue, let best = item["best"]?.numberValue else { return nil }
        return Characteristic(name: name, best: best)
      }),
      let scoreRules = json["scoreRules"]?.all({ rule -> ScoreRule? in
        guard let characteristic = rule["characteristic"]?.integerValue,
          let points = rule["points"]?.numberValue, let reason = rule["reason"]?.stringValue
        else { return nil }
        return ScoreRule(characteristic: characteristic, points: points, reason: reason)
      })
    else { return nil }
    self.init(
      ruleSet: ruleSet, given: given, features: features, decisions: decisions, tables: tables,
      characteristics: characteristics, scoreRules: scoreRules)
  }
}

extension JSONValue {
  /// The elements of an array, each read by `element`; nil where this is none or one cannot be read.
  func all<Element>(_ element: (JSONValue) -> Element?) -> [Element]? {
    guard let values = arrayValue else { return nil }
    var elements: [Element] = []
    elements.reserveCapacity(values.count)
    for value in values {
      guard let read = element(value) else { return nil }
      elements.append(read)
    }
    return elements
  }
}
