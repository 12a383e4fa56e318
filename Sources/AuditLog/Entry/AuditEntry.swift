import Formats
import Values

/// One entry of the log as it stands.
public struct AuditEntry: Hashable, Sendable {
  /// Its number, gapless from 1.
  public let number: Int
  /// The number of the write that made it.
  public let sequence: Int
  /// When that was.
  public let at: Instant
  /// What it is about.
  public let kind: AuditKind
  /// The hash of the entry before; zero for the first.
  public let previous: Digest
  /// SHA-256 of salt and payload.
  public let commitment: Digest
  /// The hash over all of the above, which the next entry names.
  public let hash: Digest
  /// What happened; nil where it was erased.
  public let payload: AuditPayload?
}

/// What is to be entered.
public struct AuditNote: Sendable {
  /// What it is about.
  public var kind: AuditKind
  /// The keys of the customers whom it concerns, or `everybody`.
  public var customers: [Int]
  /// The rows that it vouches for; they have to be stored already.
  public var rows: [AuditedRow]
  /// What else there is to tell; must hold nothing that cannot stand in a log.
  public var about: JSONObject

  /// Stands for all customers at once where naming each would bury the log; no customer has this key.
  public static let everybody = 0

  /// Describes an entry.
  public init(
    _ kind: AuditKind, customers: [Int] = [], rows: [AuditedRow] = [], about: JSONObject = JSONObject()
  ) {
    self.kind = kind
    self.customers = customers
    self.rows = rows
    self.about = about
  }
}

/// A row that an entry vouches for.
public struct AuditedRow: Sendable {
  /// Its table.
  public var table: AuditedTable
  /// Its key.
  public var key: Int
  /// Its digest in the newest layout, where that is known without reading the row back.
  let digest: Digest?

  /// Names a row.
  public init(_ table: AuditedTable, _ key: Int) {
    self.table = table
    self.key = key
    digest = nil
  }

  /// Names a row that has just been stored with the values of an image.
  public init(_ image: AuditedRowImage) {
    table = image.table
    key = image.key
    digest = image.digest
  }
}
