import FactStore
import Facts
import Formats
import Ingestion
import SQLite
import Values

extension Command {
  /// `bonitas ingest`: files in.
  static let ingest = Command(
    "ingest",
    summary: "Read CSV files into the database; bad rows go to quarantine.",
    discussion: """
      A file of a canonical layout is recognised by its header ('bonitas template' lists them); any other needs a \
      mapping. The order of the files does not matter, and reading a file again adds nothing. Files packed \
      by gzip are unpacked; '-' is standard input.

      A row that cannot be taken is put into quarantine with its file, line, column, rule and a hint; the other rows \
      are stored, and the exit code is 3. A record whose content differs from what is known corrects it. Records of a \
      customer who has not arrived yet wait and join when the customer arrives.
      """,
    positionals: [Ingesting.files],
    options: [
      Ingesting.mapping, Ingesting.source, Ingesting.encoding, Ingesting.delimiter, Ingesting.dryRun,
      Ingesting.knownAt,
    ],
    needs: .anybody,
    examples: [
      Example(
        "bonitas ingest sample-data/customers.csv sample-data/invoices.csv", "Reads two canonical files."),
      Example(
        "bonitas ingest sample-data/payments.csv --dry-run", "Tells what would happen and stores nothing."),
    ], run: Ingesting.run)
}

private enum Ingesting {
  static let files = Positional("FILE", .path(), "The files; '-' is standard input.", repeats: true)
  static let mapping = Option("mapping", .path(), "The mapping (JSON) that says what the rows mean.")
  static let source = Option(
    "source", .name("NAME"), "Whose records these are (default that of the layout or mapping).")
  static let encoding = Option(
    "encoding",
    ValueKind<TextEncoding>(placeholder: "NAME") { text in
      let known = TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
      return TextEncoding(name: text).map(Reading.value) ?? .problem("is not one of \(known)")
    },
    "The encoding (default that of the mapping, else UTF-8): "
      + TextEncoding.allCases.map(\.rawValue).joined(separator: ", ") + ".")
  static let delimiter = Option(
    "delimiter",
    ValueKind<Delimiter>(placeholder: "SIGN") { text in
      let known = Delimiter.allCases.map { "'\($0.label)'" }.joined(separator: ", ")
      return Delimiter(text).map(Reading.value) ?? .problem("is not one of \(known)")
    }, "What separates the fields (default that of the mapping, else a comma).")
  static let dryRun = Flag("dry-run", "Tell what would happen; store nothing.")
  static let knownAt = Option(
    "known-at", .instant, "Since when the records count as known, for loads of history (default now).")

  static func run(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    var options = IngestOptions(actor: arguments.actor, at: edge.now, knownFrom: arguments[knownAt])
    options.source = arguments[source]
    options.encoding = arguments[encoding]
    options.delimiter = arguments[delimiter]
    options.isDryRun = arguments[dryRun]
    var compiled: Mapping?
    if let path = arguments[mapping] { compiled = try failing { try Mapping(path: path) } }
    let ingestor = Ingestor(try arguments.store(edge, .create), audit: try edge.auditLog())
    var run = IngestRun(ingestor, mapping: compiled, options: options, edge: edge)
    for file in arguments.all(files) where try !run.read(file) { break }
    try run.finish()
    if arguments.wantsJSON {
      edge.output.json(run.json)
    } else {
      run.write(to: edge.output)
    }
    for failure in run.failures {
      edge.output.flush()
      edge.errors.line(edge.errors.style(.bad, "bonitas:") + " " + failure.sentence)
    }
    if !run.failures.isEmpty { return .refused }
    return run.report.quarantined > 0 ? .quarantined : .done
  }
}

/// Several files read one after the other, and what is told of them.
struct IngestRun {
  private let ingestor: Ingestor
  private let mapping: Mapping?
  private let options: IngestOptions
  private let edge: Edge
  private(set) var report = IngestReport()
  private(set) var failures: [Failure] = []

  init(_ ingestor: Ingestor, mapping: Mapping? = nil, options: IngestOptions, edge: Edge) {
    self.ingestor = ingestor
    self.mapping = mapping
    self.options = options
    self.edge = edge
  }

  /// Reads one file, noting it where it cannot be read; false when the store failed and going on is in vain.
  mutating func read(_ file: String) throws(Failure) -> Bool {
    let line = ProgressLine(edge.errors)
    defer { line.finish() }
    var options = options
    options.progress = { file, rows in line.report(file, rows) }
    do throws(IngestError) {
      report.files.append(try ingestor.ingest(file: file, mapping: mapping, options: options))
      return true
    } catch {
      failures.append(Failure(error))
      if case .store = error { return false }
      return true
    }
  }

