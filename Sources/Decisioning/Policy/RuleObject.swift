import Formats
import Values

/// One object of a data file of a rule set, read member by member with the place in every error.
struct RuleObject {
  let json: JSONValue
  let path: String
  let place: String

  init(_ json: JSONValue, path: String, place: String) {
    self.json = json
    self.path = path
    self.place = place
  }

  /// The whole of a file.
  init(_ path: String, of files: RuleSetFiles) throws(RuleSetError) {
    do {
      self.init(try JSONReader.parse(files[path] ?? []), path: path, place: "")
    } catch {
      throw Self.fault(path, "line \(error.position.line)", error.sentence)
    }
  }

  func fault(_ member: String, _ fault: String) -> RuleSetError {
    Self.fault(path, "\(place)/\(member)", fault)
  }

  private static func fault(_ path: String, _ place: String, _ fault: String) -> RuleSetError {
    path.hasPrefix("law/")
      ? .law(path: path, place: place, fault: fault) : .calendar(path: path, place: place, fault: fault)
  }

  func allow(_ members: Set<String>) throws(RuleSetError) {
    guard let object = json.objectValue else {
      throw Self.fault(path, place.isEmpty ? "/" : place, "is not an object")
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

  func integer(_ member: String) throws(RuleSetError) -> Int {
    guard let number = json[member]?.integerValue else {
      throw fault(member, "is missing or not a whole number")
    }
    return number
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
}
