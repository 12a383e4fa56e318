import HTTPServer
import TestSupport
import Testing

/// The machine alone, without sockets.
@Suite struct ParserTests {
  /// What the machine makes of bytes that come in pieces which end at these places.
  private struct Run: Equatable {
    var events: [RequestParser.Event] = []
    var refusal: HTTPRefusal?
    /// Whether nothing of another request has come.
    var isIdle = true
  }

  private func run(_ bytes: [UInt8], cuts: [Int], limits: HTTPLimits = HTTPLimits()) -> Run {
    var parser = RequestParser(limits: limits)
    var run = Run()
    var start = 0
    for end in cuts + [bytes.count] {
      let piece = Array(bytes[start..<end])
      start = end
      var position = 0
      do {
        while let event = try parser.next(piece.span, at: &position, now: 7) { run.events.append(event) }
      } catch {
        run.refusal = error
        return run
      }
    }
    run.isIdle = parser.isIdle
    return run
  }

  private func whole(_ text: String, limits: HTTPLimits = HTTPLimits()) -> Run {
    run(Array(text.utf8), cuts: [], limits: limits)
  }

  @Test(arguments: MessageCase.all)
  func takesOrRefuses(_ message: MessageCase) {
    let run = run(message.bytes, cuts: [])
    var taken: [String] = []
    var isOpen = true
    for case .request(let request, let persistence) in run.events where isOpen {
      let target = request.query.map { "\(request.path)?\($0)" } ?? request.path
      taken.append("\(request.method.rawValue) \(target) \(String(decoding: request.body, as: UTF8.self))")
      isOpen = persistence != .close
      #expect(request.receivedAtNanoseconds == 7)
    }
    switch message.outcome {
    case .refused(let refusal): #expect(run.refusal == refusal)
    case .taken(let requests):
      #expect(taken == requests)
      #expect(run.refusal == nil && run.isIdle && isOpen)
    case .takenLast(let requests):
      #expect(taken == requests)
      #expect(!isOpen)
    }
  }

