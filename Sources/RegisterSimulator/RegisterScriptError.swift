import Formats

/// Why registers cannot be simulated.
public enum RegisterScriptError: Error, Hashable, Sendable {
  /// Everything that is wrong with the scripts; never empty.
  case invalid([JSONFinding])
  /// There is no script.
  case empty(folder: String)
  /// A file or folder cannot be read.
  case unreadable(path: String)
  /// A file is too large to be a script.
  case tooLarge(path: String, limit: Int)

  /// The stable code.
  public var code: String {
    switch self {
    case .invalid: "register-script-invalid"
    case .empty: "register-scripts-missing"
    case .unreadable: "register-script-unreadable"
    case .tooLarge: "register-script-too-large"
    }
  }
}
