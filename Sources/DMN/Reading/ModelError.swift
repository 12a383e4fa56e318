/// Why a file is not a DMN model at all.
public enum ModelError: Error, Hashable, Sendable {
  /// The file cannot be opened or read.
  case unreadable(source: String, reason: String)
  /// The file is not well-formed XML, or is XML of a refused kind.
  case malformed(source: String, reason: String)
  /// The root element is not DMN's `definitions` of a known version.
  case notDMN(source: String, element: String, namespace: String?)
}

extension ModelError {
  /// A short name of the error that stays the same over versions.
  public var code: String {
    switch self {
    case .unreadable: "unreadable"
    case .malformed: "malformed"
    case .notDMN: "not-dmn"
    }
  }

  /// The error in a sentence: where, what, and how to mend it.
  public var sentence: String {
    switch self {
    case .unreadable(let source, let reason):
      return "\(source) cannot be read: \(reason)"
    case .malformed(let source, let reason):
      return "\(source), \(reason)"
    case .notDMN(let source, let element, let namespace):
      let known = StandardVersion.allCases.map(\.namespace).joined(separator: ", ")
      return "\(source) is not a DMN model: its root element is '\(element)' of namespace"
        + " '\(namespace ?? "")'; expected 'definitions' of one of \(known)"
    }
  }
}
