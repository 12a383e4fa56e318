import Formats
import TestSupport
import Testing
import Values

@Suite struct JSONReaderTests {
  private func reason(_ text: String, limits: JSONLimits = JSONLimits()) -> JSONError.Reason? {
    reason(Array(text.utf8), limits: limits)
  }

  private func reason(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) -> JSONError.Reason? {
    do throws(JSONError) {
      _ = try JSONReader.parse(bytes, limits: limits)
      return nil
    } catch {
      #expect(!error.sentence.isEmpty)
      return error.reason
    }
  }

  @Test func readsEveryKindOfValue() throws {
    let value = try JSONReader.parse(
      #" {"a": [1, -2.50, 3e2, true, false, null], "b": {"": "x\n\u0041\ud83d\ude00\/"}} "#)
    #expect(value["a"]?[0] == 1)
    #expect(value["a"]?[1]?.numberValue == Decimal("-2.5"))
    #expect(value["a"]?[2]?.integerValue == 300)
    #expect(value["a"]?.arrayValue?.count == 6)
    #expect(value["b"]?[""]?.stringValue == "x\nA😀/")
    #expect(value.objectValue?.keys == ["a", "b"])
    #expect(try JSONReader.parse([0xEF, 0xBB, 0xBF] + Array("1".utf8)) == 1)
  }

  @Test(arguments: [
    ("", JSONError.Reason.empty), ("  \n", .empty), ("[1,]", .unexpectedCharacter),
    ("[1 2]", .unexpectedCharacter),
    ("{\"a\":1,}", .unexpectedCharacter), ("{a:1}", .unexpectedCharacter), ("'a'", .unexpectedCharacter),
    ("[1", .unexpectedEnd), ("{\"a\"", .unexpectedEnd), ("\"abc", .unexpectedEnd), ("\"a\\", .unexpectedEnd),
    ("tru", .unexpectedEnd), ("trux", .unexpectedCharacter), ("NaN", .unexpectedCharacter),
    ("1 2", .trailingContent),
    ("01", .invalidNumber), ("-", .unexpectedEnd), ("1.", .invalidNumber), (".5", .unexpectedCharacter),
    ("1e", .invalidNumber), ("+1", .unexpectedCharacter), ("-01", .invalidNumber),
    ("1e401", .numberOutOfRange),
    ("1e-401", .numberOutOfRange), ("1e99999999999999999999", .numberOutOfRange),
    ("\"\t\"", .controlCharacter),
    ("\"\\x\"", .invalidEscape), ("\"\\u12G4\"", .invalidEscape), ("\"\\ud800\"", .loneSurrogate),
    ("\"\\ud800\\u0041\"", .loneSurrogate), ("\"\\udc00\"", .loneSurrogate),
    ("{\"a\":1,\"a\":2}", .duplicateKey),
    ("{\"a\":1,\"\\u0061\":2}", .duplicateKey), ("// a\n1", .unexpectedCharacter),
    ("1\u{0}", .trailingContent),
  ])
  func refuses(text: String, expected: JSONError.Reason) {
    #expect(reason(text) == expected, "\(text)")
  }

  @Test func refusesWhatIsNotUTF8AndSaysWhere() {
    let bytes = Array("{\n \"ā\": \"".utf8) + [0xE2, 0x20] + Array("\"}".utf8)
    #expect {
      try JSONReader.parse(bytes)
    } throws: { error in
      guard let error = error as? JSONError else { return false }
      return error.reason == .invalidUTF8 && error.position.line == 2 && error.position.column == 8
    }
    for bad: [UInt8] in [
      [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80], [0xE0, 0x80, 0x80], [0xF0, 0x9F],
    ] {
      #expect(reason([0x22] + bad + [0x22]) == .invalidUTF8)
    }
  }

  @Test func boundsDepthSizeAndNumerals() {
    #expect(reason(String(repeating: "[", count: 64) + String(repeating: "]", count: 64)) == nil)
    #expect(reason(String(repeating: "[", count: 65) + String(repeating: "]", count: 65)) == .tooDeep)
    #expect(reason(String(repeating: "[", count: 1_000_000), limits: JSONLimits(depth: .max)) == .tooDeep)
    #expect(reason(String(repeating: "{\"a\":", count: 1_000_000)) == .tooDeep)
    #expect(reason("[1,2,3]", limits: JSONLimits(bytes: 6)) == .tooLarge)
    #expect(reason(String(repeating: "9", count: 401)) == .numberOutOfRange)
    #expect(reason("0." + String(repeating: "9", count: 1_000_000)) == .numberOutOfRange)
  }

  @Test func manyMembersAreFoundAndDuplicatesAmongThemRefused() throws {
    let members = (0..<5_000).map { "\"k\($0)\":\($0)" }
    let value = try JSONReader.parse("{" + members.joined(separator: ",") + "}")
    #expect(value["k4999"] == 4_999)
    #expect(reason("{" + (members + ["\"k17\":0"]).joined(separator: ",") + "}") == .duplicateKey)
  }

  @Test func equalityLooksAtNumbersByValueAndNotAtOrder() throws {
    let one = try JSONReader.parse(#"{"a":1.0,"b":2}"#)
    let other = try JSONReader.parse(#"{"b":2.00,"a":1}"#)
    #expect(one == other)
    #expect(one.hashValue == other.hashValue)
    #expect(one != (try JSONReader.parse(#"{"b":2.00,"c":1}"#)))
  }

  @Test func canonicalFormSortsByCodePointAndReadsBack() throws {
    let value = try JSONReader.parse(
      #"{"b":[1.50,{"z":1,"a10":2,"a9":3}],"Ā":"\u0000\u001f\"\\é😀\u2028","a":1e3,"B":-0.0}"#)
    #expect(
      value.canonical
        == "{\"B\":0,\"a\":1000,\"b\":[1.5,{\"a10\":2,\"a9\":3,\"z\":1}],\"Ā\":\"\\u0000\\u001f\\\"\\\\é😀\u{2028}\"}"
    )
    #expect(try JSONReader.parse(value.canonical) == value)
    #expect(try JSONReader.parse(value.pretty) == value)
    #expect(try JSONReader.parse(value.pretty).canonical == value.canonical)
  }

  @Test func writerStreamsAndPlacesCommas() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("rows", 3)
    let first = writer.take()
    writer.key("list")
    writer.beginArray()
    writer.number(Decimal(1))
    writer.beginObject()
    writer.endObject()
    writer.null()
    writer.endArray()
    writer.member("none", String?.none)
    writer.endObject()
    #expect(
      String(decoding: first, as: UTF8.self) + writer.text == #"{"rows":3,"list":[1,{},null],"none":null}"#)
    let value: JSONValue = ["a": [1, []], "b": [:]]
    #expect(value.pretty == "{\n  \"a\": [\n    1,\n    []\n  ],\n  \"b\": {}\n}")
  }

  @Test func survivesMutilation() throws {
    let seed = Array(#"{"a":[1,-2.5e3,"x\u00e9\ud83d\ude00",{"b":null,"c":[true,false]}],"ā":"\n"}"#.utf8)
    var random = SeededGenerator(seed: 7)
    for _ in 0..<5_000 {
      var bytes = seed
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &random)], at: place)
        }
      }
      // Whatever is accepted must read back from its canonical form as the same value.
      if let value = try? JSONReader.parse(bytes) {
        #expect(try JSONReader.parse(value.canonicalBytes) == value)
      }
    }
  }
}
