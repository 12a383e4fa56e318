import AuditLog
import FactStore
import Facts
import Formats
import Values

/// Reads files into the store: each row whole or not at all, bad rows into quarantine, nothing twice.
///
/// A file is looked through once for its digest and its encoding, so that a file of the wrong encoding stores
/// nothing, and then read in chunks of some thousand rows, each stored in one write. Killed in between, the next
/// reading finds what was stored, adds the rest, and ends with the same store.
public struct Ingestor: Sendable {
  private let store: FactStore
  private let audit: AuditLog

  /// Reads into a store, and enters each write in the audit log.
  public init(_ store: FactStore, audit: AuditLog) {
    self.store = store
    self.audit = audit
  }

  /// Reads one file, or standard input for "-"; without a mapping the header must be that of a canonical layout.
  public func ingest(
    file path: String, mapping: Mapping? = nil, options: IngestOptions
  ) throws(IngestError) -> FileReport {
    let file = try Self.opening { () throws(ByteSourceError) in try RereadableFile(path: path) }
    let encoding = options.encoding ?? mapping?.definition.encoding ?? .utf8
    let content = try inspect(file, encoding)

    let delimiter = options.delimiter?.byte ?? mapping?.definition.delimiter ?? Delimiter.comma.byte
    let dialect = CSVDialect(delimiter: delimiter, encoding: encoding)
    let (reader, first) = try Self.opening { () throws(ByteSourceError) in
      let reader = CSVReader(try file.source(), dialect: dialect)
      return (reader, try reader.step())
    }
    let header = try FileHeader(first, reader, file: file.name, mapping: mapping)
    var reading = FileReading(
      store: store, audit: audit, reader: reader, header: header, file: file.name, options: options,
      digest: Self.digest(content, header.mapping, dialect))
    return try reading.run()
  }

  /// Reads files one after the other; the first that cannot be read ends the run, those before it stay stored.
  public func ingest(
    files: [String], mapping: Mapping? = nil, options: IngestOptions
  ) throws(IngestError) -> IngestReport {
    var report = IngestReport()
    for file in files { report.files.append(try ingest(file: file, mapping: mapping, options: options)) }
    if !options.isDryRun { report.waitingCustomers = try waitingCustomers() }
    return report
  }

  /// How many customers, known by number or code only, stored facts wait for.
  public func waitingCustomers() throws(IngestError) -> Int {
    do throws(StoreError) {
      return try store.read { reader throws(StoreError) in try reader.waitingCustomers() }
    } catch {
      throw .store(file: "the database", error)
    }
  }

  /// The digest of the content; throws when the file as a whole is not in the encoding.
  private func inspect(_ file: RereadableFile, _ encoding: TextEncoding) throws(IngestError) -> Digest {
    var scan = EncodingScan(encoding)
    var hash = SHA256()
    try Self.opening { () throws(ByteSourceError) in
      try file.source().forEachBlock { block in
        scan.feed(block)
        hash.update(UnsafeRawBufferPointer(block))
      }
    }
    if let bad = scan.finish() { throw .wrongEncoding(file: file.name, bad) }
    return hash.finish()
  }

  private static func opening<Result>(
    _ body: () throws(ByteSourceError) -> Result
  ) throws(IngestError) -> Result {
    do throws(ByteSourceError) { return try body() } catch { throw .file(error) }
  }

  /// What stands for "the same file" in the store: the bytes and the way in which they were read.
  ///
  /// Read with a mended mapping, the same bytes may say something else; that is a correction, not a contradiction.
  private static func digest(_ content: Digest, _ mapping: Mapping, _ dialect: CSVDialect) -> Digest {
    SHA256.hash(
      "\(content.hexadecimal) \(mapping.definition.fingerprint.hexadecimal) \(dialect.encoding.rawValue) "
        + "\(dialect.delimiter)")
  }
}
