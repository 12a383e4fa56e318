/// Why a guarded call came to no answer.
public enum PeerError: Error, Hashable, Sendable {
  /// The caller's time was over.
  case deadline
  /// The time of one try was over.
  case timeout
  /// The server has failed too often; it is left alone for a while.
  case breakerOpen
  /// Too many calls wait already.
  case lineFull
  /// The server says that it cannot answer.
  case status(Int)
  /// There was no answer.
  case client(ClientError)

  /// The stable code.
  public var code: String {
    switch self {
    case .deadline: "deadline"
    case .timeout: "timeout"
    case .breakerOpen: "breaker-open"
    case .lineFull: "line-full"
    case .status(let status): "status-\(status)"
    case .client(let error): error.code
    }
  }
}
