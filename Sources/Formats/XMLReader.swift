import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Bounds on what an XML reader accepts from a stranger.
public struct XMLLimits: Hashable, Sendable {
  /// Deepest nesting of elements.
  public var depth: Int
  /// Longest document in bytes.
  public var bytes: Int

  /// Limits; a depth above 200 is held at 200, below where the parser underneath stops.
  public init(depth: Int = 200, bytes: Int = 64 << 20) {
    self.depth = min(max(depth, 1), 200)
    self.bytes = bytes
  }
}

/// A guarded reader of XML 1.0 with namespaces: no DOCTYPE, hence no entity to expand and nothing to fetch.
///
/// Built on Foundation's `XMLParser`, which is switched to plain qualified names; namespaces are resolved here,
/// because with them switched on the parser gives no namespace of an attribute and drops the declarations.
public enum XMLReader {
  /// Reads a whole document and gives its root element.
  public static func parse(
    _ bytes: [UInt8], limits: XMLLimits = XMLLimits()
  ) throws(XMLReadError) -> XMLElement {
    guard bytes.count <= limits.bytes else {
      throw XMLReadError(reason: .tooLarge, position: .start, detail: String(limits.bytes))
    }
    let text = try XMLEncoding.utf8(from: bytes)
    var scanned: Result<XMLTagScan, XMLReadError>?
    text.withUnsafeBufferPointer { buffer in
      do throws(XMLReadError) {
        scanned = .success(try XMLTagScan(buffer, depthLimit: limits.depth))
      } catch {
        scanned = .failure(error)
      }
    }
    guard let scan = try scanned?.get(), !scan.tags.isEmpty else {
      throw XMLReadError(reason: .empty, position: .start, detail: "")
    }

    let builder = XMLTreeBuilder(tags: scan.tags)
    let parser = XMLParser(data: Data(replacing(scan.asides, in: text)))
    parser.shouldProcessNamespaces = false
    parser.shouldResolveExternalEntities = false
    parser.delegate = builder
    let finished = parser.parse()
    if let failure = builder.failure { throw failure }
    guard finished, parser.parserError == nil, let root = builder.root else {
      let position = TextPosition(
        line: max(parser.lineNumber, 1), column: max(parser.columnNumber, 1), offset: 0)
      throw XMLReadError(
        reason: .malformed, position: position, detail: wording(of: parser.parserError))
    }
    return root
  }

  /// The document with a harmless instruction in place of every comment and instruction; lines stay where they are.
  ///
  /// FoundationXML of Swift 6.3 reads the missing data of `<?name?>` through a null pointer and takes the process down.
  /// What comments and instructions say is never used.
  private static func replacing(_ asides: [Range<Int>], in text: [UInt8]) -> [UInt8] {
    guard !asides.isEmpty else { return text }
    var replaced: [UInt8] = []
    replaced.reserveCapacity(text.count + 8 * asides.count)
    var start = 0
    for aside in asides {
      replaced += text[start..<aside.lowerBound]
      replaced += "<?p .".utf8
      replaced += text[aside].filter { $0 == 0x0A }
      replaced += "?>".utf8
      start = aside.upperBound
    }
    return replaced + text[start...]
  }

  /// Words for the codes of libxml2 that documents of people meet; the rest are named by number.
  private static func wording(of error: (any Error)?) -> String {
    guard let code = error.map({ ($0 as NSError).code }) else { return "the parser gave up" }
    switch code {
    case 4, 5: return "it is empty or something stands outside the root element"
    case 9: return "a character is not allowed in XML"
    case 23: return "an entity reference lacks its semicolon"
    case 26, 27: return "an entity is used that XML does not know; write the character itself"
    case 38: return "a < stands in an attribute value; write &lt;"
    case 39, 40: return "an attribute value lacks its quotes"
    case 41: return "an attribute has no value"
    case 42: return "an attribute stands twice in one element"
    case 65: return "blanks are missing between attributes"
    case 68: return "a name is missing or begins with a character that is not allowed"
    case 73: return "a > is missing"
    case 76: return "an end tag does not match its start tag"
    default: return "libxml2 error \(code)"
    }
  }
}

