import Formats
import Testing
import Values

/// What is written is read back as it was.
@Suite struct JSONWriterTests {
  /// Every ASCII character at every place of texts of up to 18 bytes: escapes are looked for eight bytes at a time.
  @Test func everyCharacterIsEscapedWhereItHasToBe() throws {
    for code in 0..<128 as Range<UInt8> {
      let character = String(Unicode.Scalar(code))
      for length in 0..<18 {
        for place in 0...length {
          let text =
            String(repeating: "a", count: place) + character
            + String(repeating: "\u{17E}", count: length - place)
          var writer = JSONWriter()
          writer.string(text)
          #expect(try JSONReader.parse(writer.bytes) == .string(text), "\(code) at \(place) of \(length)")
        }
      }
    }
  }

  @Test func digestsAreWrittenAsTheirDigits() {
    let digest = SHA256.hash("abc")
    for digits in [0, 1, 12, 63, 64, 90] {
      var writer = JSONWriter()
      writer.beginArray()
      writer.string(digest, digits: digits)
      writer.string(digest)
      writer.endArray()
      #expect(writer.text == "[\"\(digest.hexadecimal.prefix(digits))\",\"\(digest.hexadecimal)\"]")
    }
  }

  @Test func aStringOfSeveralIsTheStringOfAll() throws {
    for parts in [("", "", ""), ("a", "\"", "\n"), ("/v1/", "D-7", "/contest"), ("\\", "\u{17E}", "")] {
      var writer = JSONWriter()
      writer.beginObject()
      writer.member("before", 1)
      writer.member("it", parts.0, parts.1, parts.2)
      writer.endObject()
      #expect(try JSONReader.parse(writer.bytes)["it"] == .string(parts.0 + parts.1 + parts.2))
    }
  }

  /// Parts written apart are what one writer would have written.
  @Test func partsAreTakenIn() {
    var members = JSONWriter.part()
    members.member("b", 2)
    members.key("c")
    members.beginArray()
    members.endArray()
    var elements = JSONWriter.part(capacity: 8)
    elements.number(3)
    elements.null()
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("a", 1)
    writer.raw(members.bytes[...])
    writer.key("d")
    writer.beginArray()
    writer.raw(elements.bytes[...])
    writer.bool(true)
    writer.endArray()
    writer.endObject()
    #expect(writer.text == #"{"a":1,"b":2,"c":[],"d":[3,null,true]}"#)
  }
}
