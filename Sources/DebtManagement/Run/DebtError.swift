public import AuditLog
public import Decisioning
public import FactStore
public import SQLite
public import Safeguards

/// Why debt management could not do what it was asked.
public enum DebtError: Error, Sendable, StorageFailure {
  /// The database failed.
  case storage(SQLiteError)
  /// Facts could not be read or stored.
  case facts(StoreError)
  /// Decisions could not be read.
  case decisions(DecisionStoreError)
  /// A proposal could not be made.
  case rating(RatingError)
  /// The outbox refused.
  case outbox(OutboxError)
  /// A letter cannot be written.
  case letter(LetterError)
  /// The policy of the ladder cannot be used.
  case policy(RestrictionModelError)
  /// The law data cannot be used.
  case law(SafeguardsError)
  /// The file is no plan.
  case plan(DebtPlanError)
  /// A row about a report to a bureau that this program cannot have written.
  case damagedReport(number: Int)
  /// What is erased cannot be taken out of the audit log.
  case audit(AuditError)
  /// A bureau still has a report about the contract of a customer who is to be erased.
  case reportStands(contract: String)
  /// Nothing is known of a run with this name.
  case unknownRun(String)

  /// A failure of the database.
  public init(_ error: SQLiteError) { self = .storage(error) }

  /// A code that stays the same while the sentence may change.
  public var code: String {
    switch self {
    case .storage: "database"
    case .facts(let error): error.code
    case .decisions(let error): error.code
    case .rating(let error): error.code
    case .outbox(let error): error.code
    case .letter(let error): error.code
    case .policy(let error): error.code
    case .law(let error): error.code
    case .plan(let error): error.code
    case .damagedReport: "damaged-report"
    case .audit(let error): error.code
    case .reportStands: "report-stands"
    case .unknownRun: "unknown-run"
    }
  }

  /// The error in words.
  public var sentence: String {
    switch self {
    case .storage(let error): error.sentence
    case .facts(let error): error.sentence
    case .decisions(let error): error.sentence
    case .rating(let error): error.sentence
    case .outbox(let error): error.sentence
    case .letter(let error): error.sentence
    case .policy(let error): error.sentence
    case .law(let error): error.sentence
    case .plan(let error): error.sentence
    case .damagedReport(let number):
      "Row \(number) of what bureaus were told cannot be read. 'bonitas audit verify' says whether it was changed."
    case .audit(let error): error.sentence
    case .reportStands(let contract):
      "A credit bureau still has a report about contract \(contract). Correct or end it first: 'bonitas debt report'."
    case .unknownRun(let run):
      "Nothing came of a run \(run). 'bonitas outbox list' shows the runs of what is to leave."
    }
  }
}
