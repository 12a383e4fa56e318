import SQLite
import Values

/// What later entries tell of erasures, gathered before the pass: a gap is lawful only where a later entry tells of it.
///
/// The erasures themselves are verified in the pass; a forged one is a bad entry in its own place.
struct Erasures {
  private var payloads: [(numbers: ClosedRange<Int>, by: Int)] = []
  private var rows: [AuditPayload.RowName: Int] = [:]

  init(_ reader: Reader) throws(SQLiteError) {
    let statement = try reader.prepare(
      """
      SELECT e.number, p.payload FROM audit_entry e JOIN audit_payload p ON p.number = e.number
      WHERE e.kind = ?
      """)
    try statement.bind(1, AuditKind.erasure.rawValue)
    while try statement.step() {
      let number = try statement.row.integer(0)
      guard let payload = AuditPayload(bytes: try statement.row.blob(1)) else { continue }
      payloads += payload.erased.map { ($0, number) }
      for name in payload.released { rows[name] = max(number, rows[name] ?? 0) }
    }
    payloads.sort { $0.numbers.lowerBound < $1.numbers.lowerBound }
  }

  /// The later entry that tells of the erasure of an entry's payload.
  func erasure(of number: Int) -> Int? {
    var low = 0
    var high = payloads.count
    while low < high {
      let middle = low + (high - low) / 2
      if payloads[middle].numbers.upperBound < number { low = middle + 1 } else { high = middle }
    }
    guard low < payloads.count, payloads[low].numbers.contains(number), payloads[low].by > number else {
      return nil
    }
    return payloads[low].by
  }

  /// Whether an entry later than a number tells that a row is no longer vouched for.
  func releases(_ row: AuditPayload.RowName, after number: Int) -> Bool {
    (rows[row] ?? 0) > number
  }
}
