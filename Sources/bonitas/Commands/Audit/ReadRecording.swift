import Access
import AuditLog
import DebtManagement
import Decisioning
import FactStore
import Formats
import HumanReview
import Ingestion
import SQLite
import Values

/// What the commands share that read personal data or look after the audit log.
enum Audit {
  /// Every table whose rows entries vouch for.
  static let tables: [AuditedTable] =
    [.batch, .sourcePull] + DecisionStore.auditedTables + AccessStore.auditedTables
    + ReviewStore.auditedTables + OutboxStore.auditedTables + ReportingStore.auditedTables
}

extension Arguments {
  /// Enters in the audit log what a command is about to show; call it before anything is put out.
  ///
  /// A read that cannot be recorded is not made: a database that cannot be written shows nothing. The instant is that
  /// of the read, not of the start, so that entries stand in the order of their instants.
  ///
  /// - Parameters:
  ///   - command: the words of the command; they are the purpose of the read.
  ///   - customers: the keys of the customers whose data are shown.
  ///   - about: what was asked for; nothing that is nil is entered.
  func recordRead(
    by command: String, of customers: [Int], about: KeyValuePairs<String, JSONValue?> = [:],
    in store: FactStore, _ edge: Edge
  ) throws(Failure) {
    let audit = try edge.auditLog()
    var details = JSONObject()
    for (name, value) in about { details[name] = value }
    let note = AuditNote(.read, customers: customers, about: details)
    do throws(SQLiteError) {
      _ = try store.write(actor: actor, at: Edge.currentInstant(), purpose: command) {
        write throws(SQLiteError) in
        try audit.append(note, in: write.sql)
      }
    } catch {
      throw Failure(
        "read-not-recorded",
        "Nothing is shown, since reading personal data is recorded and that failed: \(error.sentence)")
    }
  }
}
