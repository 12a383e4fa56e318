/// Reads requests from bytes: a pure state machine that knows no socket and no clock.
///
/// The same bytes give the same events however they are cut. The lines of a head are gathered in one block, which becomes the
/// request's fields as it is; between two requests nothing is kept.
package struct RequestParser {
  package enum Event: Equatable, Sendable {
    /// The head is whole, a body follows, and its sender waits for 100 (RFC 9110 section 10.1.1).
    case expectsContinue
    /// A request is whole.
    case request(HTTPRequest, MessageFraming.Persistence)
  }

  private enum Stage {
    case requestLine, fields, body, chunkLine, chunkBody, chunkReturn, chunkFeed, trailer
  }

  private let limits: HTTPLimits
  private var stage = Stage.requestLine
  private var hasSkippedLine = false
  /// The head's lines, the one that is being read included.
  private var head: [UInt8] = []
  /// Where the line begins that is being read.
  private var lineStart = 0
  private var requestLine: RequestLine?
  private var fields: [HTTPFields.Line] = []
  private var framing = MessageFraming()
  private var body: [UInt8] = []
  /// What is still to come of the body or chunk.
  private var remaining = 0
  /// The line of a chunk or trailer that is being read.
  private var line: [UInt8] = []
  private var extensionBytes = 0
  private var trailerBytes = 0
  private var trailerFields = 0

  /// When the first byte of the request came that is being read.
  package private(set) var startedAt: UInt64 = 0

  /// A machine before the first byte.
  package init(limits: HTTPLimits) { self.limits = limits }

  /// Whether nothing of a request has come.
  package var isIdle: Bool { stage == .requestLine && head.isEmpty }

  /// Whether the head is whole and the body is not.
  var isInBody: Bool { stage != .requestLine && stage != .fields }

  /// How many bytes of an unfinished request are held.
  package var heldBytes: Int { head.count + body.count }

  /// How much of the body has come.
  var bodyBytes: Int { body.count }

  /// Reads on from the position up to the next event; nil where the bytes end before it.
  ///
  /// After a refusal the machine is not to be used any more: where the next request would begin is not known.
  package mutating func next(
    _ input: Span<UInt8>, at position: inout Int, now: UInt64
  ) throws(HTTPRefusal) -> Event? {
    while true {
      switch stage {
      case .requestLine:
        guard try readRequestLine(input, &position, now) else { return nil }
      case .fields:
        guard try readField(input, &position) else { return nil }
        if stage != .fields {
          if stage == .body, remaining == 0 { return finish() }
          if framing.expectsContinue, requestLine?.isOldVersion == false { return .expectsContinue }
        }
      case .body:
        guard readBody(input, &position) else { return nil }
        return finish()
      case .chunkLine:
        guard try readChunkLine(input, &position) else { return nil }
      case .chunkBody:
        guard readBody(input, &position) else { return nil }
        stage = .chunkReturn
      case .chunkReturn:
        guard try takeByte(.carriageReturn, input, &position) else { return nil }
        stage = .chunkFeed
      case .chunkFeed:
        guard try takeByte(.lineFeed, input, &position) else { return nil }
        stage = .chunkLine
      case .trailer:
        guard try readTrailer(input, &position) else { return nil }
        if line.isEmpty { return finish() }
        line.removeAll(keepingCapacity: true)
      }
    }
  }

  private mutating func readRequestLine(
    _ input: Span<UInt8>, _ position: inout Int, _ now: UInt64
  ) throws(HTTPRefusal) -> Bool {
    if head.isEmpty {
      guard position < input.count else { return false }
      startedAt = now
      // What is no text at all, such as a TLS handshake, is refused at once and not at the end of a line that never comes.
      let first = input[position]
      guard first != .lineFeed else { throw .bareLineFeed }
      guard first.isTokenCharacter || first == .carriageReturn else { throw .invalidMethod }
      head.reserveCapacity(min(input.count - position, 1_024))
    }
    let end = try Self.takeLine(
      input, &position, into: &head, from: 0, limit: min(limits.requestLineBytes, limits.headBytes),
      over: .targetTooLong)
    guard let end else { return false }
    if end == 0, !hasSkippedLine {
      // One empty line before a request is forgiven (RFC 9112 section 2.2).
      hasSkippedLine = true
      head.removeAll(keepingCapacity: true)
      return true
    }
    requestLine = try RequestLine(head.span.extracting(0..<end))
    lineStart = head.count
    stage = .fields
    return true
  }

  private mutating func readField(
    _ input: Span<UInt8>, _ position: inout Int
  ) throws(HTTPRefusal) -> Bool {
    // Which limit is met first must not depend on how the bytes were cut.
    let room = limits.headBytes - lineStart
    let isLineFirst = limits.fieldLineBytes <= room
    let end = try Self.takeLine(
      input, &position, into: &head, from: lineStart, limit: isLineFirst ? limits.fieldLineBytes : room,
      over: isLineFirst ? .fieldTooLong : .headTooLong)
    guard let end else { return false }
    if end == lineStart {
      try endHead()
      return true
    }
    guard fields.count < limits.fields else { throw .tooManyFields }
    let line = try FieldLine(head.span.extracting(lineStart..<end))
    let name = line.name.lowerBound + lineStart..<line.name.upperBound + lineStart
    let value = line.value.lowerBound + lineStart..<line.value.upperBound + lineStart
    try framing.take(head, name: name, value: value)
    if fields.isEmpty { fields.reserveCapacity(8) }
    fields.append(HTTPFields.Line(name: Self.narrow(name), value: Self.narrow(value)))
    lineStart = head.count
    return true
  }

  private mutating func endHead() throws(HTTPRefusal) {
    let isOldVersion = requestLine?.isOldVersion ?? false
    switch try framing.body(isOldVersion: isOldVersion, limit: limits.bodyBytes) {
    case .length(let length):
      remaining = length
      stage = .body
    case .chunked:
      stage = .chunkLine
    }
  }

  /// Takes what is there of the body; memory grows with what came, not with what was announced.
  private mutating func readBody(_ input: Span<UInt8>, _ position: inout Int) -> Bool {
    let count = min(remaining, input.count - position)
    guard count > 0 else { return remaining == 0 }
    if body.isEmpty { body.reserveCapacity(min(remaining, 64 << 10)) }
    input.extracting(position..<position + count).withUnsafeBufferPointer { body.append(contentsOf: $0) }
    position += count
    remaining -= count
    return remaining == 0
  }

  private mutating func readChunkLine(
    _ input: Span<UInt8>, _ position: inout Int
  ) throws(HTTPRefusal) -> Bool {
    // 15 digits, the extensions that are left, CRLF.
    let limit = 17 + limits.chunkExtensionBytes - extensionBytes
    let end = try Self.takeLine(
      input, &position, into: &line, from: 0, limit: limit, over: .chunkExtensionsTooLong)
    guard let end else { return false }
    let chunk = try ChunkLine(line.span.extracting(0..<end))
    line.removeAll(keepingCapacity: true)
    extensionBytes += chunk.extensionBytes
    guard extensionBytes <= limits.chunkExtensionBytes else { throw .chunkExtensionsTooLong }
    guard chunk.size <= limits.bodyBytes - body.count else { throw .bodyTooLarge }
    remaining = chunk.size
    stage = chunk.size == 0 ? .trailer : .chunkBody
    return true
  }

  /// Reads a trailer line into `line`, which is empty at the end of the trailer.
  private mutating func readTrailer(
    _ input: Span<UInt8>, _ position: inout Int
  ) throws(HTTPRefusal) -> Bool {
    let end = try Self.takeLine(
      input, &position, into: &line, from: 0, limit: limits.trailerBytes - trailerBytes, over: .trailerTooLong
    )
    guard let end else { return false }
    trailerBytes += line.count
    if end == 0 {
      line = []
      return true
    }
    trailerFields += 1
    guard trailerFields <= limits.fields else { throw .trailerTooLong }
    _ = try FieldLine(line.span.extracting(0..<end))
    return true
  }

  private mutating func takeByte(
    _ byte: UInt8, _ input: Span<UInt8>, _ position: inout Int
  ) throws(HTTPRefusal) -> Bool {
    guard position < input.count else { return false }
    guard input[position] == byte else { throw .invalidChunk }
    position += 1
    return true
  }

  private mutating func finish() -> Event? {
    guard let first = requestLine else { return nil }
    let request = HTTPRequest(
      method: first.method, path: first.path, query: first.query,
      fields: HTTPFields(block: head, lines: fields), body: body, receivedAtNanoseconds: startedAt)
    let persistence = framing.persistence(isOldVersion: first.isOldVersion)
    self = RequestParser(limits: limits)
    return .request(request, persistence)
  }

  /// Gathers a line up to its LF; gives where its text ends, before CRLF, or nil where the input ends first.
  private static func takeLine(
    _ input: Span<UInt8>, _ position: inout Int, into block: inout [UInt8], from start: Int, limit: Int,
    over: HTTPRefusal
  ) throws(HTTPRefusal) -> Int? {
    let feed = input.firstIndex(of: .lineFeed, from: position)
    let end = feed.map { $0 + 1 } ?? input.count
    guard block.count - start + end - position <= limit else { throw over }
    input.extracting(position..<end).withUnsafeBufferPointer { block.append(contentsOf: $0) }
    position = end
    guard feed != nil else { return nil }
    let last = block.count - 2
    guard last >= start, block[last] == .carriageReturn else { throw .bareLineFeed }
    return last
  }

  private static func narrow(_ range: Range<Int>) -> Range<Int32> {
    Int32(clamping: range.lowerBound)..<Int32(clamping: range.upperBound)
  }
}
