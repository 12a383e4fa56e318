extension AuditFinding {
  /// Which entry is the first bad one and what is wrong with it.
  public var sentence: String {
    guard let entry else { return "\(fault.clause)." }
    return "Entry \(entry) is the first bad one: \(fault.clause)."
  }
}

extension AuditFinding.Fault {
  fileprivate var clause: String {
    switch self {
    case .missing: "it is not there, although later entries are"
    case .hash: "its fields do not give its hash, so one of them or the hash was changed"
    case .moved(let number): "what stands in its place was entry \(number), so entries were reordered"
    case .previous: "it does not continue the entry before it, so that one or this was replaced"
    case .kind: "it is of a kind that this program does not know; a newer program may know it"
    case .commitment: "its payload or salt is not the one that it was made with"
    case .payloadMissing: "its payload is not there, and no later entry tells that it was erased"
    case .payloadReturned(let erasure):
      "its payload is there, although entry \(erasure) tells that it was erased"
    case .payloadUnreadable: "its payload is not as this program writes it"
    case .writeMissing(let sequence): "write \(sequence), which it belongs to, is not there"
    case .write(let sequence, let field):
      "write \(sequence), which it belongs to, has another \(field.rawValue) than it tells"
    case .customers: "the customers whom it concerns are indexed otherwise than it tells"
    case .rowMissing(let table, let key): "row \(key) of '\(table)', which it vouches for, is not there"
    case .rowChanged(let table, let key): "row \(key) of '\(table)', which it vouches for, was changed"
    case .rowUnknown(let table, let key):
      "it vouches for row \(key) of '\(table)' in a way that this program does not know; a newer program may"
    case .rowInserted(let table, let key):
      "Row \(key) of '\(table)' has no entry in the audit log: it was put in beside the log, or the key was changed"
    case .writeInserted(let sequence):
      "Write \(sequence) has no entry in the audit log: it was put in beside the log"
    case .payloadInserted(let number):
      "There is a payload or customer for entry \(number), which does not have one"
    case .emptied:
      "The audit log has no entry, although writes are recorded: it was emptied, or the database is older than the log"
    case .cut(let head, let last):
      "The log ends with entry \(last), but the stored head names entry \(head): the newest entries were cut off, or the "
        + "head is that of another database"
    case .head:
      "it is not the entry that the stored head names: the log was rewritten up to here, or the head is that of another "
        + "database"
    }
  }
}
