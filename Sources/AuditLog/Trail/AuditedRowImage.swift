import SQLite
import Values

/// The bytes whose hash stands for an audited row: every column in its order, with type and length.
///
/// A room that stores a row of one part hands the same values to this and to the statement, and nothing has to be read
/// back; they have to be all columns of the newest layout, in its order. What is stored is what a later verification
/// reads, so a value too many or too few would be found.
public struct AuditedRowImage: Sendable {
  let table: AuditedTable
  private(set) var key: Int
  private let layout: Int
  private var bytes: [UInt8] = []

  /// An image of a row in the newest layout, without any value yet.
  public init(_ table: AuditedTable, key: Int) {
    self.init(table, key: key, layout: table.newestLayout)
  }

  init(_ table: AuditedTable, key: Int, layout: Int) {
    self.table = table
    self.key = key
    self.layout = layout
    bytes.reserveCapacity(1024)
    begin(key)
  }

  /// Begins the image of another row of the same table.
  public mutating func begin(_ key: Int) {
    self.key = key
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: "bonitas audited row 1".utf8)
    add(number: table.name.utf8.count)
    bytes.append(contentsOf: table.name.utf8)
    add(number: layout)
    add(number: key)
  }

  /// Adds the value of an integer column.
  public mutating func add(_ value: Int?) {
    guard let value else { return add(number: Row.Storage.null.code) }
    add(number: Row.Storage.integer.code)
    add(number: value)
  }

  /// Adds the value of a text column.
  public mutating func add(_ value: String?) {
    guard let value else { return add(number: Row.Storage.null.code) }
    add(number: Row.Storage.text.code)
    add(number: value.utf8.count)
    bytes.append(contentsOf: value.utf8)
  }

  /// Adds the value of a blob column.
  public mutating func add(_ value: [UInt8]?) {
    guard let value else { return add(number: Row.Storage.null.code) }
    add(number: Row.Storage.blob.code)
    add(number: value.count)
    bytes.append(contentsOf: value)
  }

  /// Adds the value of a blob column that holds a digest.
  public mutating func add(_ value: Digest) {
    add(number: Row.Storage.blob.code)
    add(number: Digest.byteCount)
    value.append(to: &bytes)
  }

  /// Adds a digest in the place of the blob that it is of.
  public mutating func add(digest: Digest, of value: [UInt8]) {
    add(number: Self.digestCode)
    add(number: value.count)
    digest.append(to: &bytes)
  }

  /// Adds the value of a column of floating-point numbers.
  public mutating func add(_ value: Double?) {
    guard let value else { return add(number: Row.Storage.null.code) }
    add(number: Row.Storage.real.code)
    add(number: Int(truncatingIfNeeded: value.bitPattern))
  }

  /// Adds every column of a row as it lies in the file, some blobs by their digest.
  mutating func add(_ row: Row, isDigested: [Bool]) throws(SQLiteError) {
    for column in 0..<row.count {
      let storage = row.storage(column)
      if storage == .blob, isDigested[column] {
        let value = try row.blob(column)
        add(digest: SHA256.hash(value), of: value)
        continue
      }
      add(number: storage.code)
      switch storage {
      case .null: break
      case .integer: add(number: try row.integer(column))
      case .real: add(number: Int(truncatingIfNeeded: row.realBits(column)))
      case .text, .blob:
        row.withBytes(column) { value in
          add(number: value.count)
          bytes.append(contentsOf: value)
        }
      }
    }
  }

  /// Ends the rows of a part.
  mutating func endPart(rows: Int) { add(number: rows) }

  /// The hash of the bytes so far.
  var hash: Digest { SHA256.hash(bytes) }

  /// The digest of a row of one part.
  var digest: Digest {
    var hash = SHA256()
    hash.update(bytes)
    hash.update(integer: 1)
    return hash.finish()
  }

  /// Stands where a storage class would.
  ///
  /// Part of the hash: never to be changed.
  private static let digestCode = 5

  private mutating func add(number: Int) {
    withUnsafeBytes(of: Int64(number).bigEndian) { bytes.append(contentsOf: $0) }
  }
}

extension Row.Storage {
  /// Part of the hash: never to be changed.
  fileprivate var code: Int {
    switch self {
    case .null: 0
    case .integer: 1
    case .real: 2
    case .text: 3
    case .blob: 4
    }
  }
}
