import Formats
import Values

/// The members of an object in a request: each is asked for by name, and none is overlooked.
struct JSONMembers {
  private let object: JSONObject
  /// Where the object stands, as a JSON pointer.
  private let pointer: String

  /// Takes an object; refuses anything else, and members that nobody knows.
  init(_ json: JSONValue, at pointer: String, known: [String]) throws(Problem) {
    guard let object = json.objectValue else {
      throw Problem(.invalidMember, "An object is wanted here, not \(json.typeName).", pointer: pointer)
    }
    if let unknown = object.keys.first(where: { !known.contains($0) }) {
      throw Problem(
        .invalidMember, "There is no such member; there are: \(known.joined(separator: ", ")).",
        pointer: "\(pointer)/\(Self.token(unknown))")
    }
    self.object = object
    self.pointer = pointer
  }

  /// A member that has to be there.
  func required(_ name: String) throws(Problem) -> JSONValue {
    guard let value = object[name] else {
      throw Problem(.invalidMember, "The member is missing.", pointer: "\(pointer)/\(name)")
    }
    return value
  }

  /// A member that may be missing or null.
  func optional(_ name: String) throws(Problem) -> JSONValue? {
    let value = object[name]
    return value == .null ? nil : value
  }

  /// A text of 1 to `limit` bytes without control characters; nil where it is missing.
  func text(_ name: String, limit: Int) throws(Problem) -> String? {
    guard let value = try optional(name) else { return nil }
    guard let text = value.stringValue, !text.isEmpty, text.utf8.count <= limit,
      text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }),
      text.contains(where: { !$0.isWhitespace })
    else {
      throw Problem(
        .invalidMember, "A text of 1 to \(limit) bytes without control characters is wanted here.",
        pointer: "\(pointer)/\(name)")
    }
    return text
  }

  /// A whole number in a range; nil where it is missing.
  func integer(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
    guard let value = try optional(name) else { return nil }
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
    _ name: String, _ choices: [(word: String, value: Choice)], missing: Choice
  ) throws(Problem) -> Choice {
    guard let value = try optional(name) else { return missing }
    guard let found = choices.first(where: { $0.word == value.stringValue }) else {
      throw Problem(
        .invalidMember, "One of these is wanted here: \(choices.map(\.word).joined(separator: ", ")).",
        pointer: "\(pointer)/\(name)")
    }
    return found.value
  }

  /// One of some words; nil where it is missing.
  func choice<Choice>(
    _ name: String, _ choices: [(word: String, value: Choice)], missing: Choice?
  ) throws(Problem) -> Choice? {
    try choice(name, choices.map { ($0.word, Choice?.some($0.value)) }, missing: missing)
  }

  /// A member's name in a JSON pointer (RFC 6901 section 3), cut where somebody sent a book.
  private static func token(_ name: String) -> String {
    String(name.prefix(80)).replacing("~", with: "~0").replacing("/", with: "~1")
  }
}
