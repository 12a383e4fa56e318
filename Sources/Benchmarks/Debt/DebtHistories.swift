import Decisioning
import Foundation
import SyntheticPortfolio
import Values

/// Random histories of debtors in trouble, with the work dropped between transactions again and again.
///
///     Benchmarks debt-histories COUNT SEED [FOLDER]
///
/// To be run where the folder `rules` lies. A history is one customer's half a year; some share a store, which is made in
/// FOLDER (/dev/shm) and removed.
enum DebtHistories {
  /// Histories of one store.
  private static let batch = 250
  private static let days = 180
  /// Of a thousand transactions so many are not come to.
  private static let cuts = 30

  static func run(_ words: [String]) -> Bool {
    let count = words.first.flatMap(Int.init) ?? 1000
    let seed = words.dropFirst().first.flatMap(UInt64.init) ?? 1
    let parent = words.dropFirst(2).first ?? "/dev/shm"
    var (tally, verdict, done, dropped) = (DebtTally(), DebtVerdict(), 0, 0)
    let start = wallSeconds()
    do {
      let rules = try RuleSet(folder: "rules")
      var random = SplitMix64(seed: seed)
      while done < count {
        let folder = "\(parent)/bonitas-debt-histories-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // Winter and summer, holidays and none.
        let first = try DebtDays.first(2025, 1, 1).after(Int.random(in: 0..<365, using: &random))
        let world = DebtWorld(
          seed: random.next(), size: min(batch, count - done), first: first, days: days, mix: .trouble)
        let (house, runner, receiver) = try DebtDays.run(
          world, path: folder + "/debt.db", ruleSet: rules, cuts: cuts)
        let found = try DebtDays.verdict(house, runner, receiver)
        if !found.isClean {
          print("world of seed \(world.seed) from \(world.first), \(world.size) customers:")
        }
        for line in found.lines where line.hasPrefix("FAILED") { print(line) }
        tally.merge(runner.tally)
        verdict.merge(found)
        done += world.size
        dropped += runner.cuts.count
        print("\(done) histories after \(Int(wallSeconds() - start)) s, \(dropped) cuts")
        fflush(nil)
      }
      print("count histories: \(done)")
      print("count cuts between transactions: \(dropped)")
      DebtDays.report(tally, verdict)
      return verdict.isClean
    } catch {
      print("The histories ended: \(DebtDays.sentence(error))")
      return false
    }
  }
}
