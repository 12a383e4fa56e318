import Formats
import TestSupport
import Testing

@Suite struct XMLReaderTests {
  private func parse(_ text: String) throws(XMLReadError) -> XMLElement {
    try XMLReader.parse(Array(text.utf8))
  }

  private func failure(_ bytes: [UInt8], limits: XMLLimits = XMLLimits()) -> XMLReadError? {
    do throws(XMLReadError) {
      _ = try XMLReader.parse(bytes, limits: limits)
      return nil
    } catch {
      #expect(!error.sentence.isEmpty)
      return error
    }
  }

  private func failure(_ text: String) -> XMLReadError? { failure(Array(text.utf8)) }

  private func utf16(_ text: String, bigEndian: Bool, mark: Bool) -> [UInt8] {
    ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit -> [UInt8] in
      bigEndian ? [UInt8(unit >> 8), UInt8(unit & 255)] : [UInt8(unit & 255), UInt8(unit >> 8)]
    }
  }

  @Test func resolvesNamespacesOfElementsAndAttributes() throws {
    let root = try parse(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <!-- first --><d:definitions xmlns:d="urn:one" xmlns="urn:two" d:id="1" id="2" xml:lang="lv">
        <child a="&lt;&#x101;&amp;'"><d:inner xmlns:d="urn:three" xmlns=""><plain/></d:inner></child>
        <text>a&gt;b<![CDATA[<&>]]>c</text>
      </d:definitions>
      """)
    #expect(root.name == "definitions" && root.namespace == "urn:one" && root.prefix == "d")
    #expect(root.attributes.count == 3)
    #expect(root[attribute: "id"] == "2")
    #expect(root.attributes.first { $0.namespace == "urn:one" }?.value == "1")
    #expect(root.attributes.first { $0.name == "lang" }?.namespace == "http://www.w3.org/XML/1998/namespace")
    let child = try #require(root.child("child", in: "urn:two"))
    #expect(child[attribute: "a"] == "<ā&'")
    #expect(child.position.line == 3 && child.position.column == 3)
    #expect(child.contentPosition.line == 3)
    let inner = try #require(child.child("inner"))
    #expect(inner.namespace == "urn:three")
    #expect(inner.child("plain")?.namespace == nil)
    #expect(inner.child("plain")?.namespaces[""] == nil)
    #expect(root.child("text")?.text == "a>b<&>c")
    #expect(root.children("child").count == 1)
    #expect(root.position.line == 2 && root.position.column == 15)
    #expect(child.namespaces["d"] == "urn:one")
  }

  @Test func contentPositionLeadsIntoTheText() throws {
    let text = "<a>\n  <b x='1>2'\n     y=\"2\">sum(x)</b>\n</a>"
    let child = try #require(try parse(text).child("b"))
    #expect(child.position == TextPosition(line: 2, column: 3, offset: 6))
    #expect(Array(text.utf8)[child.contentPosition.offset...].starts(with: "sum(x)".utf8))
    #expect(child.contentPosition.line == 3 && child.contentPosition.column == 12)
  }

  @Test(arguments: [
    "<!DOCTYPE a><a/>", "<?xml version='1.0'?>\n<!-- x -->\n<!DOCTYPE a [<!ENTITY s 'x'>]><a>&s;</a>",
    "<!doctype a><a/>", "<a><!DOCTYPE b></a>", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
    "<?p <a>?><!DOCTYPE a><a/>", "<!--><a> --><!DOCTYPE a><a/>",
  ])
  func refusesDoctypes(text: String) {
    #expect(failure(text)?.reason == .doctype)
    for bigEndian in [true, false] {
      #expect(failure(utf16(text, bigEndian: bigEndian, mark: true))?.reason == .doctype)
      #expect(failure(utf16(text, bigEndian: bigEndian, mark: false))?.reason == .doctype)
    }
  }

  @Test func refusesEncodingsInWhichADoctypeCouldHide() {
    #expect(failure("<?xml version='1.0' encoding='UTF-7'?>+ADw-a/+AD4-")?.reason == .unsupportedEncoding)
    #expect(failure([0xFF, 0xFE, 0, 0, 0x3C, 0, 0, 0])?.reason == .unsupportedEncoding)
    #expect(failure([0x4C, 0x6F, 0xA7, 0x94, 0x93])?.reason == .invalidEncoding)
    #expect(failure([0x3C, 0x61, 0x3E, 0xFF, 0x3C, 0x2F, 0x61, 0x3E])?.reason == .invalidEncoding)
    #expect(failure("<a>\u{0}</a>")?.reason == .malformed)
  }

  @Test func readsDeclaredEncodings() throws {
    let text = "<?xml version=\"1.0\" encoding=\"%\"?><a b=\"%%\">%%</a>"
    func document(_ name: String, _ letters: [UInt8]) -> [UInt8] {
      var bytes: [UInt8] = []
      for (index, part) in text.split(separator: "%", omittingEmptySubsequences: false).enumerated() {
        bytes += Array(part.utf8)
        if index == 0 { bytes += Array(name.utf8) }
        if index == 1 || index == 3 { bytes += letters }
      }
      return bytes
    }
    #expect(try XMLReader.parse(document("windows-1257", [0xD0, 0xE2])).text == "Šā")
    #expect(try XMLReader.parse(document("ISO-8859-13", [0xFE, 0xA1]))[attribute: "b"] == "ž”")
    #expect(try XMLReader.parse(document("utf-8", Array("ķ😀".utf8))).text == "ķ😀")
    for bigEndian in [true, false] {
      let wide = utf16("<?xml version='1.0' encoding='UTF-16'?><a>ķ😀</a>", bigEndian: bigEndian, mark: true)
      #expect(try XMLReader.parse(wide).text == "ķ😀")
      #expect(failure(wide.dropLast())?.reason == .invalidEncoding)
    }
    #expect(try XMLReader.parse([0xEF, 0xBB, 0xBF] + Array("<a/>".utf8)).position.column == 1)
  }

  private func failure(_ bytes: ArraySlice<UInt8>) -> XMLReadError? { failure(Array(bytes)) }

  /// FoundationXML takes the process down on these; found by fuzzing.
  @Test(arguments: [
    "<?o?><a>x</a>", "<a><?o?>x</a>", "<a>x</a><?o?>", "<?o ?><a>x</a>", "<?o p?><a>x<?q?></a>",
  ])
  func passesOverInstructionsWithoutData(text: String) throws {
    #expect(try XMLReader.parse(Array(text.utf8)).text == "x")
  }

  /// Where parser and walk could take different things for tags; found by fuzzing.
  @Test(arguments: [
    "<a b='<?p?>'/>", "<a <?p?>/>", "<a></a <?p?>>", "<a><!-- \u{1}<?p?> --></a>",
    "<a><![CDATA[\u{B}<?p?>]]></a>",
  ])
  func refusesWhatTheParserWouldReadOtherwise(text: String) {
    #expect(throws: XMLReadError.self) { try XMLReader.parse(Array(text.utf8)) }
  }

  @Test func saysWhereADocumentBreaksOff() {
    #expect(failure("<a>\n <b>\n  text")?.position == TextPosition(line: 3, column: 7, offset: 15))
    #expect(failure("<a>\n <b>\n  text")?.sentence.contains("<b>") == true)
    for text in ["<a><b></b>", "<a", "<a b='x", "<a><!-- ", "<a><![CDATA[", "<?xml ", "<a></a"] {
      #expect(failure(text)?.reason == .truncated, "\(text)")
    }
    for text in ["", "   ", "text", "<!-- only -->"] { #expect(failure(text)?.reason == .empty, "\(text)") }
  }

  @Test(arguments: [
    "<a><b></a></b>", "<a>&unknown;</a>", "<a b='1' b='2'/>", "<a b=1/>", "<a b/>", "<a>&#0;</a>", "<a/><b/>",
    "<a></a></a>", "<1/>", "<a>&</a>", "<a b='<'/>", "<a/>text",
  ])
  func refusesMalformed(text: String) {
    #expect(failure(text)?.reason == .malformed)
  }

  @Test func refusesBadNamespaces() {
    #expect(failure("<x:a/>")?.reason == .unboundPrefix)
    #expect(failure("<a>\n<b y:c='1'/></a>")?.position.line == 2)
    #expect(failure("<a xmlns:p='u' xmlns:q='u' p:c='1' q:c='2'/>")?.reason == .duplicateAttribute)
  }

  @Test func boundsDepthAndSize() {
    func nested(_ depth: Int) -> String {
      String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
    }
    #expect(failure(nested(200)) == nil)
    #expect(failure(nested(201))?.reason == .tooDeep)
    #expect(failure(String(repeating: "<a>", count: 1_000_000))?.reason == .tooDeep)
    #expect(failure(Array("<aaaa/>".utf8), limits: XMLLimits(bytes: 6))?.reason == .tooLarge)
    #expect(failure("<a>" + String(repeating: "<b/>", count: 10_000) + "</a>") == nil)
  }

  @Test func survivesMutilation() {
    let seed = Array(
      "<?xml version='1.0'?><a xmlns:p='u'><p:b c=\"d\">e<![CDATA[f]]></p:b><!-- g --><h/>&lt;</a>".utf8)
    var random = SeededGenerator(seed: 11)
    var refused = 0
    for _ in 0..<3_000 {
      var bytes = seed
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &random)], at: place)
        }
      }
      if failure(bytes) != nil { refused += 1 }
    }
    #expect(refused > 1_000)
  }
}
