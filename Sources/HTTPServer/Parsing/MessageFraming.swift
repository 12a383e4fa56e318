/// What the header fields say about the message itself: how long it is, and what becomes of the connection.
package struct MessageFraming {
  /// What becomes of the connection after the answer.
  package enum Persistence: Sendable {
    case close
    /// It stays open, as HTTP/1.1 has it.
    case open
    /// It stays open, and a client of HTTP/1.0 is told so.
    case openAndTold
  }

  /// How the end of the body is found.
  enum Body: Equatable {
    case length(Int)
    case chunked
  }

  private var hosts = 0
  private var length: Int?
  private var codings = 0
  private var isLastChunked = false
  private var isChunkedEarlier = false
  private var closes = false
  private var keepsAlive = false
  private var hasUnknownExpectation = false
  private(set) var expectsContinue = false

  /// Takes a field into account that the frame of the message depends on.
  mutating func take(_ block: [UInt8], name: Range<Int>, value: Range<Int>) throws(HTTPRefusal) {
    let name = block.span.extracting(name)
    let value = block.span.extracting(value)
    switch name.count {
    case 4 where name.equalsIgnoringCase("host"): try takeHost(value)
    case 6 where name.equalsIgnoringCase("expect"): takeExpectation(value)
    case 10 where name.equalsIgnoringCase("connection"): takeConnection(value)
    case 14 where name.equalsIgnoringCase("content-length"): try takeLength(value)
    case 17 where name.equalsIgnoringCase("transfer-encoding"): takeCodings(value)
    default: break
    }
  }

  /// How the body is framed, after the last field (RFC 9112 section 6.3).
  func body(isOldVersion: Bool, limit: Int) throws(HTTPRefusal) -> Body {
    guard hosts == 1 || isOldVersion else { throw .missingHost }
    if codings > 0 {
      guard length == nil else { throw .lengthAndTransferEncoding }
      // Section 6.1: a client of HTTP/1.0 that sends it has been misread by somebody on the way.
      guard !isOldVersion else { throw .transferEncodingInOldVersion }
      guard isLastChunked, !isChunkedEarlier else { throw .chunkedNotLast }
      guard codings == 1 else { throw .unknownTransferCoding }
    }
    // An expectation of HTTP/1.0 is not to be looked at (RFC 9110 section 10.1.1).
    guard !hasUnknownExpectation || isOldVersion else { throw .unknownExpectation }
    if codings > 0 { return .chunked }
    guard let length else { return .length(0) }
    guard length <= limit else { throw .bodyTooLarge }
    return .length(length)
  }

  func persistence(isOldVersion: Bool) -> Persistence {
    if closes { return .close }
    guard isOldVersion else { return .open }
    return keepsAlive ? .openAndTold : .close
  }

  private mutating func takeHost(_ value: Span<UInt8>) throws(HTTPRefusal) {
    hosts += 1
    guard hosts == 1 else { throw .duplicateHost }
    guard HostValue.isValid(value) else { throw .invalidHost }
  }

  /// A second length is refused even if it is the same: section 6.3 allows that, and two readers may disagree.
  private mutating func takeLength(_ value: Span<UInt8>) throws(HTTPRefusal) {
    guard length == nil else { throw .duplicateLength }
    guard !value.isEmpty else { throw .invalidLength }
    var number = 0
    for index in value.indices {
      guard value[index].isDigit else { throw .invalidLength }
      // What does not fit is more than any limit.
      let (tenfold, isOver) = number.multipliedReportingOverflow(by: 10)
      let (sum, isOverToo) = tenfold.addingReportingOverflow(Int(value[index] &- 0x30))
      number = isOver || isOverToo ? .max : sum
    }
    length = number
  }

  private mutating func takeCodings(_ value: Span<UInt8>) {
    forEachElement(value) { element in
      if isLastChunked { isChunkedEarlier = true }
      codings += 1
      isLastChunked = element.equalsIgnoringCase("chunked")
    }
  }

  private mutating func takeConnection(_ value: Span<UInt8>) {
    forEachElement(value) { element in
      if element.equalsIgnoringCase("close") { closes = true }
      if element.equalsIgnoringCase("keep-alive") { keepsAlive = true }
    }
  }

  private mutating func takeExpectation(_ value: Span<UInt8>) {
    if value.equalsIgnoringCase("100-continue") {
      expectsContinue = true
    } else {
      hasUnknownExpectation = true
    }
  }

  /// The elements of a list between its commas, empty ones too.
  private func forEachElement(_ value: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
    var start = 0
    while start <= value.count {
      let end = value.firstIndex(of: UInt8(ascii: ","), from: start) ?? value.count
      let element = value.extracting(start..<end)
      body(element.extracting(element.trimmedRange()))
      start = end + 1
    }
  }
}
