import SQLite
import Values

/// Why automated decisions were not stopped, or a stop was not lifted.
public enum StopError: StorageFailure {
  /// They are stopped already.
  case stopped(StopSwitch.Stop)
  /// There is no such stop.
  case unknown(Int, inForce: [Int])
  /// It was lifted already.
  case lifted(Int, StopSwitch.Stop.Lift)
  /// Who stopped cannot lift.
  case samePerson(Int, actor: String)
  /// The database.
  case storage(SQLiteError)

  /// Wraps an error of the database.
  public init(_ error: SQLiteError) { self = .storage(error) }

  /// Stable, for scripts.
  public var code: String {
    switch self {
    case .stopped: "already-stopped"
    case .unknown: "no-such-stop"
    case .lifted: "already-lifted"
    case .samePerson: "second-person"
    case .storage: "database"
    }
  }

  /// What is wrong and how to mend it.
  public var sentence: String {
    switch self {
    case .stopped(let stop):
      return
        "they are stopped already, by \(stop.actor) at \(stop.at): \(stop.reason) (stop \(stop.number))"
    case .unknown(let number, let inForce):
      if inForce.isEmpty { return "there is no stop \(number), and none is in force" }
      let list = inForce.map { "\($0)" }.joined(separator: ", ")
      return "there is no stop \(number); in force: \(list)"
    case .lifted(let number, let lift):
      return "stop \(number) was lifted already, by \(lift.actor) at \(lift.at): \(lift.reason)"
    case .samePerson(let number, let actor):
      return "stop \(number) was made by \(actor), so another person has to lift it"
    case .storage(let error): return error.sentence
    }
  }
}
