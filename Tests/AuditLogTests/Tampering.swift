import SQLite
import TestSupport
import Values

/// One random change of a database by somebody who can write to the file.
struct Tampering {
  /// A table with its columns and what identifies a row.
  struct Target {
    let table: String
    let columns: [String]
    let keys: [String]
  }

  let targets: [Target]
  var random: SeededGenerator

  /// Makes a change inside a transaction, and describes it; nil where the draw would change nothing.
  mutating func strike(_ transaction: WriteTransaction) throws(SQLiteError) -> String? {
    let target = targets[Int.random(in: 0..<targets.count, using: &random)]
    let count = try transaction.integer("SELECT count(*) FROM \(target.table)") ?? 0
    guard count > 0 else { return nil }
    let row = Int.random(in: 0..<count, using: &random)
    let order = target.keys.joined(separator: ", ")
    let place = "(\(order)) = (SELECT \(order) FROM \(target.table) ORDER BY \(order) LIMIT 1 OFFSET \(row))"
    switch Int.random(in: 0..<10, using: &random) {
    case 0:
      try transaction.execute("DELETE FROM \(target.table) WHERE \(place)")
      return "row \(row) of \(target.table) deleted"
    case 1: return try reorder(transaction)
    default: return try change(target, place, row, transaction)
    }
  }

  /// Exchanges all that two entries hold, with or without their payloads.
  private mutating func reorder(_ transaction: WriteTransaction) throws(SQLiteError) -> String? {
    let count = try transaction.integer("SELECT count(*) FROM audit_entry") ?? 0
    let first = Int.random(in: 1...count, using: &random)
    let second = Int.random(in: 1...count, using: &random)
    guard first != second else { return nil }
    let withPayload = Bool.random(using: &random)
    for table in ["audit_entry"] + (withPayload ? ["audit_payload", "audit_customer"] : []) {
      try transaction.execute(
        """
        UPDATE \(table) SET number = -1 WHERE number = \(first);
        UPDATE \(table) SET number = \(first) WHERE number = \(second);
        UPDATE \(table) SET number = \(second) WHERE number = -1
        """)
    }
    return "entries \(first) and \(second) exchanged, payloads \(withPayload ? "too" : "not")"
  }

  private mutating func change(
    _ target: Target, _ place: String, _ row: Int, _ transaction: WriteTransaction
  ) throws(SQLiteError) -> String? {
    let column = target.columns[Int.random(in: 0..<target.columns.count, using: &random)]
    let statement = try transaction.prepare("SELECT \(column) FROM \(target.table) WHERE \(place)")
    guard try statement.step() else { return nil }
    let found = statement.row
    let literal: String
    switch found.storage(0) {
    case .null: literal = "'x'"
    case .integer: literal = "\(try found.integer(0) ^ (1 << Int.random(in: 0..<63, using: &random)))"
    case .real: literal = "\(column) + 1"
    case .text, .blob:
      var bytes = found.withBytes(0) { Array($0) }
      guard !bytes.isEmpty else { return nil }
      bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
      let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      literal = found.storage(0) == .blob ? "x'\(digits)'" : "CAST(x'\(digits)' AS TEXT)"
    }
    statement.reset()
    do {
      try transaction.execute("UPDATE \(target.table) SET \(column) = \(literal) WHERE \(place)")
    } catch {
      // A key that is taken, or a null that is none: the file refuses that by itself.
      if error.kind == .constraint { return nil }
      throw error
    }
    return "\(column) of row \(row) of \(target.table)"
  }
}
