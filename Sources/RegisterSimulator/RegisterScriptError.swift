/// Something wrong with a script, found when it is read.
public struct RegisterScriptFinding: Hashable, Sendable {
  /// The file.
  public var file: String
  /// Where in it: a JSON pointer (RFC 6901); empty for the whole.
  public var pointer: String
  /// What is wrong and how to mend it.
  public var message: String
}

/// Why registers cannot be simulated.
public enum RegisterScriptError: Error, Hashable, Sendable {
  /// Everything that is wrong with the scripts; never empty.
  case invalid([RegisterScriptFinding])
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
