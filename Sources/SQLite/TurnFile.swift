import Glibc

/// The file beside a database on which processes lock bytes: `FILE-turn`.
///
/// A file of its own, because POSIX drops the locks that SQLite holds on the database file as soon as the process
/// closes any descriptor of it. The locks here are those of an open file description (`F_OFD_SETLK`, fcntl(2)): a
/// thread may take one that another gives back, two databases of one process exclude each other like two processes,
/// and the kernel frees it when its holder is killed. The file stays empty and is never deleted: who deletes it
/// parts the processes that have it open from those that come later, which costs the turns, but no data, since
/// SQLite's own lock stands behind it.
final class TurnFile: Sendable {
  /// A byte that can be locked; there need be no such byte in the file.
  enum Place: Int {
    /// Held by the one that has the next turn, while it waits for it.
    case door
    /// Held by the one whose turn it is.
    case turn
    /// Shared by the services that are running.
    case service
  }

  private let descriptor: Int32

  /// Takes over an open descriptor.
  private init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Opens the file beside a database, making it where it is missing.
  static func open(beside database: String) throws(SQLiteError) -> TurnFile {
    let path = self.path(beside: database)
    for _ in 0..<3 {
      let found = Glibc.open(path, flags)
      if found >= 0 { return TurnFile(descriptor: found) }
      guard errno == ENOENT else { break }
      let made = Glibc.open(path, flags | O_CREAT | O_EXCL, 0o600)
      if made >= 0 {
        share(made, like: database)
        return TurnFile(descriptor: made)
      }
      // Another process was quicker: open what it made.
      guard errno == EEXIST else { break }
    }
    throw failure(errno, path)
  }

  /// Opens the file beside a database to ask who holds what; nil where nobody has made it.
  static func look(beside database: String) -> TurnFile? {
    let descriptor = Glibc.open(path(beside: database), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    return descriptor < 0 ? nil : TurnFile(descriptor: descriptor)
  }

  /// Locks a byte for this description alone, or with others; without waiting, false where somebody else has it.
  func lock(_ place: Place, shared: Bool = false, waiting: Bool) throws(SQLiteError) -> Bool {
    var request = flock()
    request.l_type = Int16(shared ? F_RDLCK : F_WRLCK)
    request.l_start = place.rawValue
    request.l_len = 1
    while fcntl(descriptor, waiting ? Self.setAndWait : Self.set, &request) != 0 {
      if errno == EINTR { continue }
      if errno == EAGAIN || errno == EACCES { return false }
      throw Self.failure(errno, "the lock file of the database")
    }
    return true
  }

  /// Gives a byte back.
  func unlock(_ place: Place) {
    var request = flock()
    request.l_type = Int16(F_UNLCK)
    request.l_start = place.rawValue
    request.l_len = 1
    _ = fcntl(descriptor, Self.set, &request)
  }

  /// Whether any other description holds a byte.
  func isHeld(_ place: Place) -> Bool {
    var request = flock()
    request.l_type = Int16(F_WRLCK)
    request.l_start = place.rawValue
    request.l_len = 1
    return fcntl(descriptor, Self.get, &request) == 0 && request.l_type != Int16(F_UNLCK)
  }

  static func path(beside database: String) -> String { database + "-turn" }

  private static let flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
  // <bits/fcntl-linux.h> shows them to _GNU_SOURCE alone.
  private static let get: Int32 = 36
  private static let set: Int32 = 37
  private static let setAndWait: Int32 = 38

  /// Gives a new file the owner and the permissions of the database, as SQLite does for its log: a command run by
  /// root once must not lock the service out.
  private static func share(_ descriptor: Int32, like database: String) {
    var status = stat()
    guard stat(database, &status) == 0 else { return }
    if geteuid() == 0 { _ = fchown(descriptor, status.st_uid, status.st_gid) }
    _ = fchmod(descriptor, status.st_mode & 0o666)
  }

  private static func failure(_ code: Int32, _ path: String) -> SQLiteError {
    let message = String(cString: strerror(code))
    return switch code {
    case EACCES, EPERM, EROFS, ELOOP: SQLiteError(.readOnly, message: message, path: path)
    case ENOSPC, EDQUOT: SQLiteError(.full, message: message, path: path)
    // ENOLCK, EOPNOTSUPP: a file system without locks. SQLite cannot work there either.
    default: SQLiteError(.inputOutput, message: "\(message), errno \(code)", path: path)
    }
  }
}
