import Decisioning
import Foundation
import SyntheticPortfolio
import Values

/// Small worlds in processes that are killed with SIGKILL at random moments and resumed, judged when they are over.
///
///     Benchmarks debt-kill TIMES SEED
///
/// To be run where the folder `rules` lies; the stores are made in /dev/shm and removed.
struct DebtKill {
  static let size = 60
  static let days = 160

  /// The world of a seed, in every process the same.
  static func world(_ seed: UInt64) throws -> DebtWorld {
    DebtWorld(
      seed: seed, size: size, first: try DebtDays.first(2025, 8, 1).after(Int(seed % 300)), days: days,
      mix: .trouble)
  }

  static func run(_ words: [String]) -> Bool {
    let times = words.first.flatMap(Int.init) ?? 500
    var seed = words.dropFirst().first.flatMap(UInt64.init) ?? 1
    var random = SplitMix64(seed: seed)
    var (verdict, killed, worlds) = (DebtVerdict(), 0, 0)
    do {
      let rules = try RuleSet(folder: "rules")
      while killed < times {
        let folder = "/dev/shm/bonitas-debt-kill-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder + "/outbox", withIntermediateDirectories: true)
        while !FileManager.default.fileExists(atPath: folder + "/done") {
          let process = Process()
          process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
          process.arguments = ["debt-kill-worker", folder, "\(seed)"]
          try process.run()
          let end = wallSeconds() + Double.random(in: 0.1...1.5, using: &random)
          while process.isRunning, wallSeconds() < end || killed >= times { usleep(2000) }
          if process.isRunning {
            kill(process.processIdentifier, SIGKILL)
            killed += 1
          }
          process.waitUntilExit()
          guard process.terminationReason == .uncaughtSignal || process.terminationStatus == 0 else {
            print("The process ended with \(process.terminationStatus) in the world of seed \(seed).")
            return false
          }
        }
        let house = try DebtHouse(path: folder + "/debt.db", try world(seed), rules)
        var judge = DebtJudge(house)
        try judge.judge(DebtReceiver(seed: seed, trouble: 0, folder: folder + "/outbox"))
        for line in judge.verdict.lines where line.hasPrefix("FAILED") { print("seed \(seed): \(line)") }
        verdict.merge(judge.verdict)
        worlds += 1
        seed += 1
        print("\(killed) kills, \(worlds) worlds")
        fflush(nil)
      }
      print("count kills: \(killed)")
      print("count worlds: \(worlds)")
      for line in verdict.lines { print(line) }
      return verdict.isClean
    } catch {
      print("The check ended: \(DebtDays.sentence(error))")
      return false
    }
  }
}

/// One process of `DebtKill`: lives the days of a world from where the one before was killed.
///
/// `debt-kill-worker FOLDER SEED`.
enum DebtKillWorker {
  static func run(_ words: [String]) -> Bool {
    guard words.count == 2, let seed = UInt64(words[1]) else { return false }
    let folder = words[0]
    do {
      let world = try DebtKill.world(seed)
      let house = try DebtHouse(path: folder + "/debt.db", world, try RuleSet(folder: "rules"))
      let lived = FileManager.default.contents(atPath: folder + "/day")
        .flatMap { Int(String(decoding: $0, as: UTF8.self)) }
      var runner = try DebtRunner(
        house, DebtReceiver(seed: seed, trouble: 0, folder: folder + "/outbox"),
        DebtCuts(seed: seed, rate: 0),
        planFolder: folder, goesOn: true)
      func note(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"), options: .atomic)
      }
      try runner.run(from: lived.map { CivilDate(dayNumber: $0 + 1) }) { day in
        try note("\(day.dayNumber)", "day")
      }
      try note("", "done")
      return true
    } catch {
      print("A worker ended: \(DebtDays.sentence(error))")
      return false
    }
  }
}
