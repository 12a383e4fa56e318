import Testing

@testable import Benchmarks

@Suite struct AnswerScannerTests {
  static let answer = """
    HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nX-Other: Content-Length: 99\r\n\
    content-LENGTH:  31 \r\nIdempotency-Replayed: true\r\n\r\n{"decision":"D-17","score":null}
    """

  @Test func findsAnAnswerOnceItIsWhole() throws {
    // The body has a byte more than its length says, which begins the next answer.
    let bytes = Array(Self.answer.utf8)
    try bytes.withUnsafeBytes { bytes in
      for count in 0..<(bytes.count - 1) {
        #expect(try AnswerScanner.next(UnsafeRawBufferPointer(rebasing: bytes[..<count])) == nil)
      }
      let found = try #require(try AnswerScanner.next(bytes))
      #expect(found.status == 201)
      #expect(found.isReplayed)
      #expect(!found.closes)
      #expect(found.length == bytes.count - 1)
      #expect(String(decoding: found.body, as: UTF8.self) == #"{"decision":"D-17","score":null"#)
    }
  }

  @Test(arguments: [
    "HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 999 No\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", "nonsense and more of it",
    "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n",
  ])
  func refusesWhatIsNoAnswer(text: String) {
    #expect(throws: LoadError.self) { try closes(text) }
  }

  @Test func seesThatTheServiceCloses() throws {
    #expect(try closes("HTTP/1.1 503 Busy\r\nConnection: close\r\nContent-Length: 0\r\n\r\n") == true)
    #expect(try closes("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n") == false)
  }

  private func closes(_ text: String) throws -> Bool? {
    try Array(text.utf8).withUnsafeBytes { bytes in try AnswerScanner.next(bytes)?.closes }
  }

  @Test func takesMembersOutOfABody() {
    let body = #"{"customer":"\"decision\":","decision":"D-17","score":null,"outcome" : "x","last":"refer"}"#
    Array(body.utf8).withUnsafeBytes { bytes in
      #expect(AnswerScanner.member("\"decision\":", in: bytes) == "D-17")
      #expect(AnswerScanner.member("\"score\":", in: bytes) == "null")
      #expect(AnswerScanner.member("\"last\":", in: bytes) == "refer")
      #expect(AnswerScanner.member("\"rating\":", in: bytes) == nil)
    }
    #expect(AnswerScanner.member("\"a\":", in: UnsafeRawBufferPointer(start: nil, count: 0)) == nil)
  }
}