  @Test(arguments: MessageCase.all)
  func doesNotDependOnThePieces(_ message: MessageCase) {
    let expected = run(message.bytes, cuts: [])
    #expect(run(message.bytes, cuts: Array(0..<message.bytes.count)) == expected)
    for cut in message.bytes.indices { #expect(run(message.bytes, cuts: [cut]) == expected) }
  }

  @Test func randomBytesInRandomPieces() {
    var generator = SeededGenerator(seed: 6)
    // Cut up and put together anew, the catalogue gets deeper into the machine than noise.
    let catalogue = MessageCase.all.map(\.bytes)
    for _ in 0..<3_000 {
      var bytes: [UInt8] = []
      for _ in 0...generator.number(below: 4) {
        let message = catalogue[generator.number(below: catalogue.count)]
        bytes += message.prefix(
          generator.number(below: 5) == 0 ? generator.number(below: message.count) : message.count)
      }
      if generator.number(below: 2) == 0, !bytes.isEmpty {
        bytes[generator.number(below: bytes.count)] = UInt8(generator.number(below: 256))
      }
      let cuts = (0...generator.number(below: 6)).map { _ in generator.number(below: bytes.count + 1) }
        .sorted()
      #expect(run(bytes, cuts: cuts) == run(bytes, cuts: []))
    }
  }

  // MARK: Limits: what is at one is taken, one byte more is not

  private func limits(_ change: (inout HTTPLimits) -> Void) -> HTTPLimits {
    var limits = HTTPLimits()
    change(&limits)
    return limits
  }

  @Test func requestLineLimit() {
    let limits = limits { $0.requestLineBytes = 30 }
    let fits = "GET /\(String(repeating: "a", count: 30 - 16)) HTTP/1.1\r\n"
    #expect(fits.utf8.count == 30)
    #expect(whole(fits + "Host: h\r\n\r\n", limits: limits).events.count == 1)
    #expect(whole("GET /a\(fits.dropFirst(5))Host: h\r\n\r\n", limits: limits).refusal == .targetTooLong)
    // Without an end too.
    #expect(whole(String(repeating: "A", count: 31), limits: limits).refusal == .targetTooLong)
  }

  @Test func fieldLineLimit() {
    let limits = limits { $0.fieldLineBytes = 20 }
    #expect(
      whole("GET / HTTP/1.1\r\nHost: h\r\nA: 456789012345678\r\n\r\n", limits: limits).events.count == 1)
    #expect(
      whole("GET / HTTP/1.1\r\nHost: h\r\nA: 4567890123456789\r\n\r\n", limits: limits).refusal
        == .fieldTooLong)
    #expect(
      whole("GET / HTTP/1.1\r\n" + String(repeating: "a", count: 21), limits: limits).refusal == .fieldTooLong
    )
  }

  @Test func headLimit() {
    let head = "GET / HTTP/1.1\r\nHost: h\r\nA: b\r\nC: d\r\n\r\n"
    let size = head.utf8.count
    #expect(whole(head, limits: limits { $0.headBytes = size }).events.count == 1)
    for room in 0..<size {
      let refusal = whole(head, limits: limits { $0.headBytes = room }).refusal
      #expect(refusal == (room < 16 ? .targetTooLong : .headTooLong))
    }
  }

  @Test func fieldCountLimit() {
    let limits = limits { $0.fields = 3 }
    #expect(whole("GET / HTTP/1.1\r\nHost: h\r\nA: b\r\nA: b\r\n\r\n", limits: limits).events.count == 1)
    #expect(
      whole("GET / HTTP/1.1\r\nHost: h\r\nA: b\r\nA: b\r\nA: b\r\n\r\n", limits: limits).refusal
        == .tooManyFields)
  }

  @Test func bodyLimit() {
    let limits = limits { $0.bodyBytes = 4 }
    let head = "POST / HTTP/1.1\r\nHost: h\r\n"
    #expect(whole(head + "Content-Length: 4\r\n\r\n1234", limits: limits).events.count == 1)
    #expect(whole(head + "Content-Length: 5\r\n\r\n", limits: limits).refusal == .bodyTooLarge)
    #expect(
      whole(head + "Transfer-Encoding: chunked\r\n\r\n4\r\n1234\r\n0\r\n\r\n", limits: limits).events.count
        == 1)
    #expect(
      whole(head + "Transfer-Encoding: chunked\r\n\r\n3\r\n123\r\n2\r\n", limits: limits).refusal
        == .bodyTooLarge)
    // Who asks first is told before he sends.
    #expect(
      whole(head + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n", limits: limits)
        == Run(events: [], refusal: .bodyTooLarge))
  }

  @Test func chunkExtensionLimit() {
    let limits = limits { $0.chunkExtensionBytes = 6 }
    let head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
    #expect(whole(head + "1;a\r\n1\r\n1;bcd\r\n1\r\n0\r\n\r\n", limits: limits).events.count == 1)
    #expect(
      whole(head + "1;a\r\n1\r\n1;bcde\r\n1\r\n0\r\n\r\n", limits: limits).refusal == .chunkExtensionsTooLong)
    #expect(
      whole(head + "1;" + String(repeating: "a", count: 40), limits: limits).refusal
        == .chunkExtensionsTooLong)
  }

  @Test func trailerLimits() {
    let head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
    let bytes = limits { $0.trailerBytes = 14 }
    #expect(whole(head + "A: b\r\nC: d\r\n\r\n", limits: bytes).events.count == 1)
    #expect(whole(head + "A: b\r\nC: de\r\n\r\n", limits: bytes).refusal == .trailerTooLong)
    #expect(whole(head + String(repeating: "a", count: 15), limits: bytes).refusal == .trailerTooLong)
    let count = limits { $0.fields = 2 }
    #expect(whole(head + "A: b\r\nA: b\r\nA: b\r\n\r\n", limits: count).refusal == .trailerTooLong)
  }

  // MARK: What a request holds

  @Test func expectationIsToldBeforeTheBody() {
    let run = whole("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n")
    #expect(run == Run(events: [.expectsContinue], refusal: nil, isIdle: false))
    // Without a body there is nothing to wait for.
    #expect(whole("GET / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n\r\n").events.count == 1)
  }

  @Test func fieldsAreFoundWhateverTheirCase() throws {
    let run = whole("GET /p?q HTTP/1.1\r\nHost: h\r\nX-Two:  a b \r\nx-tWO: c\r\n\r\n")
    guard case .request(let request, _) = try #require(run.events.first) else { return }
    #expect(request.fields["HOST"] == "h")
    #expect(request.fields["x-two"] == "a b")
    #expect(request.fields.values(of: "X-TWO") == ["a b", "c"])
    #expect(request.fields["x-tw"] == nil && request.fields["x-twoo"] == nil)
    #expect(request.fields.count == 3)
    #expect(request.fields.all.map(\.name) == ["Host", "X-Two", "x-tWO"])
    #expect(
      request
        == HTTPRequest(
          method: .get, path: "/p", query: "q", fields: ["Host": "h", "X-Two": "a b", "x-tWO": "c"],
          receivedAtNanoseconds: 7))
  }

  @Test func characterClassesAreThoseOfTheStandard() {
    // RFC 9110 section 5.6.2 and 5.5, byte by byte through the machine.
    let token = Set("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
    let path = Set("/-._~!$&'()*+,;=:@0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
    let head = "GET / HTTP/1.1\r\nHost: h\r\n"
    for byte in UInt8.min...UInt8.max where byte != 10 && byte != 13 {
      let name = run(Array("\(head)a".utf8) + [byte] + Array("b: c\r\n\r\n".utf8), cuts: [])
      #expect((name.refusal == nil) == (token.contains(byte) || byte == UInt8(ascii: ":")))
      let value = run(Array("\(head)a: b".utf8) + [byte] + Array("c\r\n\r\n".utf8), cuts: [])
      #expect((value.refusal == nil) == (byte == 9 || byte >= 32 && byte != 127))
      let target = run(Array("GET /a".utf8) + [byte] + Array("b HTTP/1.1\r\nHost: h\r\n\r\n".utf8), cuts: [])
      #expect((target.refusal == nil) == (path.contains(byte) || byte == UInt8(ascii: "?")))
    }
  }

  @Test func everyRefusalHasItsWords() {
    for refusal in HTTPRefusal.allCases {
      #expect(refusal.sentence.hasSuffix("."))
      #expect(refusal.code.hasPrefix("http-"))
      #expect(400...505 ~= refusal.status)
    }
    #expect(Set(HTTPRefusal.allCases.map(\.sentence)).count == HTTPRefusal.allCases.count)
  }
}
