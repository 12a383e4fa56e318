import AuditLog
import DebtManagement
import Decisioning
import Explanation
import FactStore
import Facts
import Formats
import Glibc
import HumanReview
import Ingestion
import Rerating
import SQLite
import SyntheticPortfolio
import Values

extension Command {
  /// `bonitas demo`: the whole path on sample data.
  static let demo = Command(
    "demo",
    summary: "Read the sample data, rate everybody, explain one decision.",
    discussion: """
      Writes to the database of --database, which must be new or this demo's own; running it again ends the same. \
      The sample data has rows that belong into quarantine: they are part of the story, and the exit code is 0.
      """,
    options: [DemoRun.sampleData, DemoRun.businessDate],
    needs: .anybody,
    examples: [
      Example("bonitas demo", "Makes bonitas.db in this folder."),
      Example("bonitas demo --database /tmp/demo.db", "The same elsewhere."),
    ]
  ) { arguments, edge throws(Failure) in
    var run = try DemoRun(arguments, edge)
    try run.perform()
    return run.isAsMeant ? .done : .refused
  }
}

/// One run of the demo, step by step.
struct DemoRun {
  static let sampleData = Option(
    "sample-data", .path("FOLDER"), "The folder of the sample data (default sample-data).")
  static let businessDate = Option(
    "business-date", .date, "The day to rate for (default \(PortfolioGenerator.defaultBusinessDate)).")

  /// The source of all that the demo reads; by it a database is told to be the demo's own.
  private static let source = "sample-data"
  /// Whose decision is explained: stopped paying half a year ago, so that reasons and points tell a story.
  private static let hero = "CAST-14"

  private let arguments: Arguments
  private let edge: Edge
  private let date: CivilDate
  private let files: [String]
  private let store: FactStore
  private let audit: AuditLog
  private let rater: Rater
  private var replay = ReplayTally()
  private var failures: [Failure] = []

  init(_ arguments: Arguments, _ edge: Edge) throws(Failure) {
    self.arguments = arguments
    self.edge = edge
    date = arguments[Self.businessDate] ?? PortfolioGenerator.defaultBusinessDate
    let folder = arguments[Self.sampleData] ?? "sample-data"
    files = Self.csvFiles(folder)
    if files.isEmpty {
      throw Failure(
        "no-sample-data",
        "There are no sample files in \(visible(folder)): run this where the repository is, or name the folder with "
          + "--sample-data.")
    }
    // The rules first: with a broken model nothing is to be written.
    _ = try arguments.ruleSet(edge)
    store = try arguments.store(edge, .create)
    audit = try edge.auditLog()
    let sources = try failing { [store] in
      try store.read { reader throws(SQLiteError) in try reader.sources() }
    }
    if let other = sources.first(where: { $0 != Self.source && $0 != DebtFacts.source }) {
      throw Failure(
        "other-data",
        "The database \(visible(arguments.database(edge))) holds other data (of the source '\(visible(other))'); "
          + "nothing was changed in it. Name a new file with --database")
    }
    rater = Rater(
      store: store, ruleSet: try arguments.ruleSet(edge, on: date, in: store), audit: audit)
  }

  /// Whether everything went as meant; quarantined rows are meant.
  var isAsMeant: Bool { failures.isEmpty && replay.different.isEmpty && replay.replayed > 0 }

  mutating func perform() throws(Failure) {
    let ingest = try self.ingest()
    failures = ingest.failures
    let quarantine = try failing { [store] in
      try store.read { reader throws(StoreError) in try reader.quarantine() }
    }
    let report = try Portfolio.rerate(rater, arguments, edge, businessDate: date)
    let queue = try queue()
    let document = try explanation()
    try arguments.recordRead(
      by: "demo", of: Set([document.decision.customerKey] + queue.first.compactMap(\.customerKey)).sorted(),
      about: ["decision": .string(document.decision.id.description)], in: store, edge)
    let debt = try DemoDebt(
      desk: try arguments.debtDesk(edge, on: date), source: Self.source, date: date
    ).perform()
    var tally = ReplayTally()
    try failing { [store] in try Replay(store).replayAll { tally.add($0) } }
    replay = tally
    if arguments.wantsJSON {
      edge.output.json([
        "database": .string(arguments.database(edge)), "businessDate": .string(date.description),
        "ingest": ingest.json, "quarantine": .array(quarantine.map(Quarantine.describe)),
        "rerate": Portfolio.json(report), "cases": .number(Decimal(queue.waiting)),
        "explanation": document.json, "debt": debt?.json ?? .null, "replay": tally.json,
        "next": .array(next(document).map { .string($0.line) }),
      ])
    } else {
      tell(ingest, quarantine, report, queue, document, debt, tally)
    }
    for failure in failures { edge.errors.line("bonitas: " + failure.sentence) }
  }

  private func ingest() throws(Failure) -> IngestRun {
    var options = IngestOptions(actor: arguments.actor, at: edge.now)
    options.source = Self.source
    var run = IngestRun(Ingestor(store, audit: audit), options: options, edge: edge)
    for file in files where try !run.read(file) { break }
    try run.finish()
    return run
  }

