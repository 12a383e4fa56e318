import Foundation
import HTTPServer
import Synchronization
import TestSupport
import Testing

/// What a client sees: connections, bodies, the forms of answers.
@Suite struct ServerTests {
  private let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

  @Test func answersAndKeepsTheConnection() throws {
    let server = try TestServer()
    let client = try server.connect()
    for number in 1...3 {
      client.send("GET /a/\(number)?q=%20 HTTP/1.1\r\nHost: h\r\n\r\n")
      let response = try client.response()
      #expect(response.status == 200)
      #expect(response.text == "GET /a/\(number)?q=%20\n")
      #expect(response.fields["content-type"] == "text/plain")
      #expect(response.fields["connection"] == nil)
      #expect(response.fields["date"]?.hasSuffix(" GMT") == true)
    }
    #expect(server.counts { $0.requests == 3 && $0.acceptedConnections == 1 && $0.openConnections == 1 })
    #expect(server.server.counters.bytesReceived > 100 && server.server.counters.bytesSent > 300)
  }

  @Test func headTellsTheLengthOnly() throws {
    let server = try TestServer()
    let client = try server.connect()
    client.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n" + get)
    let head = try client.response(isHead: true)
    #expect(head.fields["content-length"] == "8")
    #expect(try client.response().text == "GET /\n")
  }

  @Test func oldClientsAreToldThatTheConnectionStays() throws {
    let server = try TestServer()
    let client = try server.connect()
    client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    #expect(try client.response().fields["connection"] == "keep-alive")
    client.send("GET / HTTP/1.0\r\n\r\n")
    #expect(try client.response().fields["connection"] == "close")
    #expect(try client.isEnded())
  }

  @Test func answersWithoutContent() throws {
    let server = try TestServer {
      ClosureHandler { request, exchange in
        exchange.respond(
          HTTPResponse(status: Int(request.path.dropFirst()) ?? 0, fields: ["A": "b"], body: [65]))
      }
    }
    let client = try server.connect()
    for status in [204, 304] {
      client.send("GET /\(status) HTTP/1.1\r\nHost: h\r\n\r\n")
      let response = try client.response()
      #expect(response.status == status && response.body == [] && response.fields["content-length"] == nil)
    }
    for (given, sent) in [(299, 299), (599, 599), (600, 500), (100, 500), (-1, 500), (0, 500)] {
      client.send("GET /\(given) HTTP/1.1\r\nHost: h\r\n\r\n")
      let response = try client.response()
      #expect(response.status == sent && response.text == "A")
    }
  }

  @Test func anAnswerCannotBreakOutOfItsFrame() throws {
    let server = try TestServer {
      ClosureHandler { request, exchange in
        exchange.respond(
          HTTPResponse(
            status: 200,
            fields: [
              "Location": "/a\r\nSet-Cookie: x", "Bad Name": "y", "A\r\nB": "z", "Content-Length": "99",
              "transfer-encoding": "chunked", "date": "never", "X": "\0",
            ], body: [66]))
      }
    }
    let client = try server.connect()
    client.send(get)
    let response = try client.response()
    #expect(response.text == "B")
    #expect(response.fields["location"] == "/a  Set-Cookie: x")
    #expect(Set(response.fields.keys) == ["location", "x", "date", "content-length"])
    #expect(response.fields["date"] != "never")
  }

  @Test func theHandlerMayCloseTheConnection() throws {
    let server = try TestServer {
      ClosureHandler { _, exchange in
        exchange.respond(HTTPResponse(status: 200, fields: ["Connection": "close"]))
      }
    }
    let client = try server.connect()
    client.send(get + get)
    #expect(try client.response().fields["connection"] == "close")
    #expect(try client.isEnded())
  }

  @Test func continueIsSentToWhoWaits() throws {
    let server = try TestServer()
    let client = try server.connect()
    let head = "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
    client.send(head)
    #expect(try client.response().status == 100)
    client.send("ab")
    #expect(try client.response().text == "POST /\nab")
    // Who does not wait is not told.
    client.send(head + "cd")
    #expect(try client.response().text == "POST /\ncd")
    // Who would send too much is told that instead.
    client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 20000000\r\n\r\n")
    #expect(try client.response().status == 413)
    #expect(try client.isEnded())
  }

  @Test func continueWaitsForTheAnswersBefore() throws {
    let held = Mutex<HTTPExchange?>(nil)
    let server = try TestServer {
      ClosureHandler { request, exchange in
        if request.path == "/late" {
          held.withLock { $0 = exchange }
        } else {
          exchange.respond(HTTPResponse(status: 201))
        }
      }
    }
    let client = try server.connect()
    client.send(
      "GET /late HTTP/1.1\r\nHost: h\r\n\r\nPOST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n"
    )
    #expect(server.counts { $0.requests == 1 })
    held.withLock { $0.take() }?.respond(HTTPResponse(status: 200))
    #expect(try client.response().status == 200)
    #expect(try client.response().status == 100)
    client.send("a")
    #expect(try client.response().status == 201)
  }

