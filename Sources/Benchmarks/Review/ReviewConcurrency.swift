import Access
import AuditLog
import Decisioning
import FactStore
import Formats
import Foundation
import HumanReview
import Ingestion
import SQLite
import SyntheticPortfolio
import Values

/// Proves that of many reviewers at once none decides what another has decided, and that no case is lost.
///
///     Benchmarks review-concurrency [CASES [PROCESSES]]
///
/// CASES (10,000), half of them referrals of orders and half contests, are claimed and decided by PROCESSES (32) processes.
/// Leases run out on purpose, cases are decided twice on purpose, and every half second one of the processes is killed
/// and another takes its place. Ends with an exit status of 1 where a case was decided twice, lost, or anything does not
/// hold together afterwards.
struct ReviewConcurrency {
  private let house: ReviewHouse
  private let processes: Int
  private var running: [(process: Process, log: String)] = []
  private var logs: [String] = []
  private var started = 0
  private var killed = 0
  private var failures: [String] = []

  static func run(_ words: [String]) -> Bool {
    let cases = words.first.flatMap(Int.init) ?? 10_000
    let processes = words.count > 1 ? Int(words[1]) ?? 32 : 32
    do {
      let house = try ReviewHouse(customers: cases)
      defer { house.remove() }
      var check = ReviewConcurrency(house: house, processes: processes)
      try check.prepare()
      let seconds = try check.work()
      try check.prove(cases, seconds)
      for failure in check.failures.prefix(20) { print("FAILED: \(failure)") }
      print(check.failures.isEmpty ? "none decided twice, none lost" : "\(check.failures.count) failures")
      return check.failures.isEmpty
    } catch {
      print("The check ended: \(error)")
      return false
    }
  }

  private init(house: ReviewHouse, processes: Int) {
    self.house = house
    self.processes = processes
  }

  /// One case a customer: a contest of the rating, or where the engine refers anyhow, and for every second, an order that is
  /// referred because automated decisions are stopped.
  private func prepare() throws {
    var ratings: [(key: Int, sequence: Int, content: DecisionContent, order: String?)] = []
    var orders = ratings
    for (place, one) in try house.contents().enumerated() {
      if place % 2 == 0 || one.content.outcome == .refer {
        orders.append((one.key, one.sequence, one.content, "O\(place)"))
      } else {
        ratings.append((one.key, one.sequence, one.content, nil))
      }
    }
    let rated = try house.record(ratings)
    try house.stop()
    _ = try house.record(orders)
    let start = wallSeconds()
    let report = try house.desk.follow(on: house.day, at: ReviewHouse.opening)
    print("referrals                  \(report[.opened])")
    let dora = Actor(name: "dora", roles: [.dataProtection])
    for id in rated {
      _ = try house.desk.contest(
        id, Contest(channel: .letter, text: "I have paid."), by: dora, on: house.day, at: ReviewHouse.opening)
    }
    print("contests                   \(rated.count)")
    print("opening them took          \(Int(wallSeconds() - start)) s")
  }

  private mutating func work() throws -> Double {
    let start = wallSeconds()
    var random = SplitMix64(seed: 7)
    for _ in 0..<processes { try launch(start) }
    var nextKill = start + 0.5
    while true {
      usleep(20_000)
      running.removeAll { !$0.process.isRunning }
      if running.isEmpty { break }
      guard wallSeconds() >= nextKill else { continue }
      nextKill += 0.5
      let victim = Int.random(in: 0..<running.count, using: &random)
      guard running.count == processes else { continue }
      kill(running[victim].process.processIdentifier, SIGKILL)
      killed += 1
      try launch(start)
    }
    return wallSeconds() - start
  }

