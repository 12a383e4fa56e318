/// What went wrong in the database, told apart by what the caller can do about it.
public struct SQLiteError: Error, Sendable, Equatable, StorageFailure {
  /// The kinds of failure that call for different answers.
  public enum Kind: Sendable, Equatable {
    /// The file cannot be opened; the reason says why.
    case cannotOpen(OpenFailure)
    /// The file is no SQLite database, or belongs to another program.
    case foreign(product: String)
    /// The schema is newer than this program knows.
    case newer(product: String, found: Int, known: Int)
    /// The disk (or a quota) is full.
    case full
    /// Another process held the write lock for longer than the busy timeout.
    case locked
    /// The file is damaged.
    case corrupt
    /// The file or its folder may not be written.
    case readOnly
    /// A constraint of the schema was violated.
    case constraint
    /// A text or blob exceeds the limit.
    case tooBig
    /// The operating system reported an input or output error.
    case inputOutput
    /// A column does not hold the type that the reader asked for.
    case unexpectedType(column: Int)
    /// The statement or transaction was used after its end, or wrongly.
    case misuse
    /// Anything else; see the code and message.
    case other
  }

  /// Why a file could not be opened.
  public enum OpenFailure: Sendable, Equatable {
    /// The folder that should hold the file does not exist.
    case missingFolder
    /// There is no such file, and none was to be created.
    case missingFile
    /// The path names a folder or a device.
    case notAFile
    /// The operating system denies access.
    case denied
    /// The path is not usable as a database file name.
    case unusablePath
    /// Any other cause.
    case other
  }

  /// The kind of failure.
  public let kind: Kind
  /// The extended result code of SQLite, or 0 where the failure was found before SQLite was asked.
  public let code: Int32
  /// SQLite's own message, for diagnosis.
  public let message: String
  /// The statement that failed, if one did.
  public let sql: String?
  /// The path of the database file.
  public let path: String

  /// Makes an error from its parts.
  public init(_ kind: Kind, code: Int32 = 0, message: String = "", sql: String? = nil, path: String) {
    self.kind = kind
    self.code = code
    self.message = message
    self.sql = sql
    self.path = path
  }

  /// The error itself: a body that only uses the database throws `SQLiteError`.
  public init(_ error: SQLiteError) {
    self = error
  }
}
