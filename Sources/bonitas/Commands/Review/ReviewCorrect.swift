import Access
import DebtManagement
import FactStore
import Formats
import HumanReview
import Ingestion
import SQLite
import Values

extension Command {
  /// `bonitas review correct`: inputs that were wrong.
  static let reviewCorrect = Command(
    "review correct",
    summary: "Load corrected records, and enter that in a case that you have claimed.",
    discussion: """
      Files as 'bonitas ingest' reads them. A record corrects the one with its number from the same source, so the \
      records are taken for those of the source that the customer's records come from, apart from the letters that \
      bonitas wrote itself; --source names another. After that 'bonitas review decide CASE --corrected' has the rules decide again with what is known now.
      """,
    positionals: [Reviewing.caseID, Correcting.files], options: [Correcting.source],
    takesTimes: .businessDate,
    needs: .signedIn(.review),
    examples: [
      Example("bonitas review claim R-313", "Take it."),
      Example(
        "bonitas review correct R-313 sample-data/cast/payments.csv",
        "Reads payments; known ones change nothing."),
    ], run: Correcting.run)
}

private enum Correcting {
  static let files = Positional("FILE", .path(), "The files with the corrected records.", repeats: true)
  static let source = Option(
    "source", .name("NAME"), "Whose records these are (default the source of the customer's records).")

  static func run(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let actor = try arguments.user()
    let id = try arguments.required(Reviewing.caseID)
    let desk = try arguments.desk(edge)
    let found = try desk.found(id, at: edge.now)
    // Before anything is stored.
    try failing { try desk.requireClaim(found, by: actor, at: edge.now) }
    var options = IngestOptions(actor: actor.name, at: edge.now)
    options.source = arguments[source]
    if options.source == nil { options.source = try customerSource(found, arguments, desk, edge) }
    var run = IngestRun(Ingestor(desk.store, audit: try edge.auditLog()), options: options, edge: edge)
    for file in arguments.all(files) where try !run.read(file) { break }
    try run.finish()
    let reports = run.report.files.map { file -> JSONValue in
      [
        "file": .string(file.file), "source": .string(file.source), "layout": .string(file.layout),
        "stored": .number(Decimal(file.storedTotal)), "corrected": .number(Decimal(file.correctionsTotal)),
        "quarantined": .number(Decimal(file.quarantinedTotal)),
      ]
    }
    if !reports.isEmpty {
      try failing { try desk.corrected(id, reports, by: actor, at: Edge.currentInstant()) }
    }
    let changed = run.report.files.reduce(0) { $0 + $1.storedTotal + $1.correctionsTotal }
    if arguments.wantsJSON {
      edge.output.json(["case": .string(id.description), "ingest": run.json])
    } else {
      run.write(to: edge.output)
      edge.output.wrapped(
        changed == 0
          ? "Nothing of it was new; the case stands as it did."
          : "Entered in \(id). 'bonitas review decide \(id) --corrected ...' has the rules decide again.")
    }
    for failure in run.failures {
      edge.output.flush()
      edge.errors.line(edge.errors.style(.bad, "bonitas:") + " " + failure.sentence)
    }
    if !run.failures.isEmpty { return .refused }
    return run.report.quarantined > 0 ? .quarantined : .done
  }

  /// The one source of the customer's records; nil for a customer without any.
  ///
  /// What debt management has entered itself, as notices that it sent, is nobody's to correct by a file.
  private static func customerSource(
    _ found: ReviewCase, _ arguments: Arguments, _ desk: ReviewDesk, _ edge: Edge
  ) throws(Failure) -> String? {
    guard let key = found.customerKey else { return nil }
    let today = try arguments.reviewDay(edge)
    let facts = try failing {
      try desk.store.read { reader throws(StoreError) in
        try reader.facts(of: key, asOf: AsOf(businessDate: today, knownAt: edge.now))
      }
    }
    let sources = CaseRecord.sources(of: facts).subtracting([DebtFacts.source])
    guard sources.count < 2 else {
      throw Failure(
        "several-sources",
        "The customer's records come from several sources (\(sources.sorted().joined(separator: ", "))): name the one that "
          + "is corrected with --source.")
    }
    return sources.first
  }
}
