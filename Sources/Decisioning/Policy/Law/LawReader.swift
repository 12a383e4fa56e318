import Facts
import Formats
import Values

extension Law {
  /// Reads every `law/*.json` of a rule set; a fault anywhere refuses the rule set.
  public init(_ files: RuleSetFiles) throws(RuleSetError) {
    var provisions: [LawProvision] = []
    var seen: Set<String> = []
    for path in files.paths where path.hasPrefix("law/") && path.hasSuffix(".json") {
      let json: JSONValue
      do {
        json = try JSONReader.parse(files[path] ?? [])
      } catch {
        throw .law(path: path, place: "line \(error.position.line)", fault: error.sentence)
      }
      let file = LawObject(json, path: path, place: "")
      try file.allow(["jurisdiction", "provisions"])
      let jurisdiction = try file.text("jurisdiction")
      for (place, item) in try file.array("provisions").enumerated() {
        let object = LawObject(item, path: path, place: "/provisions/\(place)")
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

/// One object of a law file, read member by member with the place in every error.
private struct LawObject {
  let json: JSONValue
  let path: String
  let place: String

  init(_ json: JSONValue, path: String, place: String) {
    self.json = json
    self.path = path
    self.place = place
  }

  func fault(_ member: String, _ fault: String) -> RuleSetError {
    .law(path: path, place: "\(place)/\(member)", fault: fault)
  }

  func allow(_ members: Set<String>) throws(RuleSetError) {
    guard let object = json.objectValue else {
      throw .law(path: path, place: place.isEmpty ? "/" : place, fault: "is not an object")
    }
    if let unknown = object.keys.first(where: { !members.contains($0) }) {
      throw fault(unknown, "is not a member; there are: \(members.sorted().joined(separator: ", "))")
    }
  }

  func text(_ member: String) throws(RuleSetError) -> String {
    guard let text = json[member]?.stringValue, !text.isEmpty else {
      throw fault(member, "is missing or not a text")
    }
    return text
  }

  func array(_ member: String) throws(RuleSetError) -> [JSONValue] {
    guard let items = json[member]?.arrayValue else { throw fault(member, "is missing or not a list") }
    return items
  }

  func date(_ member: String) throws(RuleSetError) -> CivilDate {
    guard let date = CivilDate(try text(member)) else {
      throw fault(member, "is not a date as in 2026-05-14")
    }
    return date
  }

  func choice<Choice: RawRepresentable<String> & CaseIterable>(_ member: String) throws(RuleSetError)
    -> Choice
  {
    let text = try text(member)
    guard let choice = Choice(rawValue: text) else { throw unknown(text, member, Choice.self) }
    return choice
  }

  func choices<Choice: RawRepresentable<String> & CaseIterable & Hashable>(_ member: String)
    throws(RuleSetError) -> Set<Choice>
  {
    var choices: Set<Choice> = []
    for item in try array(member) {
      guard let choice = item.stringValue.flatMap(Choice.init(rawValue:)) else {
        throw unknown(item.canonical, member, Choice.self)
      }
      choices.insert(choice)
    }
    if choices.isEmpty { throw fault(member, "is an empty list") }
    return choices
  }

  private func unknown<Choice: RawRepresentable<String> & CaseIterable>(
    _ text: String, _ member: String, _ type: Choice.Type
  ) -> RuleSetError {
    fault(member, "'\(text)' is none of: \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
  }

  func optional<Result>(
    _ member: String, _ read: (String) throws(RuleSetError) -> Result
  ) throws(RuleSetError) -> Result? {
    json[member] == nil || json[member] == .null ? nil : try read(member)
  }

  func provision(_ jurisdiction: String) throws(RuleSetError) -> LawProvision {
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
