import Access
import DebtManagement
import DecisionService
import Decisioning
import FactStore
import Facts
import HumanReview
import SQLite
import Values

/// The rooms' tables in one file.
enum Tables {
  /// The steps that make them, in the order of the rooms: later ones refer to earlier ones.
  static let migrations =
    DecisionStore.migrations + AccessStore.migrations + ReviewStore.migrations + IntakeStore.migrations
    + OutboxStore.migrations + DebtCursor.migrations + ReportingStore.migrations
}

extension Arguments {
  /// The database of this call; a missing file is made only where `mode` says so.
  func store(_ edge: Edge, _ mode: Database.Mode = .existing) throws(Failure) -> FactStore {
    if let opened { return opened }
    return try open(edge, mode, DatabaseOptions())
  }

  /// Opens the database of this call, for a command with wishes of its own.
  func open(
    _ edge: Edge, _ mode: Database.Mode, _ options: DatabaseOptions
  ) throws(Failure) -> FactStore {
    let path = database(edge)
    do throws(SQLiteError) {
      let store = try FactStore(
        path: path, mode: mode, contributed: Tables.migrations, options: options)
      // Whatever is done while automation is stopped, who does it is told (AI Act article 14(4)).
      for stop in try store.read({ reader throws(SQLiteError) in try StopSwitch.inForce(in: reader.sql) }) {
        edge.errors.line(edge.errors.style(.bad, "stopped:") + " " + stop.words)
      }
      return store
    } catch {
      if error.kind == .cannotOpen(.missingFile) {
        throw Failure(
          "no-database",
          "There is no database \(visible(path)): 'bonitas ingest FILE...' makes one, --database names another."
        )
      }
      throw Failure(error)
    }
  }

  /// The rule set of this call's rules folder, compiled and checked.
  func ruleSet(_ edge: Edge) throws(Failure) -> RuleSet {
    let folder = rules(edge)
    do throws(RuleSetError) {
      return try RuleSet(folder: folder)
    } catch {
      throw Failure(error)
    }
  }

  /// What rates customers of this call's database with the rule set that decides for a business date.
  func rater(_ edge: Edge, on day: CivilDate, mayTryOut: Bool = false) throws(Failure) -> Rater {
    let store = try store(edge)
    return Rater(
      store: store, ruleSet: try ruleSet(edge, on: day, in: store, mayTryOut: mayTryOut),
      audit: try edge.auditLog())
  }

  /// The currency to rate, where one is named.
  var currency: Currency? { self[RatingOptions.currency] }
}

/// Options that several commands on ratings take.
enum RatingOptions {
  static let currency = Option(
    "currency",
    ValueKind<Currency>(placeholder: "CODE") { text in
      Currency(text).map(Reading.value) ?? .problem("is not a currency code such as EUR")
    }, "Rate this currency (default the one of most of a customer's invoices).")

  static let customer = Positional("CUSTOMER", .name("CUSTOMER"), "The customer number.")
}
