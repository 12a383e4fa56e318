import Formats

extension RegisterScriptError {
  /// Says where, what, and how to mend it; all findings, a line each.
  public var sentence: String {
    switch self {
    case .invalid(let findings): findings.map(\.sentence).joined(separator: "\n")
    case .empty(let folder):
      "\(folder): there is no script. Each folder in it is a register and each .json file in that a subject, such as "
        + "\(folder)/arrears-register/clean.json."
    case .unreadable(let path): "\(path): cannot be read; check the path and its permissions."
    case .tooLarge(let path, let limit): "\(path): larger than \(limit) bytes; shorten it."
    }
  }
}
