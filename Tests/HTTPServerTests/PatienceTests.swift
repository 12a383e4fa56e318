import Foundation
import HTTPServer
import Synchronization
import Testing

/// Slow and stalled clients, and too many of them; the server's patience is set to some tens of milliseconds.
@Suite struct PatienceTests {
  private let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

  @Test func silenceIsClosedWithoutAWord() throws {
    let server = try TestServer(configure: { $0.timeouts.firstByteMilliseconds = 60 })
    let client = try server.connect()
    #expect(try client.isEnded())
    #expect(server.counts { $0.timedOutConnections == 1 && $0.openConnections == 0 })
  }

  @Test func idleConnectionsAreClosedWithoutAWord() throws {
    let server = try TestServer(configure: { $0.timeouts.idleMilliseconds = 60 })
    let client = try server.connect()
    client.send(get)
    #expect(try client.response().status == 200)
    #expect(try client.isEnded())
    #expect(server.counts { $0.timedOutConnections == 1 })
  }

  @Test func aHeadThatTricklesIsRefused() throws {
    let server = try TestServer(configure: { $0.timeouts.headMilliseconds = 100 })
    let client = try server.connect()
    let trickle = Thread {
      client.send("GET / HTTP/1.1\r\nHost: h\r\n")
      for _ in 0..<2_000 {
        guard client.send("A: b\r\n") else { return }
        usleep(10_000)
      }
    }
    trickle.start()
    #expect(try client.response().status == 408)
    #expect(server.counts { $0.refusals == [.headTimeout: 1] })
  }

  @Test func aBodyThatTricklesIsRefused() throws {
    let server = try TestServer(configure: {
      $0.timeouts.bodyWindowMilliseconds = 100
      $0.timeouts.bodyBytesPerSecond = 1_000
    })
    let client = try server.connect()
    let trickle = Thread {
      client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n")
      for _ in 0..<2_000 {
        guard client.send("a") else { return }
        usleep(10_000)
      }
    }
    trickle.start()
    #expect(try client.response().status == 408)
    #expect(server.counts { $0.refusals == [.bodyTooSlow: 1] })
  }

  @Test func aBodyMayTakeItsTimeIfItGrows() throws {
    let server = try TestServer(configure: {
      $0.timeouts.bodyWindowMilliseconds = 600
      $0.timeouts.bodyBytesPerSecond = 10
    })
    let client = try server.connect()
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 120\r\n\r\n")
    // Longer than the window, and in it more bytes than asked for.
    for _ in 0..<40 {
      client.send("abc")
      usleep(20_000)
    }
    #expect(try client.response().status == 200)
  }

  @Test func theHandlerMayTakeItsTime() throws {
    let server = try TestServer {
      ClosureHandler { _, exchange in
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(300)) {
          exchange.respond(HTTPResponse(status: 200))
        }
      }
    } configure: {
      $0.timeouts.headMilliseconds = 40
      $0.timeouts.idleMilliseconds = 40
      $0.timeouts.bodyWindowMilliseconds = 40
    }
    let client = try server.connect()
    client.send(get)
    #expect(try client.response().status == 200)
    #expect(try client.isEnded())
  }

  @Test func aStalledReaderIsCut() throws {
    let server = try TestServer {
      ClosureHandler { _, exchange in
        exchange.respond(HTTPResponse(status: 200, body: [UInt8](repeating: 65, count: 20 << 20)))
      }
    } configure: {
      $0.timeouts.stalledReaderMilliseconds = 100
    }
    let client = try server.connect(receiveBufferBytes: 4_096)
    client.send(get)
    #expect(server.counts { $0.timedOutConnections == 1 && $0.openConnections == 0 })
  }

  @Test func nothingIsReadFromWhoDoesNotRead() throws {
    // Each answer is larger than what the sockets' buffers take.
    let server = try TestServer(loops: 1) {
      ClosureHandler { _, exchange in
        exchange.respond(HTTPResponse(status: 200, body: [UInt8](repeating: 65, count: 8 << 20)))
      }
    } configure: {
      $0.limits.requestsInFlight = 2
    }
    let client = try server.connect(receiveBufferBytes: 4_096)
    client.send(String(repeating: get, count: 6))
    #expect(server.counts { $0.requests >= 1 && $0.bytesInFlight > 1 << 20 })
    usleep(200_000)
    #expect(server.server.counters.requests == 2)
    // As soon as it reads, it gets everything.
    for _ in 0..<6 { #expect(try client.response().body.count == 8 << 20) }
    #expect(server.counts { $0.requests == 6 })
  }

  @Test func timeThatTheServerDoesNotReadIsNotTheClients() throws {
    let server = try TestServer {
      ClosureHandler { _, exchange in
        exchange.respond(HTTPResponse(status: 200, body: [UInt8](repeating: 65, count: 8 << 20)))
      }
    } configure: {
      $0.timeouts.headMilliseconds = 500
    }
    let client = try server.connect(receiveBufferBytes: 4_096)
    // Half of the second head is read before the first answer stops the reading.
    client.send(get + "GET / HTTP/1.1\r\nHo")
    usleep(700_000)
    #expect(try client.response().status == 200)
    client.send("st: h\r\n\r\n")
    #expect(try client.response().status == 200)
  }

  @Test func connectionsOverTheLimitAreTold() throws {
    let server = try TestServer(configure: {
      $0.limits.connections = 4
      $0.timeouts.lingerMilliseconds = 100
    })
    var clients = try (0..<4).map { _ in try server.connect() }
    for client in clients {
      client.send(get)
      #expect(try client.response().status == 200)
    }
    for _ in 0..<3 {
      let client = try server.connect()
      let response = try client.response()
      #expect(response.status == 503)
      #expect(response.fields["connection"] == "close")
      #expect(try client.isEnded())
    }
    #expect(server.counts { $0.refusedConnections == 3 })
    // Who is there is not disturbed, and a place that gets free is given on.
    clients[0].send(get)
    #expect(try clients[0].response().status == 200)
    clients.removeLast()
    #expect(server.counts { $0.openConnections == 3 })
    let client = try server.connect()
    client.send(get)
    #expect(try client.response().status == 200)
  }

  @Test func hundredsOfIdleConnectionsDisturbNobody() throws {
    let server = try TestServer()
    let idle = try (0..<400).map { _ in try server.connect() }
    #expect(server.counts { $0.openConnections == 400 })
    let client = try server.connect()
    client.send(get)
    #expect(try client.response().status == 200)
    idle[200].send(get)
    #expect(try idle[200].response().status == 200)
  }
}
