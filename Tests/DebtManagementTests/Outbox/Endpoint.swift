import Dispatch
import Foundation
import HTTPServer
import Synchronization

/// A server of the house that answers as a closure says.
final class Endpoint: Sendable {
  private let server: HTTPServer
  let url: String

  init(_ answer: @escaping @Sendable (HTTPRequest, HTTPExchange) -> Void) throws {
    server = HTTPServer(
      HTTPServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0), loops: 1),
      clocks: HTTPClocks(
        monotonicNanoseconds: { DispatchTime.now().uptimeNanoseconds }, unixSeconds: { 1_800_000_000 })
    ) { Handler(answer) }
    try server.start()
    url = "http://\(server.address.map { "\($0)" } ?? "nowhere")/events"
  }

  deinit { server.drain(withinMilliseconds: 0) }

  private final class Handler: HTTPHandler {
    let answer: @Sendable (HTTPRequest, HTTPExchange) -> Void
    init(_ answer: @escaping @Sendable (HTTPRequest, HTTPExchange) -> Void) { self.answer = answer }
    func handle(_ request: HTTPRequest, _ exchange: HTTPExchange) { answer(request, exchange) }
  }
}

/// Requests that are never answered: they are kept as long as the test runs.
final class Unanswered: Sendable {
  private let kept = Mutex<[HTTPExchange]>([])
  func keep(_ exchange: HTTPExchange) { kept.withLock { $0.append(exchange) } }
}

/// A server that reads what comes and closes the connection without a word.
final class ClosingServer: Sendable {
  private let descriptor: Int32
  let url: String

  init() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.descriptor = descriptor
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let port = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> UInt16? in
        guard bind(descriptor, address, length) == 0, listen(descriptor, 16) == 0,
          getsockname(descriptor, address, &length) == 0
        else { return nil }
        return UInt16(bigEndian: UnsafeRawPointer(address).loadUnaligned(fromByteOffset: 2, as: UInt16.self))
      }
    }
    guard let port else { throw CocoaError(.fileReadUnknown) }
    url = "http://127.0.0.1:\(port)/"
    Thread.detachNewThread {
      while true {
        let client = accept(descriptor, nil, nil)
        guard client >= 0 else { return }
        var request = [UInt8](repeating: 0, count: 65_536)
        _ = recv(client, &request, request.count, 0)
        close(client)
      }
    }
  }

  deinit {
    shutdown(descriptor, Int32(SHUT_RDWR))
    close(descriptor)
  }
}
