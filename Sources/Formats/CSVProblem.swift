/// What is wrong with one row of a CSV file, and where.
///
/// The row is bad; reading goes on after it.
public struct CSVProblem: Error, Hashable, Sendable {
  /// The kinds of trouble; the raw value is a stable code.
  public enum Reason: Hashable, Sendable {
    case unterminatedQuote
    case strayQuote
    case wrongFieldCount(expected: Int, found: Int)
    case fieldTooLong(limit: Int)
    case rowTooLong(limit: Int)
    case tooManyFields(limit: Int)
    case invalidEncoding(TextEncoding)
    case nulCharacter
  }

  /// What is wrong.
  public let reason: Reason
  /// Where: for a wrong number of fields the first field too many, or the end of the row.
  public let position: TextPosition

  /// The stable code.
  public var code: String {
    switch reason {
    case .unterminatedQuote: "csv-unterminated-quote"
    case .strayQuote: "csv-stray-quote"
    case .wrongFieldCount: "csv-field-count"
    case .fieldTooLong: "csv-field-too-long"
    case .rowTooLong: "csv-row-too-long"
    case .tooManyFields: "csv-too-many-fields"
    case .invalidEncoding: "invalid-encoding"
    case .nulCharacter: "csv-nul-character"
    }
  }
}
