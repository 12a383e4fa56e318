/// Where a server listens.
public enum HTTPAddress: Hashable, Sendable {
  /// A numeric address, `127.0.0.1`, `0.0.0.0`, `::1`, and a port; port 0 lets the system choose.
  case tcp(host: String, port: UInt16)
  /// A socket file with the permissions of its mode.
  case unix(path: String, mode: UInt32)
}

extension HTTPAddress: CustomStringConvertible {
  /// As people write it.
  public var description: String {
    switch self {
    case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .unix(let path, _): path
    }
  }
}
