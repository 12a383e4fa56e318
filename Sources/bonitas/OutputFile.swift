import Glibc

/// A file that a command writes: it appears under its name when it is complete, or not at all.
///
/// The bytes go to a file beside it that takes its place at the end, so that a reader never sees a half one and a full
/// disk destroys nothing. What is no ordinary file (`/dev/stdout`, a pipe) is written as it stands.
final class OutputFile {
  private let path: String
  private let partial: String
  private let replaces: Bool
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private static let suffix = ".partial"
  private static let blockSize = 1 << 18

  /// - Parameter database: the database of this call, which nothing is written over.
  init(_ path: String, sparing database: String) throws(Failure) {
    self.path = path
    let spared = FilePlace.ofDatabase(database)
    for path in [path, path + Self.suffix] where spared.contains(FilePlace(path)) {
      throw Failure(
        "cannot-write",
        "Cannot write \(visible(path)): it is the database \(visible(database)), or belongs to it; name another file."
      )
    }
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR {
      throw Failure("cannot-write", "Cannot write \(visible(path)): it is a folder; name a file in it.")
    }
    replaces = !exists || status.st_mode & S_IFMT == S_IFREG
    partial = replaces ? path + Self.suffix : path
    descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    if descriptor < 0 { throw Self.failure(path, errno) }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    if replaces { unlink(partial) }
  }

  /// Appends bytes.
  func write(_ bytes: [UInt8]) throws(Failure) {
    buffer += bytes
    if buffer.count >= Self.blockSize { try flush() }
  }

  /// Brings everything to the disk and gives the file its name.
  func finish() throws(Failure) {
    try flush()
    if replaces, fsync(descriptor) != 0 { throw Self.failure(path, errno) }
    let closed = close(descriptor)
    descriptor = -1
    if closed != 0 || (replaces && rename(partial, path) != 0) {
      let reason = errno
      if replaces { unlink(partial) }
      throw Self.failure(path, reason)
    }
  }

  private func flush() throws(Failure) {
    var done = 0
    while done < buffer.count {
      let written = buffer.withUnsafeBytes { bytes in
        Glibc.write(descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
      }
      if written > 0 {
        done += written
      } else if errno != EINTR {
        throw Self.failure(path, errno)
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private static func failure(_ path: String, _ reason: Int32) -> Failure {
    let hint =
      switch reason {
      case ENOENT: "its folder does not exist"
      case EACCES, EPERM, EROFS: "permission denied"
      case ENOSPC, EDQUOT: "no room left on the disk"
      default: String(cString: strerror(reason)).lowercased()
      }
    return Failure("cannot-write", "Cannot write \(visible(path)): \(hint).")
  }
}
