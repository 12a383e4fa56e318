extension ClientError {
  /// Says what happened and how to mend it.
  public var sentence: String {
    switch self {
    case .invalidURL(let url):
      "\"\(url)\" is no http or https URL; write one such as https://register.example/v1."
    case .deadline: "no answer came in time; give it more time, or ask later."
    case .cannotConnect(let detail):
      "no connection came about (\(detail)); check the address, and that the server runs."
    case .connectionLost(let detail): "the connection broke (\(detail)); try again."
    case .notTrusted(let detail):
      "no secure connection came about (\(detail)); check the server's certificate and the trusted authorities."
    case .responseTooLarge(let limit): "the answer is larger than \(limit) bytes; it was not read to its end."
    case .shutDown: "the program is ending; nothing more is sent."
    }
  }
}

extension PeerError {
  /// Says what happened and how to mend it.
  public var sentence: String {
    switch self {
    case .deadline: "the caller's time was over before an answer came; give it more time, or ask later."
    case .timeout: "no answer came within the time of one try; allow more, or ask the operator of the server."
    case .breakerOpen:
      "it failed too often just now and is left alone for a while; it is tried again by itself."
    case .lineFull: "too many requests wait for it already; allow more at once, or ask later."
    case .status(let status):
      "it answered with status \(status), which says that it cannot answer now; ask later, or ask its operator."
    case .client(let error): error.sentence
    }
  }
}
