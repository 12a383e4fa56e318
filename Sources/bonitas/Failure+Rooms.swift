import Access
import AuditLog
import DMN
import DebtManagement
import DecisionService
import Decisioning
import Explanation
import FactStore
import Formats
import HTTPServer
import HumanReview
import Ingestion
import RegisterSimulator
import SQLite
import Safeguards
import SyntheticPortfolio

extension Failure {
  /// The words for an error of any room.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let usage as UsageError: self.init(usage: usage)
    case let error as SQLiteError: self.init("database", error.sentence)
    case let error as StoreError: self.init(store: error)
    case let error as IngestError: self.init(error.code, error.sentence)
    case let error as RegisterSourcesError: self.init(error.code, error.sentence)
    case let error as RegisterScriptError: self.init(error.code, error.sentence)
    case let error as MappingError: self.init(error.code, error.sentence)
    case let error as RuleSetError: self.init(error.code, error.sentence)
    case let error as RatingError: self.init(error.code, error.sentence)
    case let error as ReviewPolicyError: self.init(error.code, error.sentence)
    case let error as AccessError: self.init(error.code, error.sentence)
    case let error as ReviewError: self.init(error.code, error.sentence)
    case let error as CaseFileError: self.init(error.code, error.sentence)
    case let error as EvidenceError: self.init(error.code, error.sentence)
    case let error as AuditError: self.init(error.code, error.sentence)
    case let error as DecisionStoreError: self.init(error.code, error.sentence)
    case let error as DebtError: self.init(error.code, error.sentence)
    case let error as DebtPlanError: self.init(error.code, error.sentence)
    case let error as OutboxError: self.init(error.code, error.sentence)
    case let error as SafeguardsError: self.init(error.code, error.sentence)
    case let error as StopError: self.init(error.code, error.sentence)
    case let error as ActivationError: self.init(error.code, error.sentence)
    case let error as ByteSourceError: self.init(error.code, error.sentence)
    case let error as OrderError: self.init(error.code, error.sentence)
    case let error as TextError: self.init(error.code, error.sentence)
    case let error as ModelError: self.init(error.code, error.sentence)
    case let error as RequestError: self.init("request", error.sentence, status: .usage)
    case let error as HTTPServerError: self.init(error.code, error.sentence)
    case let error as Problem: self.init(error.kind.rawValue, error.detail)
    case let error as JSONError: self.init("json", error.sentence)
    case let error as GeneratorError: self.init("generate", error.sentence)
    default: self.init("unexpected", "Something unexpected happened: \(error).")
    }
  }

  private init(store error: StoreError) {
    if case .storage = error {
      self.init("database", error.sentence)
    } else {
      self.init(error.code, error.sentence)
    }
  }
}
