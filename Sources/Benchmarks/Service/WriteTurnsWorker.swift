import CSQLite
import Foundation
import SQLite

/// One process of `WriteTurnsBenchmark`: commits without a pause and prints how often and how long it waited at most.
struct WriteTurnsWorker {
  /// How a process comes to write.
  enum Way: String, CaseIterable {
    /// `BEGIN IMMEDIATE` with the busy timeout, checkpoints inside the commit.
    case busyTimeout = "busy-timeout"
    /// `Database.write`.
    case turns
  }

  static func run(_ words: [String]) -> Bool {
    guard words.count == 4, let way = Way(rawValue: words[0]), let start = Double(words[2]),
      let seconds = Double(words[3])
    else { return false }
    usleep(UInt32(max(0, (start - wallSeconds()) * 1e6)))
    do {
      let (commits, longest) =
        switch way {
        case .turns: try byTurns(words[1], until: start + seconds)
        case .busyTimeout: try byBusyTimeout(words[1], until: start + seconds)
        }
      print(commits, Int(longest * 1000))
      return true
    } catch {
      print("failed: \(error)")
      return false
    }
  }

  private static func byTurns(_ path: String, until end: Double) throws -> (Int, Double) {
    let database = try WriteTurnsBenchmark.database(path)
    var commits = 0
    var longest = 0.0
    while wallSeconds() < end {
      let asked = wallSeconds()
      let waited = try database.write { transaction throws(SQLiteError) in
        let waited = wallSeconds() - asked
        try WriteTurnsBenchmark.insert(commits, in: transaction)
        return waited
      }
      longest = max(longest, waited)
      commits += 1
    }
    return (commits, longest)
  }

  /// As the house wrote before it took turns, in plain calls of SQLite.
  private static func byBusyTimeout(_ path: String, until end: Double) throws -> (Int, Double) {
    var handle: OpaquePointer?
    var insert: OpaquePointer?
    defer {
      sqlite3_finalize(insert)
      sqlite3_close_v2(handle)
    }
    func check(_ code: Int32) throws {
      if code != SQLITE_OK { throw SQLiteError(.other, code: code, path: path) }
    }
    try check(sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil))
    sqlite3_busy_timeout(handle, 30_000)
    try check(sqlite3_exec(handle, "PRAGMA synchronous = FULL; PRAGMA cache_size = -32768", nil, nil, nil))
    let sql = "INSERT INTO entry (customer, text) VALUES (?, 'a row of about one hundred and twenty bytes')"
    try check(sqlite3_prepare_v2(handle, sql, -1, &insert, nil))
    var commits = 0
    var longest = 0.0
    while wallSeconds() < end {
      let asked = wallSeconds()
      try check(sqlite3_exec(handle, "BEGIN IMMEDIATE", nil, nil, nil))
      longest = max(longest, wallSeconds() - asked)
      for row in 0..<50 {
        let customer = UInt32(truncatingIfNeeded: (commits * 50 + row) &* 2_654_435_761)
        try check(sqlite3_bind_int64(insert, 1, Int64(customer)))
        guard sqlite3_step(insert) == SQLITE_DONE else { throw SQLiteError(.other, path: path) }
        try check(sqlite3_reset(insert))
      }
      try check(sqlite3_exec(handle, "COMMIT", nil, nil, nil))
      commits += 1
    }
    return (commits, longest)
  }
}
