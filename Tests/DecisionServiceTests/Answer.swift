import Formats
import Foundation
import HTTPServer

/// What came back over a socket.
struct Answer {
  var status: Int
  /// Names in small letters, in the order of their coming.
  var fields: [(name: String, value: String)]
  var body: [UInt8]

  var text: String { String(decoding: body, as: UTF8.self) }
  /// The content as JSON; null where it is none.
  var json: JSONValue { (try? JSONReader.parse(body)) ?? .null }
  /// The code of a problem; nil where the answer is none.
  var code: String? { json["code"]?.stringValue }
  /// The id of the decision that it tells.
  var decision: String { json["decision"]?.stringValue ?? "?" }
  var outcome: String { json["outcome"]?.stringValue ?? "?" }

  subscript(_ name: String) -> String? { fields.first { $0.name == name.lowercased() }?.value }
}

/// A plain blocking socket to a service; every wait ends after some seconds.
final class Wire {
  struct Failure: Error {
    let what: String
  }

  private let descriptor: Int32
  private var received: [UInt8] = []

  init(_ address: HTTPAddress) throws {
    guard case .unix(let path, _) = address else { throw Failure(what: "no socket file") }
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var limit = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var name = sockaddr_un()
    name.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    let result = withUnsafePointer(to: &name) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else { throw Failure(what: "connect: \(errno)") }
  }

  deinit { close(descriptor) }

  /// Sends as much as the other side takes: it may have answered and closed before the end.
  func send(_ bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      sent += count
    }
  }

  /// Reads one answer; `isHead` where no content follows whatever its length says.
  func answer(isHead: Bool = false) throws -> Answer {
    while true {
      let end = try readHead()
      let lines = String(decoding: received[..<end], as: UTF8.self).components(separatedBy: "\r\n")
      received.removeFirst(end + 4)
      let parts = lines[0].split(separator: " ")
      guard parts.count > 1, let status = Int(parts[1]) else { throw Failure(what: lines[0]) }
      if status == 100 { continue }
      let fields = lines.dropFirst().map { line -> (name: String, value: String) in
        let parts = line.split(separator: ":", maxSplits: 1)
        return (parts[0].lowercased(), parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : "")
      }
      let length = isHead ? 0 : Int(fields.first { $0.name == "content-length" }?.value ?? "") ?? 0
      while received.count < length { try fill() }
      let body = Array(received.prefix(length))
      received.removeFirst(length)
      return Answer(status: status, fields: fields, body: body)
    }
  }

  private func readHead() throws -> Int {
    let mark: [UInt8] = [13, 10, 13, 10]
    while true {
      if let end = received.firstRange(of: mark)?.lowerBound { return end }
      try fill()
    }
  }

  private func fill() throws {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { throw Failure(what: "ended after \(String(decoding: received, as: UTF8.self))") }
    received += buffer[..<count]
  }
}
