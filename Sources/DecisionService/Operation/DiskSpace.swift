import Glibc

/// How much room is left on a disk.
enum DiskSpace {
  /// The bytes that this process may still write in a folder; nil where that cannot be told.
  static func freeBytes(inFolderOf path: String) -> Int? {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    var figures = statvfs()
    guard statvfs(folder, &figures) == 0 else { return nil }
    let (bytes, overflow) = Int(clamping: figures.f_bavail).multipliedReportingOverflow(
      by: Int(clamping: figures.f_frsize))
    return overflow ? Int.max : bytes
  }
}
