import Decisioning
import Foundation
import Values

/// A year of an invented portfolio with a test clock, and what judges say about it.
///
///     Benchmarks debt-year CUSTOMERS SEED [FOLDER]
///
/// To be run where the folder `rules` lies; the store is made in FOLDER and stays there, or in /dev/shm and is removed.
enum DebtYear {
  static func run(_ words: [String]) -> Bool {
    let size = words.first.flatMap(Int.init) ?? 10_000
    let seed = words.dropFirst().first.flatMap(UInt64.init) ?? 1
    let given = words.dropFirst(2).first
    let folder = given ?? "/dev/shm/bonitas-debt-year-\(UUID().uuidString)"
    defer { if given == nil { try? FileManager.default.removeItem(atPath: folder) } }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let world = DebtWorld(
        seed: seed, size: size, first: try DebtDays.first(2025, 9, 1), days: 365, mix: .portfolio)
      let start = wallSeconds()
      let (house, runner, receiver) = try DebtDays.run(
        world, path: folder + "/debt.db", ruleSet: try RuleSet(folder: "rules"), cuts: 0, sweepDays: 90
      ) { day in
        if day.day == 1 { print("\(day) after \(Int(wallSeconds() - start)) s") }
      }
      let simulated = wallSeconds() - start
      let verdict = try DebtDays.verdict(house, runner, receiver)
      print("seconds simulated: \(Int(simulated.rounded()))")
      print("seconds judged: \(Int((wallSeconds() - start - simulated).rounded()))")
      DebtDays.report(runner.tally, verdict)
      return verdict.isClean
    } catch {
      print("The year ended: \(DebtDays.sentence(error))")
      return false
    }
  }
}
