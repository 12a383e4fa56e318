import Foundation
import SQLite

/// Measures how writers of several processes share a database, and what a checkpointer costs them.
///
///     Benchmarks write-turns [SECONDS [FOLDER]]
///
/// For SECONDS (3) each, one to three processes commit 50 small rows after another without a pause, in a new database in
/// FOLDER (the temporary one): by `Database`, which takes turns, and as before, by `BEGIN IMMEDIATE` with the busy
/// timeout and the checkpoints of SQLite. Told are the commits of each and the longest that one waited for its turn. Then
/// one process writes 15,000 rows a second while others read and a `Checkpointer` keeps the log short.
struct WriteTurnsBenchmark {
  private static let schema = Schema(
    product: "write-turns", applicationID: 0x7475_726E,
    migrations: [
      Migration(
        room: "turns", number: 1, name: "rows",
        statements: [
          "CREATE TABLE entry (id INTEGER PRIMARY KEY, customer INTEGER NOT NULL, text TEXT NOT NULL) STRICT",
          "CREATE INDEX entry_customer ON entry (customer)",
        ])
    ])
  private static let rowsPerCommit = 50

  let folder: String
  let seconds: Double

  static func run(_ words: [String]) -> Bool {
    if words.first == "worker" { return WriteTurnsWorker.run(Array(words.dropFirst())) }
    let parent = words.count > 1 ? words[1] : FileManager.default.temporaryDirectory.path
    let benchmark = WriteTurnsBenchmark(
      folder: parent + "/write-turns-\(getpid())", seconds: words.first.flatMap(Double.init) ?? 3)
    do {
      try FileManager.default.createDirectory(atPath: benchmark.folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: benchmark.folder) }
      for count in 1...3 {
        for way in WriteTurnsWorker.Way.allCases { try benchmark.contend(count, way) }
      }
      for pages in [4000, 16_000] { try benchmark.load(pages) }
      return true
    } catch {
      print("The benchmark ended: \(error)")
      return false
    }
  }

  /// A database of the benchmark.
  static func database(_ path: String, writersCheckpoint: Bool = true) throws -> Database {
    try Database(
      path: path, schema: schema, options: DatabaseOptions(writersCheckpoint: writersCheckpoint))
  }

  /// One transaction's rows.
  static func insert(_ number: Int, rows: Int = rowsPerCommit, in transaction: WriteTransaction)
    throws(SQLiteError)
  {
    for row in 0..<rows {
      // Scattered, as identifiers are.
      let customer = Int(
        truncatingIfNeeded: UInt32(truncatingIfNeeded: (number * rows + row) &* 2_654_435_761))
      try transaction.run(
        "INSERT INTO entry (customer, text) VALUES (?, 'a row of about one hundred and twenty bytes')",
        customer)
    }
  }

  private func contend(_ count: Int, _ way: WriteTurnsWorker.Way) throws {
    let path = folder + "/\(way)-\(count).db"
    _ = try Self.database(path)
    // All begin at one moment, when all are there.
    let start = wallSeconds() + 0.5
    let workers = try (0..<count).map { _ in
      let process = Process()
      let output = Pipe()
      process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
      process.arguments = ["write-turns", "worker", way.rawValue, path, "\(start)", "\(seconds)"]
      process.standardOutput = output
      try process.run()
      return (process, output)
    }
    var words: [[String]] = []
    for (process, output) in workers {
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      words.append(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }
    let total = words.compactMap { $0.first.flatMap(Int.init) }.reduce(0, +)
    let each = words.map { "\($0.first ?? "?") (\($0.dropFirst().first ?? "?") ms)" }.joined(separator: ", ")
    print(
      "\(count) processes, \(way.rawValue): \(Int(Double(total) / seconds)) commits a second; each (longest wait) \(each)"
    )
  }

  /// A writer at 15,000 rows a second, readers that come and go, and a checkpointer.
  private func load(_ pages: Int) throws {
    let path = folder + "/load-\(pages).db"
    let database = try Self.database(path, writersCheckpoint: false)
    let checkpointer = try Checkpointer(database, logPages: pages)
    let end = wallSeconds() + 3 * seconds
    let readers = DispatchGroup()
    for _ in 0..<2 {
      DispatchQueue(label: "reader").async(group: readers) {
        while wallSeconds() < end {
          for customer in 0..<100 {
            _ = try? database.read { reader throws(SQLiteError) in
              try reader.integer("SELECT count(*) FROM entry WHERE customer = ?", customer)
            }
          }
          usleep(5000)
        }
      }
    }
    var commits = 0
    var longest = 0.0
    var next = wallSeconds()
    while wallSeconds() < end {
      let start = wallSeconds()
      try database.write { transaction throws(SQLiteError) in
        try Self.insert(commits, rows: 75, in: transaction)
      }
      longest = max(longest, wallSeconds() - start)
      commits += 1
      next = max(next + 0.005, wallSeconds() - 0.05)
      usleep(UInt32(max(0, (next - wallSeconds()) * 1e6)))
    }
    readers.wait()
    checkpointer.stop()
    let figures = checkpointer.figures
    let size = try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int ?? 0
    print(
      "under load, checkpoints from \(pages) pages: \(Int(Double(commits * 75) / (3 * seconds))) rows a second, "
        + "longest write \(Int(longest * 1000)) ms")
    print(
      "  the log began anew \(figures.restarts) times (\(figures.refusals) times refused), most pages "
        + "\(figures.mostLogPages), file \(size >> 20) MiB")
    print(
      "  turn held \(figures.turnMicroseconds / max(1, figures.restarts + figures.refusals)) us on average, longest "
        + "\(figures.longestTurnMicroseconds) us; "
        + "last checkpoint \(figures.lastMicroseconds) us")
  }
}
