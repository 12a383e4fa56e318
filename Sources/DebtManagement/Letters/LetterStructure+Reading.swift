import Facts
import Formats

extension LetterStructure {
  /// Reads the file; everything wrong with it is noted.
  init(_ json: JSONValue, _ findings: inout JSONFindings) {
    guard
      let file = findings.object(json, "", known: ["note", "elements", "passages", "letters"])
    else { return }
    for (place, item) in findings.items(file, "elements", "").enumerated() {
      if let element = Self.element(item, "/elements/\(place)", &findings) { elements.append(element) }
    }
    for (place, item) in findings.items(file, "passages", "").enumerated() {
      let pointer = "/passages/\(place)"
      guard let passage = Self.passage(item, pointer, &findings) else { continue }
      if passages.updateValue(passage, forKey: passage.id) != nil {
        findings.note(pointer, "The passage \"\(passage.id)\" stands twice.")
      }
    }
    guard let plans = file["letters"] else {
      findings.missing("letters", "")
      return
    }
    let names = DebtNotice.NoticeType.allCases.map(\.rawValue)
    guard let object = findings.object(plans, "/letters", known: names) else { return }
    for (name, value) in object.members {
      guard let type = DebtNotice.NoticeType(rawValue: name) else { continue }
      letters[type] = Self.plan(value, "/letters/\(name)", &findings)
    }
    for type in DebtNotice.NoticeType.allCases where object[type.rawValue] == nil {
      findings.missing(type.rawValue, "/letters")
    }
    for (type, plan) in letters {
      for (place, id) in plan.passages.enumerated() where passages[id] == nil {
        findings.note("/letters/\(type.rawValue)/passages/\(place)", "There is no passage \"\(id)\".")
      }
    }
    let known = Set(elements.map(\.id))
    for passage in passages.values {
      for element in passage.elements.subtracting(known).sorted() {
        findings.note("/passages", "The passage \"\(passage.id)\" says \"\(element)\", which is no element.")
      }
    }
  }

  private static let scopeMembers = ["jurisdictions", "claimants", "commodities", "customers", "channels"]

  private static func element(
    _ json: JSONValue, _ pointer: String, _ findings: inout JSONFindings
  ) -> Element? {
    let known = ["id", "letters", "fields", "source", "confidence"] + scopeMembers
    guard let object = findings.object(json, pointer, known: known),
      let id = findings.text(object, "id", pointer), let source = findings.text(object, "source", pointer),
      let confidence = findings.text(object, "confidence", pointer)
    else { return nil }
    guard let letters: [DebtNotice.NoticeType] = findings.words(object, "letters", pointer) else {
      findings.missing("letters", pointer)
      return nil
    }
    return Element(
      id: id, letters: Set(letters), scope: scope(object, pointer, &findings),
      fields: Set(findings.words(object, "fields", pointer) ?? []), source: source, confidence: confidence)
  }

  private static func passage(
    _ json: JSONValue, _ pointer: String, _ findings: inout JSONFindings
  ) -> Passage? {
    let known = ["id", "elements", "ifGiven", "source", "note"] + scopeMembers
    guard let object = findings.object(json, pointer, known: known),
      let id = findings.text(object, "id", pointer)
    else { return nil }
    var ifGiven: LetterField?
    if object["ifGiven"] != nil, let name = findings.text(object, "ifGiven", pointer) {
      ifGiven = LetterField(rawValue: name)
      if ifGiven == nil { findings.note("\(pointer)/ifGiven", "\"\(name)\" is no field.") }
    }
    return Passage(
      id: id, scope: scope(object, pointer, &findings), ifGiven: ifGiven,
      elements: Set(findings.texts(object, "elements", pointer)))
  }

  private static func plan(_ json: JSONValue, _ pointer: String, _ findings: inout JSONFindings) -> Plan? {
    guard let object = findings.object(json, pointer, known: ["version", "only", "passages", "note"]) else {
      return nil
    }
    guard let version = findings.number(object, "version", pointer, in: 1...1_000_000) else {
      if object["version"] == nil { findings.missing("version", pointer) }
      return nil
    }
    var only: [LetterScope] = []
    if object["only"] != nil {
      for (place, item) in findings.items(object, "only", pointer).enumerated() {
        let pointer = "\(pointer)/only/\(place)"
        guard let scope = findings.object(item, pointer, known: scopeMembers) else { continue }
        only.append(Self.scope(scope, pointer, &findings))
      }
    }
    return Plan(version: version, only: only, passages: findings.texts(object, "passages", pointer))
  }

  private static func scope(
    _ object: JSONObject, _ pointer: String, _ findings: inout JSONFindings
  ) -> LetterScope {
    var scope = LetterScope()
    if object["jurisdictions"] != nil {
      scope.jurisdictions = []
      for code in findings.texts(object, "jurisdictions", pointer) {
        if let jurisdiction = Jurisdiction(code) {
          scope.jurisdictions?.append(jurisdiction)
        } else {
          findings.note("\(pointer)/jurisdictions", "\"\(code)\" is no country code.")
        }
      }
    }
    scope.claimants = findings.words(object, "claimants", pointer)
    scope.commodities = findings.words(object, "commodities", pointer)
    scope.customers = findings.words(object, "customers", pointer)
    scope.channels = findings.words(object, "channels", pointer)
    return scope
  }
}

extension JSONFindings {
  /// A member's text; nil where there is none, which is noted.
  mutating func text(_ object: JSONObject, _ name: String, _ pointer: String) -> String? {
    guard let text = object[name]?.stringValue, !text.isEmpty else {
      note("\(pointer)/\(name)", "A text belongs here.")
      return nil
    }
    return text
  }

  /// A member's list; empty where there is none, which is noted.
  mutating func items(_ object: JSONObject, _ name: String, _ pointer: String) -> [JSONValue] {
    guard let items = object[name]?.arrayValue else {
      note("\(pointer)/\(name)", "A list in brackets belongs here.")
      return []
    }
    return items
  }

  /// A member's list of texts; empty where the member is missing.
  mutating func texts(_ object: JSONObject, _ name: String, _ pointer: String) -> [String] {
    guard object[name] != nil else { return [] }
    var texts: [String] = []
    for (place, item) in items(object, name, pointer).enumerated() {
      guard let text = item.stringValue else {
        note("\(pointer)/\(name)/\(place)", "A text belongs here.")
        continue
      }
      texts.append(text)
    }
    return texts
  }

  /// A member's list of words of one kind; nil where the member is missing.
  mutating func words<Word: RawRepresentable<String>>(
    _ object: JSONObject, _ name: String, _ pointer: String
  ) -> [Word]? {
    guard object[name] != nil else { return nil }
    var words: [Word] = []
    for text in texts(object, name, pointer) {
      guard let word = Word(rawValue: text) else {
        note("\(pointer)/\(name)", "\"\(text)\" is not known here.")
        continue
      }
      words.append(word)
    }
    return words
  }
}
