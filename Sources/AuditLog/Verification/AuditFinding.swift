import Values

/// The first thing that is wrong with an audit log.
public struct AuditFinding: Hashable, Sendable {
  /// The number of the first bad entry; nil where rows are there that no entry knows.
  public let entry: Int?
  /// What is wrong.
  public let fault: Fault

  /// A finding about an entry, or about what no entry knows.
  public init(entry: Int?, fault: Fault) {
    self.entry = entry
    self.fault = fault
  }

  /// What can be wrong.
  public enum Fault: Hashable, Sendable {
    /// The entry is not there, although later ones are.
    case missing
    /// The fields of the entry do not give its hash.
    case hash
    /// The entry is whole, but had another number.
    case moved(from: Int)
    /// The entry does not name the hash of the one before.
    case previous
    /// The entry is of a kind that this program does not know.
    case kind
    /// Salt and payload are not those that the entry was made with.
    case commitment
    /// The payload is not there, and no later entry tells of its erasure.
    case payloadMissing
    /// The payload is there, although a later entry tells of its erasure.
    case payloadReturned(erasure: Int)
    /// The payload is not as this program writes it.
    case payloadUnreadable
    /// The write that the entry belongs to is not there.
    case writeMissing(sequence: Int)
    /// The write that the entry belongs to differs from it.
    case write(sequence: Int, WriteField)
    /// The index of the customers concerned differs from the payload.
    case customers
    /// A row that the entry vouches for is not there.
    case rowMissing(table: String, key: Int)
    /// A row that the entry vouches for was changed.
    case rowChanged(table: String, key: Int)
    /// The entry vouches for a row in a way that this program does not know.
    case rowUnknown(table: String, key: Int)
    /// A row that no entry vouches for: it was put in beside the log, or its entry is gone.
    case rowInserted(table: String, key: Int)
    /// A write that no entry belongs to.
    case writeInserted(sequence: Int)
    /// A payload or a customer concerned without an entry.
    case payloadInserted(number: Int)
    /// There are writes, but no entry.
    case emptied
    /// The entry that the stored head names is not there: the newest entries were cut off.
    case cut(head: Int, last: Int)
    /// The entry is not the one that the stored head names.
    case head
  }

  /// What an entry and its write both say.
  public enum WriteField: String, Hashable, Sendable {
    case at
    case actor
    case purpose
  }

  /// A code that stays the same while the sentence may change.
  public var code: String {
    switch fault {
    case .missing: "entry-missing"
    case .hash: "entry-changed"
    case .moved: "entry-moved"
    case .previous: "chain-broken"
    case .kind: "kind-unknown"
    case .commitment: "payload-changed"
    case .payloadMissing: "payload-missing"
    case .payloadReturned: "payload-returned"
    case .payloadUnreadable: "payload-unreadable"
    case .writeMissing: "write-missing"
    case .write: "write-changed"
    case .customers: "customers-changed"
    case .rowMissing: "row-missing"
    case .rowChanged: "row-changed"
    case .rowUnknown: "row-unknown"
    case .rowInserted: "row-inserted"
    case .writeInserted: "write-inserted"
    case .payloadInserted: "payload-inserted"
    case .emptied: "log-emptied"
    case .cut: "log-cut"
    case .head: "head-differs"
    }
  }
}
