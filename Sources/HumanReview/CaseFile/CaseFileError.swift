import Decisioning
import Explanation
import FactStore
import SQLite

/// Why a case file cannot be had.
public enum CaseFileError: Error, Sendable, StorageFailure {
  /// The database failed.
  case storage(SQLiteError)
  /// The case cannot be read.
  case review(ReviewError)
  /// A decision cannot be read.
  case decisions(DecisionStoreError)
  /// What a decision was made of cannot be read.
  case rating(RatingError)
  /// The facts cannot be read.
  case facts(StoreError)
  /// The texts of the rule set lack something.
  case texts(TextError)
  /// There is no such record in the case file; those are some that there are.
  case unknownRecord(String, some: [String])

  /// A failure of the database.
  public init(_ error: SQLiteError) { self = .storage(error) }

  /// A code that stays the same while the sentence may change.
  public var code: String {
    switch self {
    case .storage: "case-file.storage"
    case .review(let error): error.code
    case .decisions(let error): error.code
    case .rating(let error): error.code
    case .facts(let error): error.code
    case .texts(let error): error.code
    case .unknownRecord: "case-file.unknown-record"
    }
  }

  /// What is wrong, and how to mend it.
  public var sentence: String {
    switch self {
    case .storage(let error): error.sentence
    case .review(let error): error.sentence
    case .decisions(let error): error.sentence
    case .rating(let error): error.sentence
    case .facts(let error): error.sentence
    case .texts(let error): error.sentence
    case .unknownRecord(let name, let some):
      "The case file has no record '\(name)'."
        + (some.isEmpty ? "" : " There are, for example: \(some.joined(separator: ", ")).")
    }
  }
}
