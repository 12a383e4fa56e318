/// Something wrong with a JSON file that people write.
public struct JSONFinding: Hashable, Sendable {
  /// The file.
  public var file: String
  /// Where in it: a JSON pointer (RFC 6901) such as `/sources/0/url`; empty for the whole.
  public var pointer: String
  /// What is wrong and how to mend it.
  public var message: String

  /// Something wrong at a place of a file.
  public init(file: String, pointer: String, message: String) {
    self.file = file
    self.pointer = pointer
    self.message = message
  }

  /// Says where, what, and how to mend it.
  public var sentence: String { file + (pointer.isEmpty ? "" : " at \(pointer)") + ": \(message)" }
}

/// Reads a JSON file that people write and collects everything that is wrong with its form, so that they mend it
/// in one go.
public struct JSONFindings: Sendable {
  private let file: String
  /// What is wrong so far, in the order in which it was met.
  public private(set) var all: [JSONFinding] = []

  /// Nothing is wrong yet with a file of this name.
  public init(file: String) { self.file = file }

  /// Enters something that is wrong.
  public mutating func note(_ pointer: String, _ message: String) {
    all.append(JSONFinding(file: file, pointer: pointer, message: message))
  }

  /// The file's value; nil where it is no JSON within the limits.
  public mutating func json(_ bytes: [UInt8], limits: JSONLimits) -> JSONValue? {
    do throws(JSONError) {
      return try JSONReader.parse(bytes, limits: limits)
    } catch {
      note("", error.sentence)
      return nil
    }
  }

  /// An object, whose members are to be among those that are known; nil where it is none.
  public mutating func object(_ json: JSONValue, _ pointer: String, known: [String]) -> JSONObject? {
    guard case .object(let object) = json else {
      note(pointer, "An object in braces belongs here, not \(json.typeName).")
      return nil
    }
    for key in object.keys where !known.contains(key) {
      note(pointer, "\"\(key)\" is not known here. Known are \(known.joined(separator: ", ")).")
    }
    return object
  }

  /// Notes that a member has to be there and is not.
  public mutating func missing(_ name: String, _ pointer: String) {
    note(pointer, "The member \"\(name)\" is missing. Add it.")
  }

  /// A member's whole number in a range; nil where it is missing, or noted as wrong.
  public mutating func number(
    _ object: JSONObject, _ name: String, _ pointer: String, in range: ClosedRange<Int>
  ) -> Int? {
    guard let value = object[name] else { return nil }
    guard let number = value.integerValue, range.contains(number) else {
      note(
        "\(pointer)/\(name)", "A whole number from \(range.lowerBound) to \(range.upperBound) belongs here.")
      return nil
    }
    return number
  }
}