  /// Opens the cases that the decisions ask for; the customers' time to an answer runs from today.
  private func queue() throws(Failure) -> (first: [ReviewCase], waiting: Int) {
    try failing {
      let files = rater.ruleSet.files
      let desk = ReviewDesk(
        store: store, audit: audit, rules: files, policy: try ReviewPolicy(files), compiled: rater.ruleSet)
      let now = Edge.currentInstant()
      _ = try desk.follow(on: arguments.today(edge), at: now)
      return try store.read { reader throws(ReviewError) in
        (
          first: try ReviewStore.list(QueueFilter(), after: nil, limit: 5, at: now, in: reader),
          waiting: try ReviewStore.figures(on: arguments.today(edge), in: reader.sql).total
        )
      }
    }
  }

  private func explanation() throws(Failure) -> ExplanationDocument {
    let found = try failing {
      try store.read { reader throws(DecisionStoreError) -> DecisionRecord? in
        let key = try DecisionStoreError.wrapping { () throws(SQLiteError) in
          try reader.key(of: .number(Self.hero))
        }
        if let key, let record = try DecisionStore.latest(customerKey: key, in: reader.sql) { return record }
        return try DecisionStore.decisions(after: nil, limit: 1, in: reader.sql).first
      }
    }
    guard let record = found else {
      throw Failure("no-decision", "The sample data has no customer to rate on \(date).")
    }
    return try failing {
      try ExplanationDocument(record, texts: try TextCatalogue(rater.ruleSet.files, language: .english))
    }
  }

  private func tell(
    _ ingest: IngestRun, _ quarantine: [QuarantinedRecord], _ report: Rerating.Report,
    _ queue: (first: [ReviewCase], waiting: Int), _ document: ExplanationDocument, _ debt: DemoDebt.Story?,
    _ tally: ReplayTally
  ) {
    let output = edge.output
    heading("1. Files in")
    ingest.write(to: output)
    heading("2. Rows that were not taken")
    Quarantine.table(quarantine).write(to: output)
    heading("3. The portfolio rated as of \(date)")
    Portfolio.write(report, to: output)
    heading("4. One decision explained")
    for line in document.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      output.fitted(visible(String(line)))
    }
    heading("5. What is left to people")
    var table = Table([
      .init("case"), .init("customer"), .init("name", .left, .leaves), .init("reason", .left, .wraps),
    ])
    for found in queue.first {
      table.add([
        .init(found.id.description), .init(found.customer ?? ""), .init(visible(found.name ?? "")),
        .init(found.reason),
      ])
    }
    table.write(to: output)
    output.line(
      queue.waiting > queue.first.count
        ? "and \(grouped(queue.waiting - queue.first.count)) more." : "That is all.")
    if let debt {
      heading("6. A debt, from the first reminder to a restriction and back")
      debt.write(to: output)
    }
    heading("7. Every decision recomputed from the stored facts and rules")
    tally.write(to: output)
    heading("Type next")
    let lines = next(document)
    let width = lines.map(\.line.count).max() ?? 0
    for (line, meaning) in lines {
      output.line(
        "  " + output.style(.emphasis, line) + String(repeating: " ", count: width - line.count + 2) + "# "
          + meaning)
    }
  }

  private func heading(_ text: String) {
    edge.output.line()
    edge.output.line(edge.output.style(.heading, text))
  }

  /// Commands with ids of this database, spelled so that they work where the demo was started.
  private func next(_ document: ExplanationDocument) -> [(line: String, meaning: String)] {
    let path = arguments.database(edge)
    let isDefault = edge.variable("BONITAS_DATABASE") == path || path == "bonitas.db"
    let database = isDefault ? "" : " --database \(Shell.quoted(path))"
    let rules = arguments[SharedOptions.rules].map { " --rules \(Shell.quoted($0))" } ?? ""
    let name = edge.programName
    let customer = Shell.quoted(document.decision.content.customer)
    return [
      ("\(name) explain \(document.decision.id) --language lv\(database)", "the same in Latvian"),
      ("\(name) features show \(customer) --business-date \(date)\(database)\(rules)", "what the rules saw"),
      ("\(name) quarantine show 1\(database)", "one row that was not taken"),
      (
        "\(name) users add anna --role administrator\(database)",
        "the first user; README tells the rest of the review"
      ),
    ]
  }

  /// The CSV files of the folder and of its folders of one level, in the order of their names.
  private static func csvFiles(_ folder: String) -> [String] {
    func entries(_ path: String) -> [String] {
      guard let stream = opendir(path) else { return [] }
      defer { closedir(stream) }
      var names: [String] = []
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if !name.hasPrefix(".") { names.append(name) }
      }
      return names.sorted()
    }
    let root = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    var files: [String] = []
    var folders: [String] = []
    for name in entries(root) {
      if name.hasSuffix(".csv") { files.append("\(root)/\(name)") } else { folders.append("\(root)/\(name)") }
    }
    for folder in folders {
      files += entries(folder).filter { $0.hasSuffix(".csv") }.map { "\(folder)/\($0)" }
    }
    return files
  }
}

/// Words as a shell reads them.
enum Shell {
  /// The word in single quotes where it holds anything that a shell would take apart.
  static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        byte >= 0x80
          || "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@%+,".utf8.contains(byte)
      }
    return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
