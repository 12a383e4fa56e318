import SQLite

extension AuditError {
  /// What is wrong, and how to mend it.
  public var sentence: String {
    switch self {
    case .storage(let error): error.sentence
    case .malformedHead(let part):
      "That is not the head of an audit log: \(part.clause). A head is the whole line that 'bonitas audit head' prints, "
        + "'bonitas-audit-head 1 NUMBER HASH INSTANT'."
    case .empty:
      "The audit log has no entry yet: the first thing that is ingested, rated or read makes one."
    case .unreadable(let number):
      "Entry \(number) of the audit log is not as this program writes it: 'bonitas audit verify' tells what is wrong."
    case .notErasable(let number):
      "The payload of entry \(number) of the audit log cannot be erased: there is none, or it is an erasure itself."
    case .rowChanged(let table, let key):
      "The row \(key) of '\(table)' is no longer as the audit log has it, so it is not vouched for anew; nothing was "
        + "written. 'bonitas audit verify' tells more."
    }
  }
}

extension AuditError.HeadPart {
  fileprivate var clause: String {
    switch self {
    case .mark: "it does not begin with 'bonitas-audit-head'"
    case .version: "its form is not 1, the only one that is known"
    case .parts(let count): "it has \(count) words instead of 5"
    case .number: "its third word is not the number of an entry"
    case .hash: "its fourth word is not a hash of 64 hexadecimal digits"
    case .at: "its fifth word is not an instant"
    }
  }
}