  @Test(arguments: [false, true]) func tenMegabytesBothWays(isChunked: Bool) throws {
    let server = try TestServer(configure: { $0.limits.bodyBytes = 10 << 20 })
    let client = try server.connect()
    var generator = SeededGenerator(seed: 1)
    let block = (0..<65_536).map { _ in UInt8(generator.number(below: 256)) }
    let body = (0..<160).reduce(into: [UInt8]()) { $0 += block[$1...] + block[..<$1] }
    let sender = Thread {
      if isChunked {
        client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
        for start in stride(from: 0, to: body.count, by: 100_000) {
          let piece = body[start..<min(start + 100_000, body.count)]
          client.send(Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + [13, 10])
        }
        client.send("0\r\n\r\n")
      } else {
        client.send(Array("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body)
      }
    }
    sender.start()
    let response = try client.response()
    #expect(response.body == Array("POST /\n".utf8) + body)
    client.send(get)
    #expect(try client.response().status == 200)
  }

  @Test func aBodyOverTheLimitIsRefusedWhileItComes() throws {
    let server = try TestServer()
    let client = try server.connect()
    let sender = Thread {
      client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
      let piece = Array("10000\r\n".utf8) + [UInt8](repeating: 65, count: 65_536) + [13, 10]
      for _ in 0..<160 where !client.send(piece) { break }
    }
    sender.start()
    // It arrives although bytes are still on their way: the server reads them to the end.
    #expect(try client.response().status == 413)
  }

  @Test func whoIsRefusedMayFinishHisSentence() throws {
    let server = try TestServer(configure: { $0.timeouts.lingerMilliseconds = 20_000 })
    let client = try server.connect()
    client.send("BREW / HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(try client.response().status == 501)
    // A reset, which could have taken the answer away, would make the second of these fail.
    for _ in 0..<5 {
      #expect(client.send("more"))
      usleep(5_000)
    }
    client.finishSending()
    #expect(server.counts { $0.openConnections == 0 })
  }

  @Test func floodsOfFieldsAreRefused() throws {
    let server = try TestServer()
    for flood in [
      String(repeating: "A: b\r\n", count: 200_000), "A: " + String(repeating: "b", count: 1 << 20),
      String(repeating: "A: \(String(repeating: "b", count: 8_000))\r\n", count: 100),
    ] {
      let client = try server.connect()
      let sender = Thread { client.send("GET / HTTP/1.1\r\nHost: h\r\n" + flood) }
      sender.start()
      #expect(try client.response().status == 431)
    }
  }

  @Test func fieldsOfALoopAreShared() throws {
    // Each connection may send 1 MB, all of them together not 16.
    let server = try TestServer(loops: 1, configure: { $0.limits.bytesInFlight = 1 << 20 })
    let clients = try (0..<4).map { _ in try server.connect() }
    for client in clients {
      client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 500001\r\n\r\n")
      client.send([UInt8](repeating: 65, count: 500_000))
    }
    #expect(server.counts { $0.refusals[.tooMuchInFlight] == 2 })
    var statuses: [Int] = []
    for client in clients {
      client.send("A")
      statuses.append(try client.response().status)
    }
    #expect(statuses.sorted() == [200, 200, 503, 503])
  }

  @Test func halfClosedConnectionsAreAnswered() throws {
    // They have said their last, so nothing more is awaited.
    let server = try TestServer(configure: { $0.timeouts.lingerMilliseconds = 60_000 })
    let client = try server.connect()
    client.send(get + get)
    client.finishSending()
    #expect(try client.response().status == 200)
    #expect(try client.response().status == 200)
    #expect(try client.isEnded())

    let cutOff = try server.connect()
    cutOff.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n123")
    cutOff.finishSending()
    #expect(try cutOff.response().status == 400)
    #expect(try cutOff.isEnded())

    let silent = try server.connect()
    silent.finishSending()
    #expect(try silent.isEnded())
    let closing = try server.connect()
    closing.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
    #expect(try closing.response().status == 200)
    #expect(server.counts { $0.openConnections == 0 && $0.refusals == [.incompleteRequest: 1] })
    // Not by its own end of the connection.
    withExtendedLifetime(closing) {}
  }

  @Test func theDateIsThatOfTheClock() throws {
    let dates: [(Int64, String)] = [
      (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
      (951_782_399, "Mon, 28 Feb 2000 23:59:59 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
      (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 GMT"), (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
      (.max, "Fri, 31 Dec 9999 23:59:59 GMT"), (-1, "Thu, 01 Jan 1970 00:00:00 GMT"),
    ]
    for (seconds, text) in dates {
      let clocks = HTTPClocks(
        monotonicNanoseconds: HTTPClocks.system.monotonicNanoseconds, unixSeconds: { seconds })
      let server = HTTPServer(
        HTTPServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0), loops: 1), clocks: clocks
      ) { EchoHandler() }
      try server.start()
      let client = try TestClient(server.address ?? .tcp(host: "", port: 0))
      client.send(get)
      #expect(try client.response().fields["date"] == text)
      server.drain(withinMilliseconds: 0)
    }
  }
}