/// Collects the parser's calls into a tree; resolves namespaces as elements open.
private final class XMLTreeBuilder: NSObject, XMLParserDelegate {
  private let tags: [XMLTagScan.Tag]
  private var seen = 0
  private var open: [XMLElement] = []
  private(set) var root: XMLElement?
  private(set) var failure: XMLReadError?

  private static let xmlNamespace = "http://www.w3.org/XML/1998/namespace"

  init(tags: [XMLTagScan.Tag]) { self.tags = tags }

  private func fail(_ parser: XMLParser, _ reason: XMLReadError.Reason, _ detail: String) {
    if failure == nil {
      let position = tags.indices.contains(seen - 1) ? tags[seen - 1].start : .start
      failure = XMLReadError(reason: reason, position: position, detail: detail)
    }
    parser.abortParsing()
  }

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
    qualifiedName: String?, attributes attributeDict: [String: String]
  ) {
    guard failure == nil else { return }
    guard tags.indices.contains(seen) else {
      fail(parser, .malformed, "its tags cannot be told apart")
      return
    }
    let tag = tags[seen]
    seen += 1
    var namespaces = open.last?.namespaces ?? ["xml": Self.xmlNamespace]
    for (name, value) in attributeDict {
      if name == "xmlns" {
        namespaces[""] = value.isEmpty ? nil : value
      } else if name.hasPrefix("xmlns:") {
        namespaces[String(name.dropFirst(6))] = value
      }
    }
    let (prefix, local) = Self.split(elementName)
    if !prefix.isEmpty, namespaces[prefix] == nil { fail(parser, .unboundPrefix, prefix) }

    // The dictionary has no order; sorted names give the same tree on every run.
    var attributes: [XMLAttribute] = []
    var expanded: Set<[String]> = []
    for (name, value) in attributeDict.sorted(by: { $0.key < $1.key }) {
      if name == "xmlns" || name.hasPrefix("xmlns:") { continue }
      let (prefix, local) = Self.split(name)
      let namespace = prefix.isEmpty ? nil : namespaces[prefix]
      if !prefix.isEmpty, namespace == nil { fail(parser, .unboundPrefix, prefix) }
      if !expanded.insert([namespace ?? "", local]).inserted { fail(parser, .duplicateAttribute, name) }
      attributes.append(XMLAttribute(name: local, namespace: namespace, prefix: prefix, value: value))
    }
    open.append(
      XMLElement(
        name: local, namespace: namespaces[prefix], prefix: prefix, attributes: attributes, children: [],
        text: "", position: tag.start, contentPosition: tag.content, namespaces: namespaces))
  }

  func parser(
    _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName: String?
  ) {
    guard let element = open.popLast() else { return }
    if open.isEmpty {
      root = element
    } else {
      open[open.count - 1].children.append(element)
    }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if !open.isEmpty { open[open.count - 1].text += string }
  }

  func parser(_ parser: XMLParser, foundCDATA CDATABlock: Data) {
    if !open.isEmpty { open[open.count - 1].text += String(decoding: CDATABlock, as: UTF8.self) }
  }

  // No DOCTYPE reaches the parser. Should one ever, it ends here.
  func parser(
    _ parser: XMLParser, foundInternalEntityDeclarationWithName name: String, value: String?
  ) {
    fail(parser, .doctype, "")
  }

  // Foundation asks this for every entity that is not declared, and drops the reference silently.
  func parser(_ parser: XMLParser, resolveExternalEntityName name: String, systemID: String?) -> Data? {
    fail(parser, .malformed, "the entity &\(name); is not known; write the character itself")
    return nil
  }

  private static func split(_ name: String) -> (prefix: String, local: String) {
    guard let colon = name.firstIndex(of: ":") else { return ("", name) }
    return (String(name[..<colon]), String(name[name.index(after: colon)...]))
  }
}
