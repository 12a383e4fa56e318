import Decisioning
import Formats

extension EvidenceRules {
  /// Reads `evidence.json` of a rule set; a fault anywhere refuses it, since a list that is half read protects nobody.
  ///
  /// - Throws: `.noRules` where the rule set has none, `.rules`.
  public init(_ files: RuleSetFiles) throws(EvidenceError) {
    guard let bytes = files[Self.path] else { throw .noRules }
    let json: JSONValue
    do {
      json = try JSONReader.parse(bytes)
    } catch {
      throw .rules(place: "line \(error.position.line)", fault: error.sentence)
    }
    let file = EvidenceObject(json, place: "")
    try file.allow(["kinds", "forbidden", "hosts", "categories"])
    var seen: Set<String> = []
    let kinds = try file.objects("kinds") { object throws(EvidenceError) in
      try object.allow(["id", "title", "needs", "dateDefaultsToToday"])
      var needs: Set<Kind.Need> = []
      for word in try object.texts("needs") {
        guard let need = Kind.Need(rawValue: word) else {
          throw object.fault("needs", "'\(word)' is none of: file, address, date, note")
        }
        needs.insert(need)
      }
      return Kind(
        id: try object.id(&seen), title: try object.text("title"), needs: needs,
        dateDefaultsToToday: object.json["dateDefaultsToToday"]?.boolValue ?? false)
    }
    let forbidden = try file.objects("forbidden") { object throws(EvidenceError) in
      try object.allow(["id", "because"])
      return ForbiddenKind(id: try object.id(&seen), because: try object.text("because"))
    }
    let hosts = EvidenceObject(json["hosts"] ?? .null, place: "/hosts")
    try hosts.allow(["socialNetworks", "hideTheirTarget", "archives"])
    let (networks, hiding) = (try hosts.hosts("socialNetworks"), try hosts.hosts("hideTheirTarget"))
    let archives = try hosts.hosts("archives")
    var categoryIDs: Set<String> = []
    let categories = try file.objects("categories") { object throws(EvidenceError) in
      try object.allow(["id", "title", "provision", "words"])
      let words = EvidenceObject(object.json["words"] ?? .null, place: object.place + "/words")
      guard let languages = words.json.objectValue?.keys, !languages.isEmpty else {
        throw object.fault("words", "is missing or not an object of lists by language")
      }
      var stems: [String] = []
      for language in languages {
        for stem in try words.texts(language) {
          guard stem.filter({ $0 != "$" }).count >= SensitiveWords.shortest else {
            throw words.fault(language, "'\(stem)' is too short: it would be met by chance")
          }
          stems.append(stem)
        }
      }
      return SensitiveWords.Category(
        id: try object.id(&categoryIDs), title: try object.text("title"),
        provision: try object.text("provision"), stems: stems)
    }
    self.init(
      kinds: kinds, forbidden: forbidden, socialNetworks: networks, hideTheirTarget: hiding,
      archives: archives,
      words: SensitiveWords(categories))
  }
}

/// One object of the file, read member by member with the place in every error.
private struct EvidenceObject {
  let json: JSONValue
  let place: String

  init(_ json: JSONValue, place: String) {
    self.json = json
    self.place = place
  }

  func fault(_ member: String, _ fault: String) -> EvidenceError {
    .rules(place: "\(place)/\(member)", fault: fault)
  }

  func allow(_ members: Set<String>) throws(EvidenceError) {
    guard let object = json.objectValue else {
      throw .rules(place: place.isEmpty ? "/" : place, fault: "is missing or not an object")
    }
    if let unknown = object.keys.first(where: { !members.contains($0) }) {
      throw fault(unknown, "is not a member; there are: \(members.sorted().joined(separator: ", "))")
    }
  }

  func text(_ member: String) throws(EvidenceError) -> String {
    guard let text = json[member]?.stringValue, !text.isEmpty else {
      throw fault(member, "is missing or not a text")
    }
    return text
  }

  func id(_ seen: inout Set<String>) throws(EvidenceError) -> String {
    let id = try text("id")
    guard seen.insert(id).inserted else { throw fault("id", "'\(id)' stands twice") }
    return id
  }

  func texts(_ member: String) throws(EvidenceError) -> [String] {
    guard let items = json[member]?.arrayValue else { throw fault(member, "is missing or not a list") }
    var texts: [String] = []
    for item in items {
      guard let text = item.stringValue, !text.isEmpty else { throw fault(member, "holds what is no text") }
      texts.append(text)
    }
    return texts
  }

  /// Hosts as they are compared: in small letters, without a dot at either end.
  func hosts(_ member: String) throws(EvidenceError) -> [String] {
    let hosts = try texts(member)
    for host in hosts {
      guard host.first != ".", host.last != ".",
        host.utf8.allSatisfy({ byte in
          (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x2E
        })
      else { throw fault(member, "'\(host)' is not a host in small letters") }
    }
    return hosts
  }

  func objects<Item>(
    _ member: String, _ read: (EvidenceObject) throws(EvidenceError) -> Item
  ) throws(EvidenceError) -> [Item] {
    guard let items = json[member]?.arrayValue else { throw fault(member, "is missing or not a list") }
    var found: [Item] = []
    for (number, item) in items.enumerated() {
      found.append(try read(EvidenceObject(item, place: "\(place)/\(member)/\(number)")))
    }
    return found
  }
}
