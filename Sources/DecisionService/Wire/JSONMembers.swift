import Formats
import Values

/// The members of an object in a request: each is asked for by name, and none is overlooked.
struct JSONMembers {
  private let object: JSONNode
  /// Where the object stands, as a JSON pointer.
  private let pointer: String

  /// Reads an object from the content of a request; refuses anything else, and members that nobody knows.
  init(_ content: [UInt8], limits: JSONLimits, at pointer: String, known: [StaticString]) throws(Problem) {
    let tape: JSONTape
    do throws(JSONError) { tape = try JSONTape(content, limits: limits) } catch { throw Problem(error) }
    try self.init(tape.root, at: pointer, known: known)
  }

  /// Takes an object; refuses anything else, and members that nobody knows.
  init(_ json: JSONNode, at pointer: String, known: [StaticString]) throws(Problem) {
    guard json.isObject else {
      throw Problem(.invalidMember, "An object is wanted here, not \(json.typeName).", pointer: pointer)
    }
    if let unknown = json.firstKey(except: known) {
      throw Problem(
        .invalidMember,
        "There is no such member; there are: \(known.map(\.description).joined(separator: ", ")).",
        pointer: "\(pointer)/\(Self.token(unknown))")
    }
    object = json
    self.pointer = pointer
  }

  /// A member that has to be there.
  func required(_ name: StaticString) throws(Problem) -> JSONNode {
    guard let value = object[name] else {
      throw Problem(.invalidMember, "The member is missing.", pointer: "\(pointer)/\(name)")
    }
    return value
  }

  /// A member that may be missing or null.
  func optional(_ name: StaticString) -> JSONNode? {
    guard let value = object[name], !value.isNull else { return nil }
    return value
  }

  /// A text of 1 to `limit` bytes without control characters; nil where it is missing.
  func text(_ name: StaticString, limit: Int) throws(Problem) -> String? {
    guard let value = optional(name) else { return nil }
    guard let text = value.stringValue, !text.isEmpty, text.utf8.count <= limit, Self.isReadable(text) else {
      throw Problem(
        .invalidMember, "A text of 1 to \(limit) bytes without control characters is wanted here.",
        pointer: "\(pointer)/\(name)")
    }
    return text
  }

  /// Whether a text has no control characters, and something that can be seen.
  private static func isReadable(_ text: String) -> Bool {
    // Nearly always ASCII: the properties of characters are looked up 20 times as slowly.
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text.utf8.contains { $0 != 0x20 } }
    return text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
      && text.contains { !$0.isWhitespace }
  }

  /// A whole number in a range; nil where it is missing.
  func integer(_ name: StaticString, in range: ClosedRange<Int>) throws(Problem) -> Int? {
    guard let value = optional(name) else { return nil }
    guard let number = value.integerValue, range.contains(number) else {
      throw Problem(
        .invalidMember,
        "A whole number from \(range.lowerBound) to \(range.upperBound) is wanted here.",
        pointer: "\(pointer)/\(name)")
    }
    return number
  }

  /// One of some words.
  func choice<Choice>(
    _ name: StaticString, _ choices: [(word: String, value: Choice)], missing: Choice
  ) throws(Problem) -> Choice {
    try optionalChoice(name, choices) ?? missing
  }

  /// One of some words; nil where it is missing.
  ///
  /// By a name of its own: as another `choice` it would take choices of optionals, and each call would turn all of them into those.
  func optionalChoice<Choice>(
    _ name: StaticString, _ choices: [(word: String, value: Choice)]
  ) throws(Problem) -> Choice? {
    guard let value = optional(name) else { return nil }
    return try choice(name, value, choices)
  }

  private func choice<Choice>(
    _ name: StaticString, _ value: JSONNode, _ choices: [(word: String, value: Choice)]
  ) throws(Problem) -> Choice {
    guard let found = choices.first(where: { value.isString($0.word) }) else {
      throw Problem(
        .invalidMember, "One of these is wanted here: \(choices.map(\.word).joined(separator: ", ")).",
        pointer: "\(pointer)/\(name)")
    }
    return found.value
  }

  /// A member's name in a JSON pointer (RFC 6901 section 3), cut where somebody sent a book.
  private static func token(_ name: String) -> String {
    String(name.prefix(80)).replacing("~", with: "~0").replacing("/", with: "~1")
  }
}
