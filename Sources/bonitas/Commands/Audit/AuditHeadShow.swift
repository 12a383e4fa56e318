import AuditLog
import FactStore
import Formats
import SQLite
import Values

extension Command {
  /// `bonitas audit head`: the line to store elsewhere.
  static let auditHead = Command(
    "audit head",
    summary: "Print the head of the audit log as one line, to be stored elsewhere.",
    discussion: """
      The line holds number, hash and instant of the newest entry, and no personal data. Stored where nobody who can \
      write the database can write, it later proves with 'bonitas audit verify' that no entry up to it was changed, \
      reordered or cut off.
      """,
    needs: .anybody,
    examples: [
      Example("bonitas audit head", "The newest entry in one line."),
      Example("bonitas audit head >> audit-heads.txt", "Adds it to a file, day by day."),
    ]
  ) { arguments, edge throws(Failure) in
    let store = try arguments.store(edge)
    let found = try failing {
      try store.read { reader throws(SQLiteError) in try AuditLog.head(in: reader.sql) }
    }
    guard let head = found else { throw Failure(AuditError.empty) }
    if arguments.wantsJSON {
      edge.output.json([
        "number": .number(Decimal(head.number)), "hash": .string(head.hash.hexadecimal),
        "at": .string(head.at.description), "line": .string(head.description),
      ])
    } else {
      edge.output.line(head.description)
    }
    return .done
  }
}
