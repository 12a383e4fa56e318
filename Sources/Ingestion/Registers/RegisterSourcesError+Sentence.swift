import Formats
import HTTPClient

extension RegisterSourcesError {
  /// Says where, what, and how to mend it; all findings, a line each.
  public var sentence: String {
    switch self {
    case .file(let error): error.sentence
    case .invalid(let findings): findings.map(\.sentence).joined(separator: "\n")
    case .credentialMissing(let source, let variable):
      "The source \(source) needs a credential, and the environment variable \(variable) is not set: set it, or take "
        + "\"credential\" out of the declaration."
    case .credentialUnusable(let source, let variable):
      "The credential of the source \(source) in \(variable) is longer than 4,096 bytes or holds a blank or a character "
        + "outside ASCII, which no header field may: set it to the bare token."
    }
  }
}

extension PullCause {
  /// Says what happened and how to mend it; never with personal data.
  public var sentence: String {
    switch self {
    case .peer(let error): error.sentence
    case .status(401), .status(403):
      "it refuses the credential: check the environment variable that the declaration names, and the contract."
    case .status(let status):
      "it answered with status \(status), which the contract does not know: check the URL of the declaration."
    case .malformed(let problem):
      "its answer breaks the contract" + (problem.pointer.isEmpty ? "" : " at \(problem.pointer)")
        + ": \(problem.message)"
    }
  }
}
