/// Why a server cannot listen.
public enum HTTPServerError: Error, Hashable, Sendable {
  /// `start` was called before.
  case alreadyStarted
  /// The host is no numeric address, or the path of the socket file is empty or too long.
  case invalidAddress(HTTPAddress)
  /// Somebody listens there.
  case addressInUse(HTTPAddress)
  /// A file that is no socket stands at the path.
  case notASocket(path: String)
  /// The operating system refused a call, with its error number.
  case system(call: String, number: Int32, HTTPAddress)

  /// The stable code.
  public var code: String {
    switch self {
    case .alreadyStarted: "http-already-started"
    case .invalidAddress: "http-invalid-address"
    case .addressInUse: "http-address-in-use"
    case .notASocket: "http-not-a-socket"
    case .system: "http-system"
    }
  }
}
