import Facts
import SQLite
import Values

extension StoreError {
  /// What happened and how to mend it, for people.
  public var sentence: String {
    switch self {
    case .storage(let error): error.sentence
    case .identifierTaken(let identifier, let holder):
      "the code \(identifier) belongs to customer \(holder) already: correct one of the two customers"
    case .contradiction(let kind, let id, let line):
      "the file has \(kind.rawValue) \(id) twice with different content"
        + (line.map { " (first in line \($0))" } ?? "") + ": keep the right one, or give them different ids"
    case .proofBeforeSending(let notice, let sent):
      "the notice \(notice) was sent on \(sent), after this proof of it: correct one of the two dates"
    case .amountNotStorable(let amount):
      "the amount \(amount) is outside what can be stored (below 10^13, at most five fraction digits)"
    case .damaged(let table):
      "the table \(table) holds a row that no bonitas wrote: run `bonitas doctor`, restore a backup"
    case .noSuchQuarantine(let key):
      "there is no quarantined record \(key): `bonitas quarantine list` shows them"
    }
  }
}
