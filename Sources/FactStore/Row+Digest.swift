import SQLite
import Values

extension Row {
  /// The digest in a column.
  func digest(_ column: Int) throws(SQLiteError) -> Digest {
    guard let digest = try withBlob(column, { Digest(memory: $0) }) else {
      throw failure(.corrupt, "a digest must have 32 bytes")
    }
    return digest
  }
}