  private mutating func launch(_ start: Double) throws {
    started += 1
    let log = house.folder + "/worker-\(started).log"
    guard FileManager.default.createFile(atPath: log, contents: nil) else { throw POSIXError(.EIO) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
    // Names come back, as people do who lost their terminal.
    process.arguments = [
      "review-worker", house.path, log, "reviewer \(started % (processes * 2))", "\(started)", "\(start)",
      house.day.description,
    ]
    try process.run()
    logs.append(log)
    running.append((process, log))
  }

  private mutating func prove(_ cases: Int, _ seconds: Double) throws {
    let (closed, open, decisions, finding) = try house.store.read { reader throws(ReviewError) in
      try (
        ReviewStore.list(
          QueueFilter(states: [.closed]), limit: .max, at: ReviewHouse.opening, in: reader),
        ReviewStore.list(limit: .max, at: ReviewHouse.opening, in: reader),
        ReviewError.wrapping { () throws(SQLiteError) in
          try reader.sql.all("SELECT id, supersedes FROM decision WHERE kind = 'human'") {
            row throws(SQLiteError) in (try row.integer(0), try row.integer(1))
          }
        },
        ReviewError.wrapping { () throws(SQLiteError) in
          try AuditVerifier([.batch] + DecisionStore.auditedTables + ReviewStore.auditedTables)
            .verify(in: reader.sql).finding
        }
      )
    }
    if let finding { failures.append("the audit log: \(finding)") }
    if closed.count != cases { failures.append("\(closed.count) cases of \(cases) are closed") }
    if !open.isEmpty { failures.append("\(open.count) cases are left open") }
    if decisions.count != cases { failures.append("\(decisions.count) decisions by people") }
    if Set(decisions.map(\.1)).count != decisions.count { failures.append("a decision was superseded twice") }
    var made: [CaseID: DecisionID] = [:]
    var lapsed = 0
    for found in closed {
      let events = try house.store.read { reader throws(ReviewError) in
        try ReviewStore.events(of: found.id, in: reader.sql)
      }
      if events.count(where: { $0.kind == .decided }) != 1 {
        failures.append("\(found.id) was not decided once")
      }
      lapsed += events.count { $0.kind == .claimed && $0.about[ReviewEvent.Key.holder] != nil }
      if ReviewCase(folding: events)?.version != found.version {
        failures.append("\(found.id) is not its events")
      }
      made[found.id] = found.closing?.decision
    }
    try compare(made)
    try replay(decisions.map { DecisionID($0.0) })
    print("processes                  \(processes) at a time, \(started) in all, \(killed) of them killed")
    print("leases that ran out        \(lapsed)")
    print(
      "time                       \(Int(seconds)) s, \(Int(Double(closed.count) / seconds)) cases a second")
  }

  /// What the processes say they have done has to be in the database, and once.
  private mutating func compare(_ made: [CaseID: DecisionID]) throws {
    var counts: [Substring: Int] = [:]
    var told: Set<CaseID> = []
    for log in logs {
      for line in try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n") {
        let words = line.split(separator: " ")
        guard words.count > 2, let id = CaseID(words[1]) else { continue }
        counts[words[0], default: 0] += 1
        guard words[0] == "decided" else { continue }
        if !told.insert(id).inserted { failures.append("\(id) was decided twice") }
        if made[id] != DecisionID(words[2]) {
          failures.append("\(id) was decided, and the database says otherwise")
        }
      }
    }
    if let twice = counts["TWICE"] { failures.append("\(twice) second decisions were let through") }
    for (what, count) in counts.sorted(by: { $0.key < $1.key }) { print("  \(what): \(count)") }
    print("  decided, and killed before it could be told: \(made.count - told.count)")
  }

  /// Every fiftieth decision is made again from what it saw.
  private mutating func replay(_ ids: [DecisionID]) throws {
    var replayed = 0
    for id in ids where id.number % 50 == 0 {
      let verdict = try Replay(house.store, jobs: 1).replay(id)
      replayed += 1
      if !verdict.isIdentical { failures.append("\(id) replays differently") }
    }
    print("decisions replayed         \(replayed)")
  }
}
