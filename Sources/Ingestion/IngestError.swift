import FactStore
import Formats

/// Why a whole file cannot be read; nothing of it was stored, except for failures of the store in the middle.
public enum IngestError: Error, Sendable {
  /// The file is missing, unreadable or damaged.
  case file(ByteSourceError)
  /// There is no header line.
  case empty(file: String)
  /// The header looks as if something else separated its fields.
  case wrongDelimiter(file: String, expected: Delimiter?, seems: Delimiter)
  /// The bytes are not text in the encoding; the first place is given.
  case wrongEncoding(file: String, TextEncodingError)
  /// The header line cannot be read.
  case badHeader(file: String, CSVProblem)
  /// Columns that the layout needs are not there.
  case missingColumns(file: String, layout: String, missing: [String], found: [String])
  /// Columns are there that the layout does not know.
  case unexpectedColumns(file: String, layout: String, columns: [String])
  /// A column that the layout reads stands there twice.
  case duplicateColumn(file: String, column: String)
  /// The header belongs to no known layout.
  case unknownLayout(file: String, found: [String])
  /// The store failed; what was committed before stays, and reading the file again goes on from there.
  case store(file: String, StoreError)

  /// The stable code.
  public var code: String {
    switch self {
    case .file(let error): error.code
    case .empty: "empty-file"
    case .wrongDelimiter: "wrong-delimiter"
    case .wrongEncoding: "wrong-encoding"
    case .badHeader: "bad-header"
    case .missingColumns: "missing-columns"
    case .unexpectedColumns: "unexpected-columns"
    case .duplicateColumn: "duplicate-column"
    case .unknownLayout: "unknown-layout"
    case .store(_, let error): error.code
    }
  }
}
