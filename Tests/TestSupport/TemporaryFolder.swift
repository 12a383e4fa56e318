import Foundation

/// A folder for the files of one test; all of them are removed when the test process ends.
///
/// Not when the value is let go of: a database opened in it lives on behind the last use of the folder's name.
public struct TemporaryFolder: Sendable {
  /// The path of the folder, without a slash at the end.
  public let path: String

  /// Makes an empty folder.
  public init() throws {
    path = Self.root + "/" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  /// The path of a file in the folder.
  public func file(_ name: String) -> String { path + "/" + name }

  private static let root: String = {
    atexit { try? FileManager.default.removeItem(atPath: TemporaryFolder.root) }
    return FileManager.default.temporaryDirectory.path + "/bonitas-tests-\(getpid())"
  }()
}
