import AuditLog
import FactStore
import Facts
import Foundation
import Ingestion
import Testing
import Values

/// A store in a folder of its own, with files to read into it.
final class Workbench {
  let folder: URL
  let store: FactStore
  let ingestor: Ingestor

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "ingestion-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = try FactStore(
      path: folder.appending(path: "facts.db").path, contributed: AuditLog.migrations)
    ingestor = Ingestor(store, audit: Self.audit)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  static let audit = AuditLog(salts: SaltSource(key: SHA256.hash("a fixed key")))
  static let now = Instant("2026-05-14T08:30:00.000000Z") ?? Instant(microseconds: 0)

  func options(_ change: (inout IngestOptions) -> Void = { _ in }) -> IngestOptions {
    var options = IngestOptions(actor: "tester", at: Self.now)
    change(&options)
    return options
  }

  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = folder.appending(path: name).path
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  func ingest(
    _ name: String, _ text: String, mapping: Mapping? = nil,
    _ change: (inout IngestOptions) -> Void = { _ in }
  ) throws -> FileReport {
    try ingestor.ingest(file: try write(name, text), mapping: mapping, options: options(change))
  }

  func quarantine() throws -> [QuarantinedRecord] {
    try store.read { reader throws(StoreError) in try reader.quarantine(limit: 100_000) }
  }

  func hash() throws -> Digest {
    try store.read { reader throws(StoreError) in
      try Self.storeHash(reader)
    }
  }

  func lastSequence() throws -> Int {
    try store.read { reader throws(StoreError) in
      try Self.lastSequence(reader)
    }
  }

  func facts(of customer: String) throws -> CustomerFacts {
    try store.read { reader throws(StoreError) in
      guard let key = try Self.key(reader, customer) else { return CustomerFacts() }
      let date = CivilDate(year: 2026, month: 5, day: 14) ?? CivilDate(dayNumber: 0)
      return try reader.facts(
        of: key, asOf: AsOf(businessDate: date, knownAt: Workbench.now), kinds: FactKind.allCases)
    }
  }

  // Closures do not infer the type of a caught error, functions do.
  private static func storeHash(_ reader: FactReader) throws(StoreError) -> Digest {
    do { return try reader.storeHash() } catch { throw StoreError(error) }
  }

  private static func lastSequence(_ reader: FactReader) throws(StoreError) -> Int {
    do { return try reader.lastSequence() } catch { throw StoreError(error) }
  }

  private static func key(_ reader: FactReader, _ customer: String) throws(StoreError) -> Int? {
    do { return try reader.key(of: .number(customer)) } catch { throw StoreError(error) }
  }
}

/// What a body throws, as an ingestion error.
func ingestError(_ body: () throws -> Void) -> IngestError? {
  do {
    try body()
    return nil
  } catch {
    return error as? IngestError
  }
}
