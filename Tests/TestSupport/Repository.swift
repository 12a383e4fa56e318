import Foundation

/// Where the tests find the repository and the shared conformance suites.
public enum Repository {
  /// The root of this checkout.
  public static let root: URL = {
    var folder = URL(fileURLWithPath: #filePath)
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      if FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) { break }
    }
    return folder
  }()

  /// The folder with the conformance suites and real data: `BONITAS_SHARED`, else `../shared`.
  ///
  /// Nil where it is absent; with `BONITAS_REQUIRE_SHARED=1` absence must fail the caller's test.
  public static let shared: URL? = {
    let environment = ProcessInfo.processInfo.environment
    let folder =
      environment["BONITAS_SHARED"].map { URL(fileURLWithPath: $0) }
      ?? root.deletingLastPathComponent().appending(path: "shared")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  /// Whether an absent shared folder is a failure (`BONITAS_REQUIRE_SHARED=1`, set by CI).
  public static let requiresShared = ProcessInfo.processInfo.environment["BONITAS_REQUIRE_SHARED"] == "1"
}
