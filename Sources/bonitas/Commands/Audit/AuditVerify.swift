import AuditLog
import FactStore
import Formats
import SQLite
import Values

extension Command {
  /// `bonitas audit verify`: is the log as it was written.
  static let auditVerify = Command(
    "audit verify",
    summary: "Verify the audit log and every row that it vouches for.",
    discussion: """
      Computes every hash again, compares payloads, writes and audited rows with what the entries say, and names the first \
      bad entry; exit code 1 when there is one. Without a head that was stored elsewhere, the newest entries could have \
      been cut off or the whole log rewritten unseen; so store the line of 'bonitas audit head' where nobody who can \
      write the database can write, and verify against it. Of a file of such lines the last one counts.
      """,
    options: [Verifying.head, Verifying.headFile],
    needs: .anybody,
    examples: [
      Example("bonitas audit verify", "Verifies the log in itself."),
      Example(
        "bonitas audit head > audit-head.txt && bonitas audit verify --head-file audit-head.txt",
        "Stores the head, and verifies against it later."),
    ], run: Verifying.run)
}

private enum Verifying {
  static let head = Option(
    "head",
    ValueKind<AuditHead>(placeholder: "LINE") { text in
      do throws(AuditError) {
        return .value(try AuditHead(line: text))
      } catch {
        return .problem("is not a line as 'bonitas audit head' prints it")
      }
    }, "The head that was stored, as one word in quotes.")
  static let headFile = Option("head-file", .path(), "The file with the head that was stored.")

  static func run(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    if arguments[head] != nil, arguments[headFile] != nil {
      throw Failure(usage: .conflict("Name the head with --head or with --head-file, not both."))
    }
    var anchor = arguments[head]
    if let file = arguments[headFile] { anchor = try Self.anchor(in: file) }
    let store = try arguments.store(edge)
    let report = try failing { [anchor] in
      try store.read { reader throws(SQLiteError) in
        try AuditVerifier(Audit.tables).verify(anchor: anchor, in: reader.sql)
      }
    }
    if arguments.wantsJSON { edge.output.json(json(report)) } else { write(report, edge.output) }
    return report.finding == nil ? .done : .refused
  }

  /// The last line of a small file.
  private static func anchor(in file: String) throws(Failure) -> AuditHead {
    try failing {
      var bytes: [UInt8] = []
      // Heads of decades fit; a file of another kind must not fill the memory.
      try RereadableFile(path: file).source().forEachBlock { block in
        if bytes.count < 1 << 24 { bytes += block }
      }
      let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      return try AuditHead(line: lines.last { !$0.allSatisfy(\.isWhitespace) } ?? "")
    }
  }

  private static func write(_ report: AuditReport, _ output: TextStream) {
    if let finding = report.finding {
      output.line(output.style(.bad, "problem: ") + visible(finding.sentence))
      return
    }
    output.line(
      output.style(.good, "The audit log is as it was written: ")
        + "\(counted(report.entries, "entry", "entries")), \(counted(report.rows, "audited row")) compared.")
    if report.erased > 0 {
      output.line(
        "\(counted(report.erased, "payload")) lawfully erased; these entries prove only that they were made.")
    }
    if report.unaudited > 0 {
      output.line(
        "\(counted(report.unaudited, "row")) older than the log, which vouches for none of them.")
    }
    if let anchor = report.anchor {
      output.line("Up to entry \(grouped(anchor.number)) it is the log whose head was stored.")
      if report.unanchored > 0 {
        output.line(
          "The \(counted(report.unanchored, "entry", "entries")) after it \(report.unanchored == 1 ? "is" : "are") not "
            + "anchored yet: store the new head of 'bonitas audit head' elsewhere.")
      }
    } else {
      output.line(
        "The tail is unanchored: without a head that was stored elsewhere, newest entries that were cut off are not "
          + "missed. Store the line of 'bonitas audit head', and name it here with --head-file.")
    }
  }

  private static func json(_ report: AuditReport) -> JSONValue {
    [
      "sound": .bool(report.finding == nil), "entries": .number(Decimal(report.entries)),
      "rows": .number(Decimal(report.rows)), "erased": .number(Decimal(report.erased)),
      "unaudited": .number(Decimal(report.unaudited)), "anchored": .bool(report.anchor != nil),
      "unanchored": .number(Decimal(report.unanchored)),
      "head": report.head.map { .string($0.description) } ?? .null,
      "finding": report.finding.map { finding in
        [
          "entry": finding.entry.map { .number(Decimal($0)) } ?? .null, "code": .string(finding.code),
          "sentence": .string(finding.sentence),
        ]
      } ?? .null,
    ]
  }
}
