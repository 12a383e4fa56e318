import Values

/// The files of a rule set as bytes: models and texts, by their path within the rules folder.
///
/// The version is the hash of the content, so two folders with the same files are the same rule set wherever
/// they lie, and a stored rule set can be told from a changed one.
public struct RuleSetFiles: Hashable, Sendable {
  /// The paths, sorted by their UTF-8 bytes.
  public let paths: [String]
  private let contents: [String: [UInt8]]
  /// SHA-256 over path, length and bytes of every file in the order of `paths`.
  public let version: Digest

  /// A rule set of these files.
  public init(_ contents: [String: [UInt8]]) {
    self.contents = contents
    paths = contents.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var hash = SHA256()
    for path in paths {
      let bytes = contents[path] ?? []
      // Lengths in front make the concatenation unambiguous.
      hash.update("\(path.utf8.count):\(path)\(bytes.count):")
      hash.update(bytes)
    }
    version = hash.finish()
  }

  /// The bytes of a file, or nil where the rule set has none of this path.
  public subscript(path: String) -> [UInt8]? { contents[path] }

  /// The JSON files of a folder within the rule set, sorted by path.
  public func jsonFiles(in folder: String) -> [(path: String, bytes: [UInt8])] {
    paths.filter { $0.hasPrefix(folder + "/") && $0.hasSuffix(".json") }.map { ($0, contents[$0] ?? []) }
  }
}
