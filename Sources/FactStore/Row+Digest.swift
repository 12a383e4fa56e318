import SQLite
import Values

extension Row {
  /// The digest in a column.
  func digest(_ column: Int) throws(SQLiteError) -> Digest {
    let bytes = try blob(column)
    guard let digest = Digest(bytes: bytes) else {
      throw SQLiteError(.corrupt, message: "a digest of \(bytes.count) bytes", path: "")
    }
    return digest
  }
}
