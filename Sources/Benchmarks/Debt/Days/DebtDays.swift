import DebtManagement
import Decisioning
import FactStore
import Values

/// What the benchmarks of debt management share: running a world to its end, judging and telling it.
enum DebtDays {
  /// A day that is known to be one.
  static func first(_ year: Int, _ month: Int, _ day: Int) throws -> CivilDate {
    guard let date = CivilDate(year: year, month: month, day: day) else {
      throw DebtError.unknownRun("no such day")
    }
    return date
  }

  /// Runs a world from its first day to its last.
  ///
  /// - Parameter cuts: how often of a thousand transactions work is dropped before one.
  static func run(
    _ world: DebtWorld, path: String, ruleSet: RuleSet, cuts: Int, sweepDays: Int = 0,
    after: (CivilDate) throws -> Void = { _ in }
  ) throws -> (DebtHouse, DebtRunner, DebtReceiver) {
    let house = try DebtHouse(path: path, world, ruleSet)
    let receiver = DebtReceiver(seed: world.seed, trouble: cuts > 0 ? 10 : 0)
    var runner = try DebtRunner(house, receiver, DebtCuts(seed: world.seed, rate: cuts), sweepDays: sweepDays)
    try runner.run(after: after)
    return (house, runner, receiver)
  }

  static func verdict(
    _ house: DebtHouse, _ runner: DebtRunner, _ receiver: DebtReceiver, isLawAlone: Bool = false
  ) throws -> DebtVerdict {
    var judge = DebtJudge(house, isLawAlone: isLawAlone)
    try judge.judge(receiver)
    var verdict = judge.verdict
    for failure in runner.tally.failures { verdict.fail("missed by the agenda", failure) }
    return verdict
  }

  static func report(_ tally: DebtTally, _ verdict: DebtVerdict) {
    print("count facts that came in: \(tally.facts)")
    print("count looks at a customer: \(tally.looked)")
    print(
      "count taken back by the follower: \(tally.relief) that had left, \(tally.withdrawn) that had not, \(tally.wrongful) wrongful"
    )
    for (what, counts) in [
      ("taken", tally.taken), ("stopped by law", tally.stopped), ("refused at apply", tally.refused),
    ] {
      for (name, count) in counts.sorted(by: { $0.key < $1.key }) { print("\(what): \(name): \(count)") }
    }
    for line in verdict.lines { print(line) }
  }

  /// An error in words, where it has some.
  static func sentence(_ error: any Error) -> String {
    switch error {
    case let error as DebtError: error.sentence
    case let error as OutboxError: error.sentence
    case let error as StoreError: error.sentence
    default: "\(error)"
    }
  }
}
