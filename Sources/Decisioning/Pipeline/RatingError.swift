import FactStore
import Facts
import SQLite
import Values

/// Why a customer could not be rated or a decision not be replayed.
public enum RatingError: Error, Sendable, StorageFailure {
  /// No record has named this customer.
  case unknownCustomer(CustomerReference)
  /// Records name the customer, but as of then no customer record has arrived.
  case notArrived(CustomerReference, businessDate: CivilDate)
  /// The customer's facts have been erased.
  case erased(CustomerReference, Erasure)
  /// There is no decision of this number.
  case unknownDecision(DecisionID)
  /// The facts could not be read.
  case facts(StoreError)
  /// The decisions could not be read.
  case decisions(DecisionStoreError)
  /// The rules would decide again while they are stopped.
  case stopped(StopSwitch.Stop)
  /// The stored rule set does not compile, although it did when it was used.
  case ruleSet(RuleSetError)

  /// A failure of the database.
  public init(_ error: SQLiteError) { self = .decisions(.storage(error)) }

  /// A code that stays the same while the sentence may change.
  public var code: String {
    switch self {
    case .unknownCustomer: "rating.unknown-customer"
    case .notArrived: "rating.not-arrived"
    case .erased: "rating.erased"
    case .unknownDecision: "rating.unknown-decision"
    case .facts(let error): error.code
    case .decisions(let error): error.code
    case .stopped: "rating.stopped"
    case .ruleSet(let error): error.code
    }
  }

  /// What is wrong, and how to mend it.
  public var sentence: String {
    switch self {
    case .unknownCustomer(let customer):
      "There is no customer '\(customer)'. 'bonitas customers find' looks for a part of a name, number or code."
    case .notArrived(let customer, let date):
      "The customer '\(customer)' is not known as of \(date): other records name it, but no customer record that is "
        + "true by then. Ingest the customer's record, or name a later --business-date or --known-at."
    case .erased(let customer, let erasure):
      "The facts of customer '\(customer)' were erased by \(erasure.actor) at \(erasure.at) under rule '\(erasure.rule)' "
        + "(write \(erasure.sequence)), so nothing can be decided about them."
    case .unknownDecision(let id):
      "There is no decision \(id)."
    case .facts(let error): error.sentence
    case .decisions(let error): error.sentence
    case .stopped(let stop):
      "Automated decisions are stopped (stop \(stop.number), by \(stop.actor): \(stop.reason)), so the rules do not decide "
        + "again on corrected inputs. Decide yourself, or wait until the stop is lifted."
    case .ruleSet(let error): error.sentence
    }
  }
}
