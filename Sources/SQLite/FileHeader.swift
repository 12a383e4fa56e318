import Glibc

/// What the first hundred bytes of a database file say, read without SQLite.
///
/// SQLite may recover a journal or checkpoint a log as soon as it opens a file, and so change a file that is not
/// ours. Looking at the header first means that a foreign file is never opened at all. The mark is written by the
/// first transaction of a new file, in rollback mode, so it is never only in the log.
struct FileHeader {
  enum Finding: Equatable {
    case missing
    case empty
    case database(applicationID: Int32)
    case somethingElse
  }

  /// Looks at a file.
  static func look(at path: String) throws(SQLiteError) -> Finding {
    guard !path.isEmpty, path != ":memory:", !path.utf8.contains(0) else {
      throw SQLiteError(.cannotOpen(.unusablePath), path: path)
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT:
        try requireFolder(of: path)
        return .missing
      case ENOTDIR: throw SQLiteError(.cannotOpen(.missingFolder), path: path)
      case EACCES, EPERM: throw SQLiteError(.cannotOpen(.denied), path: path)
      case ENAMETOOLONG: throw SQLiteError(.cannotOpen(.unusablePath), path: path)
      default: throw SQLiteError(.cannotOpen(.other), code: errno, path: path)
      }
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw SQLiteError(.cannotOpen(.notAFile), path: path)
    }
    if status.st_size == 0 { return .empty }
    var bytes = [UInt8](repeating: 0, count: 100)
    let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    guard count == 100, bytes.starts(with: Array("SQLite format 3\0".utf8)) else { return .somethingElse }
    // https://www.sqlite.org/fileformat.html, 1.3: the application id is a big-endian integer at offset 68.
    let mark = bytes[68..<72].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return .database(applicationID: Int32(bitPattern: mark))
  }

  private static func requireFolder(of path: String) throws(SQLiteError) {
    guard let slash = path.lastIndex(of: "/") else { return }
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    var status = stat()
    guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw SQLiteError(.cannotOpen(.missingFolder), path: path)
    }
  }
}
