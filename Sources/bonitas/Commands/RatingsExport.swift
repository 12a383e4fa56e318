import Access
import AuditLog
import Decisioning
import FactStore
import Formats
import HumanReview
import SQLite
import Values

extension Command {
  /// `bonitas ratings export`: the newest decision about each customer, as CSV.
  static let ratingsExport = Command(
    "ratings export",
    summary: "Write the newest rating of every customer as CSV.",
    discussion: """
      Columns customer, score, rating, outcome, decision, contested; ordered by customer number. contested names the \
      case where the customer contests the decision: until it is answered, the decision has no effect against the \
      customer. With --business-date only decisions for that day or an earlier one count. The file replaces an older one when it is complete.
      """,
    options: [output, businessDate],
    needs: .permission(.readPersonalData),
    examples: [Example("bonitas ratings export --output ratings.csv", "Writes ratings.csv.")]
  ) { arguments, edge throws(Failure) in
    let path = try arguments.required(output)
    let store = try arguments.store(edge)
    let date = arguments[businessDate]
    var writer = CSVWriter()
    writer.row(["customer", "score", "rating", "outcome", "decision", "contested"])
    let (rows, count) = try failing {
      try store.read { reader throws(SQLiteError) in
        var count = 0
        let contests = try OpenContests(in: reader.sql)
        try DecisionStore.eachLatest(upTo: date, in: reader.sql) { line in
          writer.row([
            line.customer, line.score ?? "", line.rating ?? "", line.outcome, line.decision.description,
            contests[line.customerKey, order: line.orderReference]?.description ?? "",
          ])
          count += 1
        }
        return (writer.take(), count)
      }
    }
    try arguments.recordRead(
      by: "ratings export", of: [AuditNote.everybody], about: ["ratings": .number(Decimal(count))], in: store,
      edge)
    if path == "-" {
      edge.output.write(bytes: rows)
      return .done
    }
    let file = try OutputFile(path, sparing: arguments.database(edge))
    try file.write(rows)
    try file.finish()
    if arguments.wantsJSON {
      edge.output.json(["file": .string(path), "ratings": .number(Decimal(count))])
    } else {
      edge.output.line("\(visible(path)): \(counted(count, "rating")).")
    }
    return .done
  }

  private static let output = Option(
    "output", .path(), "The file; '-' is standard output.", isRequired: true)
  private static let businessDate = Option(
    "business-date", .date, "Only decisions for this day or an earlier one (default all).")
}
