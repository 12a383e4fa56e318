import Foundation
import HTTPServer
import Synchronization
import TestSupport
import Testing

/// Answers that come later, from other threads, out of order, or not at all.
@Suite struct ExchangeTests {
  @Test func pipelinedAnswersKeepTheirOrder() throws {
    // Gathered, and answered backwards from other threads.
    let gathered = Mutex<[(String, HTTPExchange)]>([])
    let server = try TestServer {
      ClosureHandler { request, exchange in gathered.withLock { $0.append((request.path, exchange)) } }
    }
    let client = try server.connect()
    var generator = SeededGenerator(seed: 9)
    for round in 0..<20 {
      let count = 1 + generator.number(below: 16)
      client.send((0..<count).map { "GET /\(round).\($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
      var waiting: [(String, HTTPExchange)] = []
      for _ in 0..<1_000 where waiting.count < count {
        waiting += gathered.withLock { gathered in
          defer { gathered = [] }
          return gathered
        }
        if waiting.count < count { usleep(2_000) }
      }
      #expect(waiting.count == count)
      let shuffled = waiting.shuffled(using: &generator)
      DispatchQueue.concurrentPerform(iterations: shuffled.count) { index in
        let (path, exchange) = shuffled[index]
        exchange.respond(HTTPResponse(status: 200, contentType: "text/plain", text: path))
      }
      for number in 0..<count { #expect(try client.response().text == "/\(round).\(number)") }
    }
  }

  @Test func noMoreIsReadThanMayBeInFlight() throws {
    let gathered = Mutex<[HTTPExchange]>([])
    let server = try TestServer {
      ClosureHandler { _, exchange in gathered.withLock { $0.append(exchange) } }
    } configure: {
      $0.limits.requestsInFlight = 3
    }
    let client = try server.connect()
    client.send((0..<10).map { "GET /\($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
    var answered = 0
    for _ in 0..<1_000 where answered < 10 {
      let batch = gathered.withLock { gathered in
        defer { gathered = [] }
        return gathered
      }
      #expect(batch.count <= 3)
      for exchange in batch { exchange.respond(HTTPResponse(status: 200)) }
      for _ in batch { #expect(try client.response().status == 200) }
      answered += batch.count
      if batch.isEmpty { usleep(2_000) }
    }
    #expect(answered == 10)
  }

  @Test func anAnswerMayBeMadeByTheLoopThatSendsIt() throws {
    let makers = Mutex<Set<UInt>>([])
    let server = try TestServer(loops: 2) {
      ClosureHandler { request, exchange in
        let path = request.path
        DispatchQueue.global().async {
          exchange.respondIfOpen {
            makers.withLock { _ = $0.insert(UInt(pthread_self())) }
            return HTTPResponse(status: 200, contentType: "text/plain", text: path)
          }
          // Every answer but the first is none.
          exchange.respondIfOpen { HTTPResponse(status: 500) }
        }
      }
    }
    let client = try server.connect()
    for number in 0..<20 {
      client.send("GET /\(number) HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(try client.response().text == "/\(number)")
    }
    #expect(makers.withLock { $0.count } <= 2)
  }

  @Test func aDroppedExchangeAnswers500() throws {
    let server = try TestServer { ClosureHandler { _, _ in } }
    let client = try server.connect()
    for _ in 0..<2 {
      client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      let response = try client.response()
      #expect(response.status == 500 && response.fields["connection"] == nil)
    }
    // Dropped by another thread.
    let other = try TestServer {
      ClosureHandler { _, exchange in
        let box = Mutex<HTTPExchange?>(exchange)
        DispatchQueue.global().async { box.withLock { $0 = nil } }
      }
    }
    let another = try other.connect()
    another.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(try another.response().status == 500)
  }

  @Test func theFirstAnswerCounts() throws {
    let server = try TestServer {
      ClosureHandler { _, exchange in
        exchange.respond(HTTPResponse(status: 201))
        exchange.respond(HTTPResponse(status: 202))
      }
    }
    let client = try server.connect()
    client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(try client.response().status == 201)
    #expect(try client.response().status == 201)
  }

  @Test func anExchangeWithoutServer() {
    let answers = Mutex<[Int?]>([])
    let take: @Sendable (HTTPResponse?) -> Void = { response in
      answers.withLock { $0.append(response?.status) }
    }
    HTTPExchange(take).respond(HTTPResponse(status: 204))
    _ = HTTPExchange(take)
    #expect(answers.withLock { $0 } == [204, nil])
  }

  @Test func answersForClientsThatAreGoneAreLost() throws {
    let held = Mutex<[HTTPExchange]>([])
    let server = try TestServer {
      ClosureHandler { _, exchange in held.withLock { $0.append(exchange) } }
    }
    let gone = try server.connect()
    gone.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(server.counts { $0.requests == 1 })
    gone.reset()
    #expect(server.counts { $0.openConnections == 0 })
    // The slot is given on; the answer must not reach who has it now.
    let next = try server.connect()
    next.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(server.counts { $0.requests == 2 })
    let exchanges = held.withLock { $0 }
    exchanges[0].respond(HTTPResponse(status: 201))
    #expect(server.counts { $0.lostAnswers == 1 })
    exchanges[1].respond(HTTPResponse(status: 202))
    #expect(try next.response().status == 202)
  }

  @Test func theHandlerIsToldWhenATurnEnds() throws {
    // Requests are answered in batches, at the end of each turn.
    let batches = Mutex<[Int]>([])
    let server = try TestServer(loops: 1) {
      let waiting = Mutex<[HTTPExchange]>([])
      return ClosureHandler { _, exchange in
        waiting.withLock { $0.append(exchange) }
      } end: {
        let exchanges = waiting.withLock { waiting in
          defer { waiting = [] }
          return waiting
        }
        batches.withLock { $0.append(exchanges.count) }
        for exchange in exchanges { exchange.respond(HTTPResponse(status: 200)) }
      }
    }
    let client = try server.connect()
    client.send(String(repeating: "GET / HTTP/1.1\r\nHost: h\r\n\r\n", count: 8))
    for _ in 0..<8 { #expect(try client.response().status == 200) }
    let counts = batches.withLock { $0 }
    #expect(counts.reduce(0, +) == 8 && !counts.contains(0))
  }

  @Test func everyLoopHasItsHandler() throws {
    let made = Mutex(0)
    let server = try TestServer(loops: 3) {
      let number = made.withLock { made in
        made += 1
        return made
      }
      return ClosureHandler { _, exchange in
        exchange.respond(HTTPResponse(status: 200, contentType: "text/plain", text: "\(number)"))
      }
    }
    // Connections go to the loop that has the fewest, so that 30 are about 10 for each.
    let clients = try (0..<30).map { _ in try server.connect() }
    #expect(server.counts { $0.openConnections == 30 })
    var served: [String: Int] = [:]
    for client in clients {
      client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
      served[try client.response().text, default: 0] += 1
    }
    #expect(served.count == 3 && served.values.allSatisfy { 7...14 ~= $0 })
  }
}
