import CLinux
import Glibc

/// A listening socket, shared by all loops; it is closed, and a socket file removed, when the last lets go of it.
///
/// One socket and not one for each loop with `SO_REUSEPORT`: that spreads connections by a hash, unevenly, binds a connection to a
/// loop that may be busy, and lets a second process listen on the same port unnoticed. The loops wait with `EPOLLEXCLUSIVE`.
final class Listener: Sendable {
  let descriptor: Int32
  /// Where it listens, with the port that the system chose.
  let address: HTTPAddress
  private let file: (device: UInt, inode: UInt)?

  /// Connections that wait to be accepted; the system's own limit (`net.core.somaxconn`) applies too.
  private static let backlog: Int32 = 4_096

  init(_ address: HTTPAddress) throws(HTTPServerError) {
    switch address {
    case .tcp(let host, let port):
      (descriptor, self.address) = try Self.listen(address, host: host, port: port)
      file = nil
    case .unix(let path, let mode):
      (descriptor, file) = try Self.listen(address, path: path, mode: mode)
      self.address = address
    }
  }

  deinit {
    // The file goes first: who finds it is sure to find somebody behind it. It may have been replaced by another server's.
    if case .unix(let path, _) = address, let file {
      var status = stat()
      if lstat(path, &status) == 0, UInt(status.st_dev) == file.device, UInt(status.st_ino) == file.inode {
        unlink(path)
      }
    }
    Socket.close(descriptor)
  }

  private static func listen(
    _ address: HTTPAddress, host: String, port: UInt16
  ) throws(HTTPServerError) -> (Int32, HTTPAddress) {
    var four = sockaddr_in()
    four.sin_family = sa_family_t(AF_INET)
    four.sin_port = port.bigEndian
    var six = sockaddr_in6()
    six.sin6_family = sa_family_t(AF_INET6)
    six.sin6_port = port.bigEndian
    if inet_pton(AF_INET, host, &four.sin_addr) == 1 {
      let descriptor = try open(AF_INET, &four, MemoryLayout<sockaddr_in>.size, address)
      return (descriptor, .tcp(host: host, port: UInt16(bigEndian: four.sin_port)))
    }
    guard inet_pton(AF_INET6, host, &six.sin6_addr) == 1 else { throw .invalidAddress(address) }
    let descriptor = try open(AF_INET6, &six, MemoryLayout<sockaddr_in6>.size, address)
    return (descriptor, .tcp(host: host, port: UInt16(bigEndian: six.sin6_port)))
  }

  private static func listen(
    _ address: HTTPAddress, path: String, mode: UInt32
  ) throws(HTTPServerError) -> (Int32, (device: UInt, inode: UInt)?) {
    var name = sockaddr_un()
    name.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    let room = MemoryLayout.size(ofValue: name.sun_path)
    guard !bytes.isEmpty, bytes.count < room, !bytes.contains(0) else { throw .invalidAddress(address) }
    withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: bytes) }
    try removeStale(path, &name, address)
    let descriptor = try open(AF_UNIX, &name, MemoryLayout<sockaddr_un>.size, address, mode: (path, mode))
    var status = stat()
    guard lstat(path, &status) == 0 else { return (descriptor, nil) }
    return (descriptor, (UInt(status.st_dev), UInt(status.st_ino)))
  }

  /// Removes the socket file of a server that is gone; one that somebody listens on is left, as is any other file.
  private static func removeStale(
    _ path: String, _ name: inout sockaddr_un, _ address: HTTPAddress
  ) throws(HTTPServerError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path: path) }
    let probe = socket(
      AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    guard probe >= 0 else { throw .system(call: "socket", number: errno, address) }
    defer { Socket.close(probe) }
    let result = withSocketAddress(&name) { connect(probe, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
    guard result != 0, errno == ECONNREFUSED else { throw .addressInUse(address) }
    unlink(path)
  }

  /// Makes the socket, binds it to the name and listens; the name comes back as the system completed it.
  private static func open<Name>(
    _ family: Int32, _ name: inout Name, _ size: Int, _ address: HTTPAddress,
    mode: (path: String, bits: UInt32)? = nil
  ) throws(HTTPServerError) -> Int32 {
    let descriptor = socket(
      family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    guard descriptor >= 0 else { throw .system(call: "socket", number: errno, address) }
    var failed: String?
    func check(_ call: String, _ result: Int32) { if failed == nil, result != 0 { failed = call } }
    if family != AF_UNIX {
      // Connections of an earlier run that are still in TIME_WAIT do not stand in the way.
      check("setsockopt", set(descriptor, SOL_SOCKET, SO_REUSEADDR))
      // Accepted sockets inherit it. Each answer is one write, so there is nothing to gather.
      check("setsockopt", set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY))
    }
    if family == AF_INET6 { check("setsockopt", set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY)) }
    if failed == nil {
      check("bind", withSocketAddress(&name) { bind(descriptor, $0, socklen_t(size)) })
    }
    // Before anybody can connect: that needs `listen`.
    if failed == nil, let mode { check("chmod", chmod(mode.path, mode.bits)) }
    if failed == nil { check("listen", Glibc.listen(descriptor, backlog)) }
    if failed == nil, family != AF_UNIX {
      var length = socklen_t(size)
      check("getsockname", withSocketAddress(&name) { getsockname(descriptor, $0, &length) })
    }
    guard let failed else { return descriptor }
    let number = errno
    Socket.close(descriptor)
    throw number == EADDRINUSE ? .addressInUse(address) : .system(call: failed, number: number, address)
  }

  private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32) -> Int32 {
    var on: Int32 = 1
    return setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  private static func withSocketAddress<Name>(
    _ name: inout Name, _ body: (UnsafeMutablePointer<sockaddr>) -> Int32
  ) -> Int32 {
    withUnsafeMutablePointer(to: &name) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0) }
    }
  }
}
