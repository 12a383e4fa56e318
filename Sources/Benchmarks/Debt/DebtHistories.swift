import Decisioning
import Dispatch
import Foundation
import Synchronization
import SyntheticPortfolio
import Values

/// Random histories of debtors in trouble, with the work dropped between transactions again and again.
///
///     Benchmarks debt-histories COUNT SEED [FOLDER]
///
/// To be run where the folder `rules` lies. A history is one customer's half a year; some share a store, which is made in
/// FOLDER (/dev/shm) and removed. Every processor lives a world of its own.
enum DebtHistories {
  /// Histories of one store.
  private static let batch = 250
  private static let days = 180
  /// Of a thousand transactions so many are not come to.
  private static let cuts = 30

  private struct Findings {
    var tally = DebtTally()
    var verdict = DebtVerdict()
    var done = 0, dropped = 0
    /// Why a world ended before its time.
    var broken: String?
  }

  static func run(_ words: [String]) -> Bool {
    let count = words.first.flatMap(Int.init) ?? 1000
    let seed = words.dropFirst().first.flatMap(UInt64.init) ?? 1
    let parent = words.dropFirst(2).first ?? "/dev/shm"
    let start = wallSeconds()
    do {
      let rules = try RuleSet(folder: "rules")
      let worlds = try worlds(count, seed)
      let all = Mutex(Findings())
      DispatchQueue.concurrentPerform(iterations: worlds.count) { place in
        if all.withLock({ $0.broken != nil }) { return }
        do {
          let (runner, verdict) = try live(worlds[place], in: parent, rules) { _, runner, verdict in
            (runner, verdict)
          }
          all.withLock { all in
            if !verdict.isClean { tell(verdict, of: worlds[place]) }
            all.tally.merge(runner.tally)
            all.verdict.merge(verdict)
            all.done += worlds[place].size
            all.dropped += runner.cuts.count
            print("\(all.done) histories after \(Int(wallSeconds() - start)) s, \(all.dropped) cuts")
            fflush(nil)
          }
        } catch {
          all.withLock { $0.broken = DebtDays.sentence(error) }
        }
      }
      let found = all.withLock { $0 }
      if let broken = found.broken {
        print("The histories ended: \(broken)")
        return false
      }
      print("seconds: \(Int((wallSeconds() - start).rounded()))")
      print("count histories: \(found.done)")
      print("count cuts between transactions: \(found.dropped)")
      DebtDays.report(found.tally, found.verdict)
      return found.verdict.isClean
    } catch {
      print("The histories ended: \(DebtDays.sentence(error))")
      return false
    }
  }

  /// Worlds of so many histories; winter and summer, holidays and none.
  private static func worlds(_ count: Int, _ seed: UInt64) throws -> [DebtWorld] {
    var random = SplitMix64(seed: seed)
    let start = try DebtDays.first(2025, 1, 1)
    return stride(from: 0, to: count, by: batch).map { done in
      let first = start.after(Int.random(in: 0..<365, using: &random))
      return world(seed: random.next(), first: first, size: min(batch, count - done))
    }
  }

  /// A world of so many histories.
  static func world(seed: UInt64, first: CivilDate, size: Int) -> DebtWorld {
    DebtWorld(seed: seed, size: size, first: first, days: days, mix: .trouble)
  }

  /// Lives a world in a store that is removed afterwards, and hands over what became of it.
  static func live<Result>(
    _ world: DebtWorld, in parent: String, _ rules: RuleSet,
    then look: (DebtHouse, DebtRunner, DebtVerdict) throws -> Result
  ) throws -> Result {
    let folder = "\(parent)/bonitas-debt-histories-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let (house, runner, receiver) = try DebtDays.run(
      world, path: folder + "/debt.db", ruleSet: rules, cuts: cuts, sweepDays: 90)
    return try look(house, runner, try DebtDays.verdict(house, runner, receiver))
  }

  private static func tell(_ verdict: DebtVerdict, of world: DebtWorld) {
    for line in verdict.lines where line.hasPrefix("FAILED") { print(line) }
    print("To see more: Benchmarks debt-world \(world.seed) \(world.first) \(world.size) EFFECT")
  }
}
