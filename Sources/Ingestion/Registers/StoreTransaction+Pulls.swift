public import AuditLog
public import FactStore
import Facts
import Formats
import SQLite
import Values

extension AuditedTable {
  /// Which source was asked about whom, when, what for and by what right.
  public static let sourcePull = AuditedTable(
    "source_pull", key: "number",
    columns: ["number", "customer", "source", "at", "state", "kinds", "cause", "purpose", "legal_ground", "sequence"])
}

extension StoreTransaction {
  /// Stores what registers said about a customer, that they were asked, and one audit entry that vouches for all of it.
  ///
  /// Facts count as known from the instant of this write. An entry that was known and says the same adds nothing.
  ///
  /// - Parameters:
  ///   - results: what came of asking, failures included.
  ///   - key: the customer's key.
  public func record(
    _ results: [PullResult], customerKey key: Int, audit: AuditLog
  ) throws(StoreError) {
    guard !results.isEmpty else { return }
    var rows: [AuditedRow] = []
    var about: [JSONValue] = []
    for result in results {
      let source = try source(
        named: result.source.name, purpose: result.source.purpose, dataClass: result.source.dataClass)
      var stored = 0
      if !result.facts.isEmpty {
        let batch = try openBatch(
          BatchDescription(
            source: result.source.name, file: nil, digest: nil, layout: FactStore.registerAnswerLayout, knownFrom: at))
        for fact in result.facts {
          if case .alreadyKnown = try store(fact, in: batch, line: nil) { continue }
          stored += 1
        }
        try complete(batch, rows: result.facts.count)
        rows.append(AuditedRow(.batch, batch.key))
      }
      let pull = SourcePull(
        source: result.source.name, at: at, state: result.state,
        kinds: Set(result.source.kinds.map(\.factKind)), cause: result.cause?.stored,
        purpose: result.source.purpose, legalGround: result.source.legalGround)
      rows.append(AuditedRow(.sourcePull, try record(pull, customerKey: key, source: source)))
      about.append(.object(Self.about(result, stored: stored)))
    }
    try StoreError.wrapping { () throws(SQLiteError) in
      var members = JSONObject()
      members["pulls"] = .array(about)
      _ = try audit.append(AuditNote(.ingestion, customers: [key], rows: rows, about: members), in: sql)
    }
  }

  private static func about(_ result: PullResult, stored: Int) -> JSONObject {
    var about = JSONObject()
    about["source"] = .string(result.source.name)
    about["state"] = .string(result.state.rawValue)
    about["cause"] = result.cause.map { .string($0.stored) }
    about["purpose"] = .string(result.source.purpose)
    about["legalGround"] = .string(result.source.legalGround)
    about["stored"] = .number(Decimal(stored))
    about["tries"] = .number(Decimal(result.tries))
    about["answer"] = result.answer.map { .string($0.hexadecimal) }
    return about
  }
}
