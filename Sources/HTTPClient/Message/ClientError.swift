/// Why there is no answer.
public enum ClientError: Error, Hashable, Sendable {
  /// The URL is none of `http` or `https`.
  case invalidURL(String)
  /// The time was over.
  case deadline
  /// There is nobody, or nobody who can be reached.
  case cannotConnect(String)
  /// The connection broke, or what came over it was no HTTP.
  case connectionLost(String)
  /// The server's certificate is not to be trusted, or no secure connection came about.
  case notTrusted(String)
  /// The answer is larger than was allowed.
  case responseTooLarge(limit: Int)
  /// The client was shut down.
  case shutDown

  /// The stable code.
  public var code: String {
    switch self {
    case .invalidURL: "invalid-url"
    case .deadline: "deadline"
    case .cannotConnect: "cannot-connect"
    case .connectionLost: "connection-lost"
    case .notTrusted: "not-trusted"
    case .responseTooLarge: "response-too-large"
    case .shutDown: "shut-down"
    }
  }
}
