import CSQLite

/// Prepared statements that nobody uses at the moment, by their text.
final class StatementCache {
  /// The idle statements of one text.
  final class Slot {
    let sql: String
    fileprivate var idle: [OpaquePointer] = []
    /// No longer in the cache: what comes back to it is ended.
    fileprivate var isForgotten = false

    fileprivate init(_ sql: String) {
      self.sql = sql
    }
  }

  private let handle: OpaquePointer
  private var slots: [String: Slot] = [:]
  /// The slots of the texts asked for last, by the address of their bytes: a literal always lies at the same one, and
  /// two strings with the same bytes at the same address are equal without being compared.
  private var recent: [Slot?] = Array(repeating: nil, count: StatementCache.recentCount)
  private var idleCount = 0

  private static let recentCount = 128
  /// Enough for every statement of the house; a program that makes up texts must not fill the memory.
  private static let idleLimit = 256

  init(_ handle: OpaquePointer) {
    self.handle = handle
  }

  /// The place of a text's statements.
  func slot(for sql: String) -> Slot {
    let address = sql.utf8.withContiguousStorageIfAvailable { UInt(bitPattern: $0.baseAddress) } ?? 0
    // Literals lie close together, mostly at multiples of 16.
    let place = Int(truncatingIfNeeded: (address >> 4) % UInt(Self.recentCount))
    if let slot = recent[place], slot.sql == sql { return slot }
    let slot = found(sql)
    recent[place] = slot
    return slot
  }

  private func found(_ sql: String) -> Slot {
    if let slot = slots[sql] { return slot }
    if slots.count >= 2 * Self.idleLimit { forgetUnused() }
    let slot = Slot(sql)
    slots[sql] = slot
    return slot
  }

  /// Forgets texts of which no statement is idle, lest made-up texts fill the memory.
  private func forgetUnused() {
    for slot in slots.values where slot.idle.isEmpty {
      slot.isForgotten = true
      slots[slot.sql] = nil
    }
    recent = Array(repeating: nil, count: Self.recentCount)
  }

  /// An idle statement, if there is one.
  func take(from slot: Slot) -> OpaquePointer? {
    guard let statement = slot.idle.popLast() else { return nil }
    idleCount -= 1
    return statement
  }

  /// Takes a statement back for the next user.
  func takeBack(_ statement: OpaquePointer, to slot: Slot) {
    sqlite3_reset(statement)
    guard idleCount < Self.idleLimit, !slot.isForgotten else {
      sqlite3_finalize(statement)
      return
    }
    // Also frees the memory of large texts, and keeps a forgotten parameter from showing an earlier value.
    sqlite3_clear_bindings(statement)
    slot.idle.append(statement)
    idleCount += 1
  }

  /// Ends all idle statements.
  func finalize() {
    for slot in slots.values {
      for statement in slot.idle { sqlite3_finalize(statement) }
      slot.idle = []
    }
  }
}
