public import Formats

/// Why the declared sources cannot be used.
public enum RegisterSourcesError: Error, Sendable {
  /// The file is missing or unreadable.
  case file(ByteSourceError)
  /// Everything that is wrong with it; never empty.
  case invalid([JSONFinding])
  /// The environment variable with the credential of a source is not set.
  case credentialMissing(source: String, variable: String)
  /// The credential cannot stand in a header field.
  case credentialUnusable(source: String, variable: String)

  /// The stable code.
  public var code: String {
    switch self {
    case .file(let error): error.code
    case .invalid: "sources-invalid"
    case .credentialMissing: "source-credential-missing"
    case .credentialUnusable: "source-credential-unusable"
    }
  }
}
