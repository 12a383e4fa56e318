import DMN
import FactStore
import Formats
import SQLite
import SyntheticPortfolio

extension Failure {
  /// The words for an error of any room.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let usage as UsageError: self.init(usage: usage)
    case let error as SQLiteError: self.init("database", error.sentence)
    case .storage(let error) as StoreError: self.init("database", error.sentence)
    case let error as StoreError: self.init(error.code, error.sentence)
    case let error as ModelError: self.init(error.code, error.sentence)
    case let error as RequestError: self.init("request", error.sentence, status: .usage)
    case let error as JSONError: self.init("json", error.sentence)
    case let error as GeneratorError: self.init("generate", error.sentence)
    default: self.init("unexpected", "Something unexpected happened: \(error).")
    }
  }
}
