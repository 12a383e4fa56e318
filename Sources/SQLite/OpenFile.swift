import Glibc

/// A database file that a connection of this process has open, for as long as the value lives.
///
/// POSIX drops all locks of a process on a file when the process closes any descriptor of it (fcntl(2)), also those
/// of SQLite: after that another program, on closing the file, would take itself for the last and delete the log that
/// we write. So nobody may open the file by other means than SQLite while a connection is open here.
final class OpenFile: Sendable {
  private struct Identity: Hashable {
    let device: UInt
    let node: UInt

    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      device = UInt(status.st_dev)
      node = UInt(status.st_ino)
    }
  }

  private static let counts = Guarded<[Identity: Int]>([:])
  private let identity: Identity?

  /// Enters a file; before SQLite takes its first lock on it.
  init(_ path: String) {
    identity = Self.counts.withLock { counts in
      guard let identity = Identity(path) else { return nil }
      counts[identity, default: 0] += 1
      return identity
    }
  }

  deinit {
    guard let identity else { return }
    Self.counts.withLock { counts in
      counts[identity] = counts[identity].flatMap { $0 > 1 ? $0 - 1 : nil }
    }
  }

  /// Runs a body that opens and closes the file, unless a connection has it open; then nil.
  static func whileClosed<Result>(
    _ path: String, _ body: () throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result? {
    try counts.withLock { counts throws(SQLiteError) in
      if let identity = Identity(path), counts[identity] != nil { return nil }
      return try body()
    }
  }
}
