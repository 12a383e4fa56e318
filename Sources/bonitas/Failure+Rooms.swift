import Formats
import SQLite

extension Failure {
  /// The words for an error of any room.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let usage as UsageError: self.init(usage: usage)
    case let error as SQLiteError: self.init("database", error.sentence)
    case let error as JSONError: self.init("json", error.sentence)
    default: self.init("unexpected", "Something unexpected happened: \(error).")
    }
  }
}