  /// Counts what still waits.
  mutating func finish() throws(Failure) {
    guard !options.isDryRun, failures.isEmpty else { return }
    do throws(IngestError) {
      report.waitingCustomers = try ingestor.waitingCustomers()
    } catch {
      throw Failure(error)
    }
  }

  /// A row for each file, and what is worth knowing below.
  func write(to output: TextStream) {
    guard !report.files.isEmpty else { return }
    var table = Table([
      .init("file", .left, .shortens), .init("layout", .left, .leaves), .init("rows", .right),
      .init("stored", .right),
      .init("corrected", .right),
      .init("known", .right), .init("quarantine", .right),
    ])
    for file in report.files {
      table.add([
        .init(file.file), .init(file.layout), .init(file.rows), .init(file.storedTotal),
        .init(file.correctionsTotal), .init(file.alreadyKnown),
        .init(file.quarantinedTotal, file.quarantinedTotal > 0 ? .warning : .plain),
      ])
    }
    if report.files.count > 1 {
      func sum(_ value: (FileReport) -> Int) -> Table.Cell {
        .init(report.files.reduce(0) { $0 + value($1) }, .emphasis)
      }
      table.add([
        .init("all", .emphasis), "", sum(\.rows), sum(\.storedTotal), sum(\.correctionsTotal),
        sum(\.alreadyKnown), sum(\.quarantinedTotal),
      ])
    }
    table.write(to: output)
    if options.isDryRun { output.line("Nothing was stored: this was a dry run.") }
    for file in report.files {
      for (rule, count) in file.warnings.sorted(by: { $0.key < $1.key }) {
        output.line("\(visible(file.file)): \(counted(count, "row")) stored with a warning: \(rule).")
      }
    }
    if let waiting = report.waitingCustomers, waiting > 0 {
      output.line(
        "Records wait for \(counted(waiting, "customer")) that \(waiting == 1 ? "has" : "have") not arrived yet."
      )
    }
    if report.quarantined > 0, !options.isDryRun {
      output.line("'bonitas quarantine list' shows the rows that were not taken, and why.")
    }
  }

  var json: JSONValue {
    [
      "files": .array(report.files.map(Self.describe)),
      "waitingCustomers": report.waitingCustomers.map { .number(Decimal($0)) } ?? .null,
      "quarantined": .number(Decimal(report.quarantined)), "dryRun": .bool(options.isDryRun),
      "failures": .array(
        failures.map { ["code": .string($0.code), "sentence": .string($0.sentence)] }),
    ]
  }

  private static func describe(_ file: FileReport) -> JSONValue {
    func kinds(_ counts: [FactKind: Int]) -> JSONValue {
      var object = JSONObject()
      for kind in FactKind.allCases {
        if let count = counts[kind] { object[kind.rawValue] = .number(Decimal(count)) }
      }
      return .object(object)
    }
    func codes(_ counts: [String: Int]) -> JSONValue {
      var object = JSONObject()
      for (code, count) in counts.sorted(by: { $0.key < $1.key }) { object[code] = .number(Decimal(count)) }
      return .object(object)
    }
    return [
      "file": .string(file.file), "layout": .string(file.layout), "source": .string(file.source),
      "rows": .number(Decimal(file.rows)), "stored": kinds(file.stored),
      "storedTotal": .number(Decimal(file.storedTotal)), "corrections": kinds(file.corrections),
      "correctionsTotal": .number(Decimal(file.correctionsTotal)),
      "alreadyKnown": .number(Decimal(file.alreadyKnown)), "quarantined": codes(file.quarantined),
      "quarantinedTotal": .number(Decimal(file.quarantinedTotal)), "warnings": codes(file.warnings),
      "encoding": .string(file.encoding.rawValue),
    ]
  }
}

/// The progress of one file, in a form that the reading may call from wherever it is.
///
/// Unchecked: the ingestor calls it on the thread that called the ingestor, which is the program's only one.
private final class ProgressLine: @unchecked Sendable {
  private let stream: TextStream
  private var progress: Progress?

  init(_ stream: TextStream) { self.stream = stream }

  func report(_ file: String, _ rows: Int) {
    let progress = self.progress ?? Progress(visible(file), unit: "rows", on: stream)
    self.progress = progress
    progress.report(rows)
  }

  func finish() { progress?.finish() }
}
