import Foundation
import HTTPServer
import Synchronization
import TestSupport
import Testing

/// Clients that break off anywhere, while answers come from other threads or not at all.
@Suite struct UnrulyClientTests {
  @Test func nothingOfThemStaysBehind() throws {
    let server = try TestServer {
      ClosureHandler { request, exchange in
        switch request.body.count % 4 {
        case 0: exchange.respond(HTTPResponse(status: 200, body: request.body))
        case 1: DispatchQueue.global().async { exchange.respond(HTTPResponse(status: 200)) }
        case 2: exchange.respond(HTTPResponse(status: 200, body: [UInt8](repeating: 65, count: 1 << 20)))
        default: break
        }
      }
    } configure: {
      $0.limits.bodyBytes = 100_000
      $0.timeouts.lingerMilliseconds = 50
      $0.timeouts.headMilliseconds = 50
      $0.timeouts.bodyWindowMilliseconds = 50
      $0.timeouts.stalledReaderMilliseconds = 200
    }
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<200 {
      let client = try server.connect(receiveBufferBytes: 8_192)
      var bytes: [UInt8] = []
      for _ in 0...generator.number(below: 20) {
        let body = [UInt8](repeating: 66, count: generator.number(below: 2_000))
        bytes += Array("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body
      }
      // Most end within a request, some with a fault in it.
      bytes.removeLast(generator.number(below: bytes.count))
      if generator.number(below: 4) == 0, !bytes.isEmpty { bytes[generator.number(below: bytes.count)] = 0 }
      var start = 0
      for _ in 0..<generator.number(below: 3) {
        let end = start + generator.number(below: bytes.count - start + 1)
        client.send(Array(bytes[start..<end]))
        start = end
        usleep(UInt32(generator.number(below: 300)))
      }
      client.send(Array(bytes[start...]))
      switch generator.number(below: 4) {
      case 0: client.reset()
      case 1: client.finishSending()
      case 2: _ = try client.read(upTo: 100)
      default: break
      }
    }
    #expect(server.counts { $0.openConnections == 0 && $0.bytesInFlight == 0 })
    let client = try server.connect()
    client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(try client.response().status == 200)
    #expect(server.server.counters.acceptedConnections == 201)
  }
}
