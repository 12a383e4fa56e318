import Foundation
import HTTPServer
import Synchronization
import TestSupport
import Testing

/// Where a server listens, and how it stops.
@Suite struct ListeningTests {
  private let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

  private func start(_ address: HTTPAddress) throws(HTTPServerError) -> HTTPServer {
    let server = HTTPServer(HTTPServerConfiguration(address: address, loops: 1), clocks: .system) {
      EchoHandler()
    }
    try server.start()
    return server
  }

  // MARK: TCP

  @Test func aPortIsGivenToOneServer() throws {
    let first = try start(.tcp(host: "127.0.0.1", port: 0))
    let address = try #require(first.address)
    #expect(throws: HTTPServerError.addressInUse(address)) { try start(address) }
    first.drain(withinMilliseconds: 0)
    // At once, although connections of the first may be in TIME_WAIT.
    let second = try start(address)
    #expect(second.address == address)
    #expect(throws: HTTPServerError.alreadyStarted) { try second.start() }
  }

  @Test func sixthVersionOfTheInternetProtocol() throws {
    let server: HTTPServer
    do {
      server = try start(.tcp(host: "::1", port: 0))
    } catch {
      // A machine without it says so.
      #expect(error.code == "http-system")
      return
    }
    #expect(server.address?.description.hasPrefix("[::1]:") == true)
  }

  @Test func unusableAddresses() {
    for address: HTTPAddress in [
      .tcp(host: "localhost", port: 0), .tcp(host: "", port: 0), .tcp(host: "1.2.3", port: 0),
      .unix(path: "", mode: 0o600), .unix(path: "/tmp/" + String(repeating: "a", count: 110), mode: 0o600),
      .unix(path: "/tmp/a\0b", mode: 0o600),
    ] {
      #expect(throws: HTTPServerError.invalidAddress(address)) { try start(address) }
    }
    #expect(throws: HTTPServerError.self) { try start(.tcp(host: "203.0.113.1", port: 0)) }
    #expect(throws: HTTPServerError.self) { try start(.unix(path: "/nowhere/at/all", mode: 0o600)) }
  }

  @Test func everyErrorHasItsWords() {
    let address = HTTPAddress.tcp(host: "x", port: 1)
    let errors: [HTTPServerError] = [
      .alreadyStarted, .invalidAddress(address), .invalidAddress(.unix(path: "p", mode: 0)),
      .addressInUse(address),
      .notASocket(path: "p"), .system(call: "bind", number: EACCES, address),
      .system(call: "bind", number: EADDRNOTAVAIL, address), .system(call: "bind", number: 5, address),
    ]
    #expect(Set(errors.map(\.sentence)).count == errors.count)
    for error in errors { #expect(error.sentence.hasSuffix(".") && error.code.hasPrefix("http-")) }
  }

  // MARK: Socket files

  private func mode(_ path: String) -> mode_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode : nil
  }

  @Test func aSocketFile() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("s")
    let server = try start(.unix(path: path, mode: 0o660))
    #expect(mode(path).map { $0 & 0o777 } == 0o660)
    let client = try TestClient(.unix(path: path, mode: 0))
    client.send(get)
    #expect(try client.response().status == 200)
    // One that is in use is left alone.
    #expect(throws: HTTPServerError.addressInUse(.unix(path: path, mode: 0o600))) {
      try start(.unix(path: path, mode: 0o600))
    }
    client.send(get)
    #expect(try client.response().status == 200)
    server.drain(withinMilliseconds: 1_000)
    #expect(mode(path) == nil)
  }

  @Test func aStaleSocketFileIsReplaced() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("s")
    // As a killed server leaves it: bound, and nobody there.
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var name = sockaddr_un()
    name.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    withUnsafePointer(to: &name) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    close(descriptor)
    #expect(mode(path) != nil)
    let server = try start(.unix(path: path, mode: 0o600))
    let client = try TestClient(.unix(path: path, mode: 0))
    client.send(get)
    #expect(try client.response().status == 200)
    // A file that another has put there since is not removed.
    unlink(path)
    #expect(FileManager.default.createFile(atPath: path, contents: Data("x".utf8)))
    server.drain(withinMilliseconds: 1_000)
    #expect(mode(path) != nil)
  }

  @Test func aFileThatIsNoSocketIsLeft() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("s")
    #expect(FileManager.default.createFile(atPath: path, contents: Data("precious".utf8)))
    #expect(throws: HTTPServerError.notASocket(path: path)) { try start(.unix(path: path, mode: 0o600)) }
    #expect(FileManager.default.contents(atPath: path) == Data("precious".utf8))
  }

  // MARK: Draining

  @Test func drainingAnswersWhatWasAsked() throws {
    let held = Mutex<[HTTPExchange]>([])
    let server = try TestServer {
      ClosureHandler { request, exchange in
        if request.path == "/late" {
          held.withLock { $0.append(exchange) }
        } else {
          exchange.respond(HTTPResponse(status: 200))
        }
      }
    }
    let idle = try server.connect()
    idle.send(get)
    #expect(try idle.response().status == 200)
    let busy = try server.connect()
    busy.send(String(repeating: "GET /late HTTP/1.1\r\nHost: h\r\n\r\n", count: 2))
    let half = try server.connect()
    half.send("GET / HTTP/1.1\r\nHo")
    #expect(server.counts { $0.requests == 3 && $0.openConnections == 3 })

    let cut = Mutex<Int?>(nil)
    let drainer = Thread {
      let number = server.server.drain(withinMilliseconds: 15_000)
      cut.withLock { $0 = number }
    }
    drainer.start()
    #expect(try idle.isEnded())
    // The socket is closed when the last loop has let go of it.
    var isRefused = false
    for _ in 0..<1_000 where !isRefused {
      isRefused = (try? server.connect()) == nil
      if !isRefused { usleep(10_000) }
    }
    #expect(isRefused)
    half.send("st: h\r\n\r\n")
    #expect(try half.response().fields["connection"] == "close")
    #expect(try half.isEnded())
    // The answers wait for each other; the last one closes.
    for exchange in held.withLock({ $0.reversed() }) { exchange.respond(HTTPResponse(status: 201)) }
    #expect(try busy.response().fields["connection"] == nil)
    #expect(try busy.response().fields["connection"] == "close")
    #expect(try busy.isEnded())
    for client in [idle, busy, half] { client.reset() }
    for _ in 0..<1_000 where cut.withLock({ $0 == nil }) { usleep(10_000) }
    #expect(cut.withLock { $0 } == 0)
  }

  @Test func drainingEndsInTime() throws {
    let held = Mutex<[HTTPExchange]>([])
    let server = try TestServer { ClosureHandler { _, exchange in held.withLock { $0.append(exchange) } } }
    let client = try server.connect()
    client.send(get)
    #expect(server.counts { $0.requests == 1 })
    #expect(server.server.drain(withinMilliseconds: 50) == 1)
    #expect(try client.isEnded())
    // Too late, and harmless.
    held.withLock { $0 }.first?.respond(HTTPResponse(status: 200))
    #expect(server.server.drain(withinMilliseconds: 50) == 0)
  }
}
