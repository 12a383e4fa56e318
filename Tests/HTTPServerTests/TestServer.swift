import Foundation
import HTTPServer
import Synchronization

/// A server for a test, on a port that the system chooses; it is stopped when the test lets go of it.
final class TestServer: Sendable {
  let server: HTTPServer

  init(
    loops: Int = 2, address: HTTPAddress = .tcp(host: "127.0.0.1", port: 0),
    makeHandler: @escaping @Sendable () -> any HTTPHandler = { EchoHandler() },
    configure: (inout HTTPServerConfiguration) -> Void = { _ in }
  ) throws {
    var configuration = HTTPServerConfiguration(address: address, loops: loops)
    configure(&configuration)
    server = HTTPServer(configuration, clocks: .system, makeHandler: makeHandler)
    try server.start()
  }

  deinit { server.drain(withinMilliseconds: 0) }

  func connect(receiveBufferBytes: Int32? = nil) throws -> TestClient {
    try TestClient(server.address ?? .tcp(host: "", port: 0), receiveBufferBytes: receiveBufferBytes)
  }

  /// Waits until the counters are as wanted; false after some seconds.
  ///
  /// Loops publish them at the end of a turn.
  func counts(_ isWanted: (HTTPServerCounters) -> Bool) -> Bool {
    for _ in 0..<1_000 {
      if isWanted(server.counters) { return true }
      usleep(10_000)
    }
    return false
  }
}

extension HTTPClocks {
  static let system = HTTPClocks(
    monotonicNanoseconds: { DispatchTime.now().uptimeNanoseconds },
    unixSeconds: { Int64(Date().timeIntervalSince1970) })
}

/// Answers with what was asked: the method, path and query in a line, then the body.
final class EchoHandler: HTTPHandler {
  func handle(_ request: HTTPRequest, _ exchange: HTTPExchange) {
    let target = request.query.map { "\(request.path)?\($0)" } ?? request.path
    exchange.respond(
      HTTPResponse(
        status: 200, fields: ["Content-Type": "text/plain"],
        body: Array("\(request.method.rawValue) \(target)\n".utf8) + request.body))
  }
}

/// Hands every request to a closure.
final class ClosureHandler: HTTPHandler {
  let body: (HTTPRequest, HTTPExchange) -> Void
  let end: () -> Void

  init(_ body: @escaping (HTTPRequest, HTTPExchange) -> Void, end: @escaping () -> Void = {}) {
    self.body = body
    self.end = end
  }

  func handle(_ request: HTTPRequest, _ exchange: HTTPExchange) { body(request, exchange) }
  func turnEnded() { end() }
}
