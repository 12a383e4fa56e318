import Access
import AuditLog
import FactStore
import Facts
import Formats
import SQLite
import Values

extension Command {
  /// `bonitas quarantine discard`: rows that are not needed.
  static let quarantineDiscard = Command(
    "quarantine discard",
    summary: "Settle rows in quarantine that will never be stored.",
    discussion: """
      For rows that are wrong and that nobody will mend: a total line, a test record, a customer of somebody else. The \
      text of the row stays, with who discarded it and why in the audit log; its customer is no longer referred to a \
      person because of it. A case about the file closes by itself when none of its rows waits any more. All rows that \
      are named are discarded, or none.
      """,
    positionals: [number], options: [reason], needs: .signedIn(.review),
    examples: [
      Example("bonitas quarantine discard 1 --reason 'A test record of the supplier.'", "One row."),
      Example("bonitas quarantine discard 2 3 --reason 'Total lines of the export.'", "Several rows."),
    ]
  ) { arguments, edge throws(Failure) in
    let actor = try arguments.user()
    let numbers = Set(arguments.all(number)).sorted()
    let why = try arguments.required(reason)
    guard why.contains(where: { !$0.isWhitespace }), why.utf8.count <= reasonLimit else {
      throw Failure(
        usage: .conflict("Say with --reason why the rows are not needed, in at most \(reasonLimit) letters."))
    }
    let store = try arguments.store(edge)
    let audit = try edge.auditLog()
    let settledBefore = try failing {
      try store.write(actor: actor.name, at: edge.now, purpose: "quarantine discard") {
        write throws(StoreError) -> QuarantinedRecord? in
        try discard(numbers, because: why, audit, in: write)
      }
    }
    if let record = settledBefore {
      throw Failure(
        "quarantine-settled",
        "Row \(record.key) is settled already (\(record.state.rawValue)); nothing was discarded.")
    }
    if arguments.wantsJSON {
      edge.output.json(["discarded": .array(numbers.map { .number(Decimal($0)) }), "reason": .string(why)])
    } else {
      edge.output.line(
        "\(counted(numbers.count, "row")) discarded. The text stays: 'bonitas quarantine show NUMBER'."
      )
    }
    return .done
  }

  /// Discards all rows and enters it; one that is settled already is given back, and nothing is done.
  private static func discard(
    _ numbers: [Int], because reason: String, _ audit: AuditLog, in write: StoreTransaction
  ) throws(StoreError) -> QuarantinedRecord? {
    var records: [QuarantinedRecord] = []
    for number in numbers {
      guard let record = try write.reader.quarantined(number) else { throw .noSuchQuarantine(number) }
      guard try write.settleQuarantine(number, as: .discarded) else {
        write.abandon()
        return record
      }
      records.append(record)
    }
    var about = JSONObject()
    about["rows"] = .array(numbers.map { .number(Decimal($0)) })
    about["reason"] = .string(reason)
    let note = AuditNote(
      .humanAction, customers: try Quarantine.keys(of: records, write.reader), about: about)
    try StoreError.wrapping { () throws(SQLiteError) in _ = try audit.append(note, in: write.sql) }
    return nil
  }

  private static let reasonLimit = 1000
  private static let number = Positional(
    "NUMBER", .integer("NUMBER", in: 1...Int.max), "The numbers of the rows in 'quarantine list'.",
    repeats: true)
  private static let reason = Option("reason", .text("TEXT"), "Why they are not needed.", isRequired: true)
}
