import AuditLog
import FactStore
import Facts
import Formats
import SQLite
import Values

/// One reading of one file, chunk by chunk.
///
/// Rows are evaluated outside the write, so that the lock that all writers share is held for storing alone.
struct FileReading {
  private enum Row {
    case facts(PendingRow)
    case rejected(Rejection)
  }

  private struct Chunk {
    var rows: [Row] = []
    var isLast = false
  }

  private let store: FactStore
  private let audit: AuditLog
  private let reader: CSVReader
  private let evaluator: RowEvaluator
  private let options: IngestOptions
  private let mapping: Mapping
  private let description: BatchDescription
  private var report: FileReport
  private var batch: Batch?
  private var rowsRead = 0

  /// Facts of a chunk beyond which it is stored though it has fewer rows than asked for: writes stay short.
  private static let chunkFacts = 20_000

  init(
    store: FactStore, audit: AuditLog, reader: CSVReader, header: FileHeader, file: String,
    options: IngestOptions,
    digest: Digest
  ) {
    self.store = store
    self.audit = audit
    self.reader = reader
    self.options = options
    mapping = header.mapping
    evaluator = RowEvaluator(mapping, places: header.places)
    reader.expectedFields = header.count
    let source = options.source ?? mapping.source
    description = BatchDescription(
      source: source, file: file, digest: digest, layout: mapping.name, knownFrom: options.knownFrom)
    report = FileReport(
      file: file, layout: mapping.name, source: source, isDryRun: options.isDryRun,
      encoding: reader.dialect.encoding)
  }

  /// Reads to the end of the file.
  mutating func run() throws(IngestError) -> FileReport {
    if options.isDryRun {
      try rehearse()
    } else {
      while true {
        let chunk = try nextChunk()
        do throws(StoreError) {
          try store.write(actor: options.actor, at: options.at, purpose: "ingest \(report.file)") {
            write throws(StoreError) in try keep(chunk, write)
          }
        } catch {
          throw .store(file: report.file, error)
        }
        options.progress?(report.file, rowsRead)
        if chunk.isLast { break }
      }
    }
    report.rows = rowsRead
    return report
  }

  /// All in one write that is then undone: the only way to tell truly what would happen.
  private mutating func rehearse() throws(IngestError) {
    var failure: IngestError?
    do throws(StoreError) {
      try store.write(actor: options.actor, at: options.at, purpose: "dry run") { write throws(StoreError) in
        defer { write.abandon() }
        while failure == nil {
          let chunk: Chunk
          do throws(IngestError) {
            chunk = try nextChunk()
          } catch {
            failure = error
            return
          }
          try keep(chunk, write)
          options.progress?(report.file, rowsRead)
          if chunk.isLast { return }
        }
      }
    } catch {
      throw .store(file: report.file, error)
    }
    if let failure { throw failure }
  }

  private mutating func nextChunk() throws(IngestError) -> Chunk {
    var chunk = Chunk()
    var facts = 0
    while chunk.rows.count < options.chunkRows, facts < Self.chunkFacts {
      let step: CSVReader.Step
      do throws(ByteSourceError) {
        step = try reader.step()
      } catch {
        throw .file(error)
      }
      switch step {
      case .end:
        chunk.isLast = true
        return chunk
      case .bad(let problem): chunk.rows.append(.rejected(evaluator.rejection(problem, reader)))
      case .row:
        switch evaluator.outcome(reader) {
        case .facts(let found):
          facts += found.count
          chunk.rows.append(
            .facts(PendingRow(line: reader.line, facts: found, raw: RowEvaluator.raw(reader))))
        case .rejected(let rejection): chunk.rows.append(.rejected(rejection))
        }
      }
      rowsRead += 1
    }
    return chunk
  }

  private mutating func keep(_ chunk: Chunk, _ write: StoreTransaction) throws(StoreError) {
    let before = write.sql.changeCount
    let reported = report
    let batch = if let opened = self.batch { opened } else { try openBatch(write) }
    for row in chunk.rows {
      switch row {
      case .rejected(let rejection): try putAside(rejection, batch, write)
      case .facts(let row):
        do throws(StoreError) {
          try count(try outcomes(of: row, batch, write))
          if batch.isKnown { try write.settleQuarantine(line: row.line, of: batch) }
          for warning in row.facts.flatMap(\.warnings) {
            report.warnings[warning.rule.rawValue, default: 0] += 1
          }
        } catch {
          guard error.concernsRecord else { throw error }
          try putAside(evaluator.rejection(row, error), batch, write)
        }
      }
    }
    if chunk.isLast { try write.complete(batch, rows: rowsRead) }
    // Reading a file again adds nothing, so there is nothing to enter.
    if write.sql.changeCount > before {
      try audit.enter(batch, of: description, isLast: chunk.isLast, since: reported, until: report, write)
    }
    self.batch = batch
  }

  private func openBatch(_ write: StoreTransaction) throws(StoreError) -> Batch {
    let source = mapping.definition.source
    try write.source(named: description.source, purpose: source.purpose, dataClass: source.dataClass)
    return try write.openBatch(description)
  }

  private func outcomes(
    of row: PendingRow, _ batch: Batch, _ write: StoreTransaction
  ) throws(StoreError) -> [(FactKind, StoreOutcome)] {
    // A single fact is stored or not; only several need a step of their own to be all or none.
    if row.facts.count == 1 {
      return [(row.facts[0].kind, try write.store(row.facts[0], in: batch, line: row.line))]
    }
    return try write.step { () throws(StoreError) in
      var outcomes: [(FactKind, StoreOutcome)] = []
      outcomes.reserveCapacity(row.facts.count)
      for fact in row.facts { outcomes.append((fact.kind, try write.store(fact, in: batch, line: row.line))) }
      return outcomes
    }
  }

  private mutating func count(_ outcomes: [(FactKind, StoreOutcome)]) throws(StoreError) {
    for (kind, outcome) in outcomes {
      switch outcome {
      case .stored: report.stored[kind, default: 0] += 1
      case .correction: report.corrections[kind, default: 0] += 1
      case .alreadyKnown: report.alreadyKnown += 1
      }
    }
  }

  private mutating func putAside(
    _ rejection: Rejection, _ batch: Batch, _ write: StoreTransaction
  ) throws(StoreError) {
    report.quarantined[rejection.rule, default: 0] += 1
    if try !write.quarantine(rejection, in: batch) { report.quarantinedBefore += 1 }
  }
}
