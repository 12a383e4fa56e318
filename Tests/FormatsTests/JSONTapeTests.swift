import Formats
import TestSupport
import Testing
import Values

/// What is taken from a text by name is what its tree says.
@Suite struct JSONTapeTests {
  private static let keys: [StaticString] = [
    "a", "b", "ab", "é", "e\u{301}", "quote\"d", "", "longer than fifteen bytes",
  ]
  private static let names = keys.map(\.description)

  private static func random(_ depth: Int, _ dice: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0...(depth > 3 ? 3 : 6), using: &dice) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &dice))
    case 2: return .number(Decimal(Int.random(in: -1_000_000...1_000_000, using: &dice)))
    case 3: return .string(names.randomElement(using: &dice) ?? "")
    case 4:
      return .array((0..<Int.random(in: 0...20, using: &dice)).map { _ in random(depth + 1, &dice) })
    default:
      var object = JSONObject()
      for _ in 0..<Int.random(in: 0...12, using: &dice) {
        object[names.randomElement(using: &dice) ?? ""] = random(depth + 1, &dice)
      }
      return .object(object)
    }
  }

  private static func compare(_ node: JSONNode, _ value: JSONValue) {
    #expect(node.value == value)
    #expect(node.typeName == value.typeName)
    #expect(node.isNull == (value == .null) && node.isObject == (value.objectValue != nil))
    #expect(node.stringValue == value.stringValue)
    #expect(node.numberValue == value.numberValue && node.integerValue == value.integerValue)
    for key in Self.keys {
      let name = key.description
      #expect(node.isString(name) == (value == .string(name)))
      #expect(node[key]?.value == value[name])
      if let member = node[key], let wanted = value[name] { compare(member, wanted) }
    }
    // In the order of the text, which the canonical form has changed.
    let members = node.value.objectValue?.keys
    for known: [StaticString] in [[], ["a"], ["b", "", "é"], Self.keys] {
      let names = known.map(\.description)
      #expect(node.firstKey(except: known) == members?.first { !names.contains($0) })
    }
  }

  @Test func agreesWithTheTree() throws {
    var dice = SeededGenerator(seed: 11)
    for _ in 0..<300 {
      let value = Self.random(0, &dice)
      for bytes in [value.canonicalBytes, Array(value.pretty.utf8)] {
        Self.compare(try JSONTape(bytes).root, value)
        #expect(try JSONReader.parse(bytes) == value)
      }
    }
  }

  /// Keys are walked through up to some number and looked up from then on; a second spelling of one is found either way.
  @Test(arguments: [1, 2, 15, 16, 17, 18, 40])
  func noKeyComesTwice(count: Int) throws {
    let keys = (0..<count).map { "\"é\($0)\":\($0)" }
    for place in [0, count / 2, count - 1] {
      for spelling in ["é\(place)", "\\u00e9\(place)", "e\u{301}\(place)"] {
        let text = "{" + (keys + ["\"\(spelling)\":0"]).joined(separator: ",") + "}"
        let error = #expect(throws: JSONError.self) { try JSONTape(Array(text.utf8)) }
        #expect(error?.reason == .duplicateKey && error?.detail == "é\(place)")
      }
    }
    let whole = "{" + keys.joined(separator: ",") + "}"
    #expect(try JSONTape(Array(whole.utf8)).root.value["é\(count - 1)"] == .number(Decimal(count - 1)))
  }

  @Test func escapesAreReadWhereAStringIsAskedFor() throws {
    let root = try JSONTape(Array(#"{"a\u0062":"x\n\ud83d\ude00","n":"\"","plain":"\u00e9"}"#.utf8)).root
    #expect(root["ab"]?.stringValue == "x\n😀")
    #expect(root["ab"]?.isString("x\n😀") == true)
    #expect(root["n"]?.isString("\"") == true && root["n"]?.isString("\\\"") == false)
    #expect(root["plain"]?.isString("é") == true)
    #expect(root.firstKey(except: ["n", "plain"]) == "ab")
  }
}
