import Access
import Decisioning
import FactStore
import Formats
import HumanReview
import SQLite

/// The one spot that turns the errors of the rooms into problems.
extension Problem {
  /// A failure of the database.
  public init(_ error: SQLiteError) {
    switch error.kind {
    case .full:
      self.init(.storeFull, "Nothing was stored. Operations have to free some space; no restart is needed.")
    case .locked:
      self.init(.storeBusy, "Another process has held the write lock for too long; nothing was stored.")
    default:
      // What SQLite says names files, which are no business of the caller's.
      self.init(
        .storeFailed, "The database reported an error; nothing was stored. /readyz tells operations more.")
    }
  }

  /// Content that cannot be read.
  ///
  /// - Parameter record: which record of several it is; nil where there is one alone.
  init(_ error: JSONError, record: Int? = nil) {
    let kind = error.reason == .tooLarge ? ProblemKind.bodyTooLarge : .malformedJSON
    self.init(kind, (record.map { "Record \($0), at " } ?? "At ") + error.sentence)
  }

  init(_ error: RatingError) {
    switch error {
    case .decisions(.storage(let error)), .facts(.storage(let error)): self.init(error)
    default: self.init(.internalFault, "The decision could not be made (\(error.code)); it was not recorded.")
    }
  }

  init(_ error: StoreError) {
    if case .storage(let error) = error {
      self.init(error)
    } else {
      self.init(.internalFault, "The facts could not be used (\(error.code)); nothing was stored.")
    }
  }

  init(_ error: AccessError) {
    switch error {
    case .storage(let error): self.init(error)
    case .noToken: self.init(.missingToken, error.callerSentence)
    case .missingScope, .otherJurisdiction, .otherSource: self.init(.outOfScope, error.callerSentence)
    default: self.init(.invalidToken, error.callerSentence)
    }
  }

  init(_ error: ReviewError) {
    switch error {
    case .storage(let error): self.init(error)
    case .unknownDecision(let id): self.init(.unknownDecision, "There is no decision \(id).")
    case .otherCustomer(let id, _):
      self.init(.otherCustomer, "Decision \(id) is about another customer.", pointer: "/customer")
    case .text:
      self.init(.invalidMember, "The text is too long.", pointer: "/text")
    case .rating(.ruleSet(let error)): self.init(.noRules, error.sentence)
    case .rating(let error): self.init(error)
    case .decisions(let error): self.init(RatingError.decisions(error))
    case .facts(let error): self.init(error)
    default: self.init(.internalFault, "The case could not be opened (\(error.code)); nothing was stored.")
    }
  }
}
