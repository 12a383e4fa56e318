import Values

/// The structure of a JSON text (RFC 8259) that was checked in full: where each value begins and ends, and nothing made of it.
///
/// Who reads a text once, as a request, takes from it what is asked for and no tree of the rest; that takes a fifth less. One
/// value, no comments, no duplicate keys, valid UTF-8, exact numbers; a byte-order mark before it is passed over.
///
/// Keys are told apart as Swift tells strings apart: two spellings of one accented letter (composed and decomposed) are one key. A
/// reader that refuses duplicates is the stricter for it.
public final class JSONTape: Sendable {
  let bytes: [UInt8]
  /// The values in the order of the text; a key stands before its value.
  let entries: [Entry]
  /// The numbers, each at the place that its entry names.
  let numbers: [Decimal]

  /// A value or a key.
  struct Entry {
    enum Kind: UInt8 {
      case null, yes, no, number, string, array, object
    }

    var kind: Kind
    /// Of a string: whether it holds no escape.
    var isPlain = true
    /// Of a string: whether it is ASCII.
    var isASCII = true
    /// Of a string the first byte in the quotes, of a number its place among the numbers.
    var start: Int32 = 0
    /// Of a string: the byte after the last in the quotes.
    var end: Int32 = 0
    /// The entry after this value and all that is in it.
    var next: Int32 = 0
  }

  /// Checks a text that holds exactly one value.
  public init(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
    var outcome: Result<JSONScan, JSONError>?
    bytes.withUnsafeBufferPointer { buffer in
      var scan = JSONScan(buffer, limits)
      do throws(JSONError) {
        try scan.document()
        outcome = .success(scan)
      } catch {
        outcome = .failure(error)
      }
    }
    let scan = try outcome?.get()
    self.bytes = bytes
    entries = scan?.entries ?? []
    numbers = scan?.numbers ?? []
  }

  /// The value.
  public var root: JSONNode { JSONNode(tape: self, place: 0) }

  /// The text of a string or a key.
  func text(_ entry: Entry) -> String {
    bytes.withUnsafeBufferPointer { JSONScan.text(entry, in: $0) }
  }

  /// Whether a string is a text.
  func isText(_ entry: Entry, _ text: String) -> Bool {
    guard entry.isPlain, entry.isASCII else { return self.text(entry) == text }
    return text.withUTF8Bytes { isText(entry, $0) }
  }

  /// Whether a key is a name.
  func isName(_ entry: Entry, _ name: StaticString) -> Bool {
    guard entry.isPlain, entry.isASCII else { return text(entry) == name.description }
    return isText(entry, UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }

  private func isText(_ entry: Entry, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let (start, count) = (Int(entry.start), Int(entry.end - entry.start))
    guard text.count == count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      for place in 0..<count where bytes[start + place] != text[place] { return false }
      return true
    }
  }

  /// The place of a member's value in the object at a place; nil where there is none.
  func member(_ name: StaticString, of object: Int) -> Int? {
    firstMember(of: object) { isName($0, name) }
  }

  /// The place of the value of the first member whose key is like this.
  func firstMember(of object: Int, where isWanted: (Entry) -> Bool) -> Int? {
    entries.withUnsafeBufferPointer { entries in
      let end = Int(entries[object].next)
      var key = object + 1
      while key < end {
        if isWanted(entries[key]) { return key + 1 }
        key = Int(entries[key + 1].next)
      }
      return nil
    }
  }

  /// A value and all that is in it.
  func value(_ place: Int) -> JSONValue {
    let entry = entries[place]
    switch entry.kind {
    case .null: return .null
    case .yes: return .bool(true)
    case .no: return .bool(false)
    case .number: return .number(numbers[Int(entry.start)])
    case .string: return .string(text(entry))
    case .array:
      var elements: [JSONValue] = []
      var place = place + 1
      // To grow one by one from nothing would allocate four times for as many elements.
      if place < Int(entry.next) { elements.reserveCapacity(8) }
      while place < Int(entry.next) {
        elements.append(value(place))
        place = Int(entries[place].next)
      }
      return .array(elements)
    case .object:
      var object = JSONObject()
      var place = place + 1
      while place < Int(entry.next) {
        object.appendNew(text(entries[place]), value(place + 1))
        place = Int(entries[place + 1].next)
      }
      return .object(object)
    }
  }
}
