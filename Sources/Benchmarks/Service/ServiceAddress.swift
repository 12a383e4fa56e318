import Glibc

/// Where the service listens: `HOST:PORT` with an IPv4 address, or `unix:PATH`.
struct ServiceAddress {
  let text: String
  private let ip: sockaddr_in?
  private let path: String

  init(_ text: String) throws(LoadError) {
    var text = text
    if text.hasPrefix("http://") { text.removeFirst(7) }
    self.text = text
    if text.hasPrefix("unix:") {
      ip = nil
      path = String(text.dropFirst(5))
      // sun_path holds 107 bytes and a NUL.
      guard (1...107).contains(path.utf8.count) else {
        throw .usage("The path of the socket has to have 1 to 107 bytes: \(path)")
      }
      return
    }
    path = ""
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    var address = sockaddr_in()
    let host = parts[0] == "localhost" ? "127.0.0.1" : String(parts[0])
    guard parts.count == 2, let port = UInt16(parts[1]), inet_pton(AF_INET, host, &address.sin_addr) == 1
    else { throw .usage("Not an address of the form 127.0.0.1:8080 or unix:/path: \(text)") }
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    ip = address
  }

  /// The value for the Host field.
  var host: String { ip == nil ? "localhost" : text }

  /// A connected socket that does not block.
  func connect() throws(LoadError) -> Int32 {
    let stream = Int32(SOCK_STREAM.rawValue)
    let descriptor = socket(ip == nil ? AF_UNIX : AF_INET, stream | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw failure("socket") }
    let result: Int32
    if var ip {
      var one: Int32 = 1
      setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
      result = withUnsafePointer(to: &ip) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
    } else {
      var unix = sockaddr_un()
      unix.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &unix.sun_path) { $0.copyBytes(from: path.utf8) }
      result = withUnsafePointer(to: &unix) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
    }
    guard result == 0, fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 else {
      let failure = failure("connect")
      close(descriptor)
      throw failure
    }
    return descriptor
  }

  private func failure(_ call: String) -> LoadError { .system(call: call, about: text, code: errno) }
}
