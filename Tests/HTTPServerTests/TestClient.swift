import Foundation
import HTTPServer

/// A plain blocking socket; every wait ends after some seconds.
///
/// `@unchecked Sendable`: a second thread may send, which touches the descriptor alone; responses are read by the test's thread.
final class TestClient: @unchecked Sendable {
  struct Response: Equatable {
    var status: Int
    /// Names in small letters.
    var fields: [String: String]
    var body: [UInt8]
    var text: String { String(decoding: body, as: UTF8.self) }
  }

  struct Failure: Error {
    let what: String
  }

  let descriptor: Int32
  private var received: [UInt8] = []
  private var isReset = false

  init(_ address: HTTPAddress, receiveBufferBytes: Int32? = nil, timeoutSeconds: Int = 20) throws {
    switch address {
    case .tcp(_, let port):
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      Self.prepare(descriptor, receiveBufferBytes, timeoutSeconds)
      var name = sockaddr_in()
      name.sin_family = sa_family_t(AF_INET)
      name.sin_port = port.bigEndian
      inet_pton(AF_INET, "127.0.0.1", &name.sin_addr)
      try connect(&name)
    case .unix(let path, _):
      descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      Self.prepare(descriptor, receiveBufferBytes, timeoutSeconds)
      var name = sockaddr_un()
      name.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
      try connect(&name)
    }
  }

  deinit { if !isReset { close(descriptor) } }

  private static func prepare(_ descriptor: Int32, _ receiveBufferBytes: Int32?, _ seconds: Int) {
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    if var bytes = receiveBufferBytes {
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
    }
  }

  private func connect<Name>(_ name: inout Name) throws {
    let result = withUnsafePointer(to: &name) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<Name>.size))
      }
    }
    guard result == 0 else { throw Failure(what: "connect: \(errno)") }
  }

  /// Sends everything; false where the server does not take it.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// Says that nothing more will be sent.
  func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Ends the connection with a reset.
  func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    close(descriptor)
    isReset = true
  }

  /// Reads one response; `isHead` where no body follows whatever its length says.
  func response(isHead: Bool = false) throws -> Response {
    var end = headEnd()
    while end == nil {
      guard try fill() else {
        throw Failure(what: "ended in the head: \(String(decoding: received, as: UTF8.self))")
      }
      end = headEnd()
    }
    let headBytes = received[..<(end ?? 0)]
    let lines = String(decoding: headBytes, as: UTF8.self).components(separatedBy: "\r\n")
    let parts = lines[0].split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "HTTP/1.1", let status = Int(parts[1]) else {
      throw Failure(what: "no status line: \(lines[0])")
    }
    var fields: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { throw Failure(what: "no field: \(line)") }
      fields[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(
        in: .whitespaces)
    }
    received.removeFirst((end ?? 0) + 4)
    let length = isHead || status < 200 ? 0 : Int(fields["content-length"] ?? "0") ?? 0
    while received.count < length {
      guard try fill() else { throw Failure(what: "ended in the body") }
    }
    let body = Array(received.prefix(length))
    received.removeFirst(length)
    return Response(status: status, fields: fields, body: body)
  }

  /// Whether the server ends the connection, with nothing more sent.
  func isEnded() throws -> Bool { try received.isEmpty && !fill() }

  /// Reads some bytes, for who reads slowly.
  func read(upTo count: Int) throws -> Int {
    var buffer = [UInt8](repeating: 0, count: count)
    let got = recv(descriptor, &buffer, count, 0)
    if got < 0, errno == EAGAIN { throw Failure(what: "timed out") }
    return max(0, got)
  }

  private func headEnd() -> Int? {
    guard received.count >= 4 else { return nil }
    return (0...received.count - 4).first { received[$0..<$0 + 4].elementsEqual([13, 10, 13, 10]) }
  }

  /// False at the end, be it a reset.
  private func fill() throws -> Bool {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    if count < 0, errno == EAGAIN { throw Failure(what: "timed out") }
    guard count > 0 else { return false }
    received += buffer[..<count]
    return true
  }
}
