/// What the first line of a request says (RFC 9112 section 3).
struct RequestLine: Equatable {
  let method: HTTPMethod
  let path: String
  let query: String?
  /// HTTP/1.0, where connections close and nothing is chunked.
  let isOldVersion: Bool

  /// Reads the line, its CRLF taken off.
  init(_ line: Span<UInt8>) throws(HTTPRefusal) {
    guard line.firstIndex(of: .carriageReturn) == nil else { throw .bareCarriageReturn }
    // One space exactly: the lenient splitting that section 3 allows is a known door for smuggling (section 11.2).
    guard let first = line.firstIndex(of: .space),
      let second = line.firstIndex(of: .space, from: first + 1),
      line.firstIndex(of: .space, from: second + 1) == nil
    else { throw .invalidRequestLine }
    let name = line.extracting(0..<first)
    guard !name.isEmpty else { throw .invalidMethod }
    for index in name.indices where !name[index].isTokenCharacter { throw .invalidMethod }
    // The version before the method, so that the preface of HTTP/2 (PRI * HTTP/2.0) is told what is spoken here.
    isOldVersion = try Self.isOldVersion(line.extracting(second + 1..<line.count))
    guard let method = HTTPMethod(name) else { throw .unknownMethod }
    self.method = method
    (path, query) = try Self.target(line.extracting(first + 1..<second), of: method)
  }

  private static func isOldVersion(_ version: Span<UInt8>) throws(HTTPRefusal) -> Bool {
    guard version.count == 8, version.extracting(0..<5).equals("HTTP/"), version[5].isDigit,
      version[6] == UInt8(ascii: "."), version[7].isDigit
    else { throw .invalidVersion }
    guard version[5] == UInt8(ascii: "1") else { throw .unsupportedVersion }
    // A minor version above 1 is spoken to as 1.1 (RFC 9110 section 2.5).
    return version[7] == UInt8(ascii: "0")
  }

  private static func target(
    _ target: Span<UInt8>, of method: HTTPMethod
  ) throws(HTTPRefusal) -> (path: String, query: String?) {
    if target.equals("*") {
      guard method == .options else { throw .invalidTarget }
      return ("*", nil)
    }
    guard !target.isEmpty else { throw .invalidTarget }
    var start = 0
    if target[0] != slash {
      // absolute-form: a server has to take it although clients send it to proxies alone (section 3.2.2).
      start = try authorityEnd(target)
      if start == target.count { return (method == .options ? "*" : "/", nil) }
    }
    let mark = target.firstIndex(of: question, from: start)
    try checkEncoding(target.extracting(start..<target.count))
    let path = start == mark ? "/" : string(target.extracting(start..<(mark ?? target.count)))
    return (path, mark.map { string(target.extracting($0 + 1..<target.count)) })
  }

  /// Where the authority of an absolute URI ends.
  private static func authorityEnd(_ target: Span<UInt8>) throws(HTTPRefusal) -> Int {
    let start: Int
    if target.count > 7, target.extracting(0..<7).equalsIgnoringCase("http://") {
      start = 7
    } else if target.count > 8, target.extracting(0..<8).equalsIgnoringCase("https://") {
      start = 8
    } else {
      throw .invalidTarget
    }
    var end = start
    while end < target.count, target[end] != slash, target[end] != question { end += 1 }
    // "user@" is refused with it (RFC 9110 section 4.2.4).
    guard HostValue.isValid(target.extracting(start..<end)) else { throw .invalidTarget }
    return end
  }

  /// `path-abempty [ "?" query ]` of RFC 3986, with whole percent-encodings.
  private static func checkEncoding(_ text: Span<UInt8>) throws(HTTPRefusal) {
    for index in text.indices where !text[index].isPathCharacter && text[index] != question {
      throw .invalidTarget
    }
    guard text.hasWholeEncodings else { throw .invalidTarget }
  }

  private static func string(_ bytes: Span<UInt8>) -> String {
    bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }

  private static let slash = UInt8(ascii: "/")
  private static let question = UInt8(ascii: "?")
}
