/// A first walk over a document in UTF-8 that finds where each start tag stands, and refuses what the parser must
/// not see: a DOCTYPE, too deep nesting, a document that breaks off.
///
/// `XMLParser` reports no start of a tag, expands entities and drops text silently where a DOCTYPE declares them.
/// Well-formedness is left to the parser: what this walk misreads, the parser refuses.
struct XMLTagScan {
  struct Tag {
    var start: TextPosition
    var content: TextPosition
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private let depthLimit: Int
  private(set) var tags: [Tag] = []
  /// Where comments and processing instructions stand, which the parser need not see.
  private(set) var asides: [Range<Int>] = []
  private var position = TextPosition.start

  init(_ bytes: UnsafeBufferPointer<UInt8>, depthLimit: Int) throws(XMLReadError) {
    self.bytes = bytes
    self.depthLimit = depthLimit
    try scan()
  }

  private mutating func scan() throws(XMLReadError) {
    // XML 1.0, production 2. At such a character the parser, which goes on after errors, leaves a comment or a
    // CDATA section early and takes their content for tags.
    if let control = bytes.firstIndex(where: { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }) {
      position.advance(to: control, in: bytes)
      throw XMLReadError(
        reason: .malformed, position: position, detail: "a control character stands in it; take it out")
    }
    // Element names are kept only as ranges, for the message about a document that breaks off.
    var open: [Int] = []
    var index = 0
    while let next = find("<", from: index) {
      index = next
      position.advance(to: index, in: bytes)
      if starts("<!--", at: index) {
        let start = index
        index = try pass("-->", from: index + 4, what: "a comment")
        asides.append(start..<index)
      } else if starts("<![CDATA[", at: index) {
        index = try pass("]]>", from: index + 9, what: "a CDATA section")
      } else if starts("<?", at: index) {
        let start = index
        index = try pass("?>", from: index + 2, what: "a processing instruction")
        asides.append(start..<index)
      } else if starts("<!", at: index) {
        // XML names are case sensitive, but a document type in small letters is as little wanted.
        throw XMLReadError(reason: .doctype, position: position, detail: "")
      } else if starts("</", at: index) {
        index = try endOfTag(from: index + 2)
        _ = open.popLast()
      } else {
        let start = position
        let nameAt = index + 1
        let end = try endOfTag(from: nameAt)
        position.advance(to: end, in: bytes)
        tags.append(Tag(start: start, content: position))
        if bytes[end - 2] != UInt8(ascii: "/") {
          open.append(nameAt)
          guard open.count <= depthLimit else {
            throw XMLReadError(reason: .tooDeep, position: start, detail: String(depthLimit))
          }
        }
        index = end
      }
    }
    if let last = open.last {
      position.advance(to: bytes.count, in: bytes)
      throw XMLReadError(reason: .truncated, position: position, detail: "the element <\(name(at: last))>")
    }
  }

  private func name(at start: Int) -> String {
    var end = start
    while end < bytes.count, end - start < 80, bytes[end] > 0x20, bytes[end] != UInt8(ascii: ">"),
      bytes[end] != UInt8(ascii: "/")
    { end += 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private func find(_ text: StaticString, from start: Int) -> Int? {
    var index = start
    while index + text.utf8CodeUnitCount <= bytes.count {
      if bytes[index] == text.utf8Start[0], starts(text, at: index) { return index }
      index += 1
    }
    return nil
  }

  private func starts(_ text: StaticString, at index: Int) -> Bool {
    guard index + text.utf8CodeUnitCount <= bytes.count else { return false }
    for place in 0..<text.utf8CodeUnitCount where bytes[index + place] != text.utf8Start[place] {
      return false
    }
    return true
  }

  private mutating func pass(_ end: StaticString, from index: Int, what: String) throws(XMLReadError) -> Int {
    guard let found = find(end, from: index) else { throw truncated(what) }
    return found + end.utf8CodeUnitCount
  }

  private mutating func endOfTag(from start: Int) throws(XMLReadError) -> Int {
    var quote: UInt8?
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      // Well-formed tags hold no <, in values neither; one that does would let the parser see other tags than this walk.
      if byte == UInt8(ascii: "<") { throw nestedTag(at: index) }
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return index + 1
      }
      index += 1
    }
    throw truncated("the tag <\(name(at: start))")
  }

  private mutating func nestedTag(at index: Int) -> XMLReadError {
    position.advance(to: index, in: bytes)
    return XMLReadError(
      reason: .malformed, position: position, detail: "a < stands inside a tag; in a value write &lt;")
  }

  private mutating func truncated(_ what: String) -> XMLReadError {
    position.advance(to: bytes.count, in: bytes)
    return XMLReadError(reason: .truncated, position: position, detail: what)
  }
}
