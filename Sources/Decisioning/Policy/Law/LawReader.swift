import Facts
import Formats
import Values

extension Law {
  /// Reads every `law/*.json` of a rule set; a fault anywhere refuses the rule set.
  public init(_ files: RuleSetFiles) throws(RuleSetError) {
    var provisions: [LawProvision] = []
    var seen: Set<String> = []
    for path in files.paths where path.hasPrefix("law/") && path.hasSuffix(".json") {
      let file = try RuleObject(path, of: files)
      // `debt` is the law of restrictions, which the safeguards read on their own.
      try file.allow(["jurisdiction", "provisions", "debt"])
      let jurisdiction = try file.text("jurisdiction")
      for (place, item) in try file.array("provisions").enumerated() {
        let object = RuleObject(item, path: path, place: "/provisions/\(place)")
        let provision = try object.provision(jurisdiction)
        guard seen.insert("\(provision.id) \(provision.from)").inserted else {
          throw object.fault("id", "'\(provision.id)' stands twice with the same first day")
        }
        provisions.append(provision)
      }
    }
    self.init(provisions: provisions)
  }
}

extension RuleObject {
  fileprivate func provision(_ jurisdiction: String) throws(RuleSetError) -> LawProvision {
    try allow([
      "id", "kind", "outcomes", "unless", "purposes", "answerWithinDays", "commodities", "customers", "from",
      "until", "source", "confidence", "note",
    ])
    let effect: LawProvision.Effect
    switch try text("kind") {
    case "orderBar":
      effect = .orderBar(
        outcomes: try choices("outcomes"), unless: try optional("unless", choices) ?? [])
    case "permission": effect = .permission(outcomes: try choices("outcomes"))
    case "legalBasis": effect = .legalBasis(purposes: try choices("purposes"))
    case "contest":
      guard let days = json["answerWithinDays"]?.integerValue, days > 0 else {
        throw fault("answerWithinDays", "is not a whole number of days above 0")
      }
      effect = .contest(answerWithinDays: days)
    case let kind:
      throw fault("kind", "'\(kind)' is none of: orderBar, permission, legalBasis, contest")
    }
    let provision = LawProvision(
      id: try text("id"), jurisdiction: jurisdiction, effect: effect,
      commodities: try optional("commodities", choices), customers: try optional("customers", choices),
      from: try date("from"), until: try optional("until", date), source: try text("source"),
      confidence: try choice("confidence"), note: try text("note"))
    if let until = provision.until, until < provision.from {
      throw fault("until", "\(until) is before the first day, \(provision.from)")
    }
    return provision
  }
}
