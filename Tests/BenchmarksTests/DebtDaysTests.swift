import Decisioning
import Foundation
import TestSupport
import Testing

@testable import Benchmarks

/// A tiny world of debtors, its work cut between transactions, and the judges over it.
@Suite struct DebtDaysTests {
  @Test func `in a tiny world nothing unlawful leaves and everything paid is released`() throws {
    let folder = try TemporaryFolder()
    let rules = try RuleSet(folder: Repository.root.appending(path: "rules").path)
    let world = DebtWorld(
      seed: 3, size: Effort.times(36), first: try DebtDays.first(2025, 9, 1), days: 110, mix: .trouble)
    let (house, runner, receiver) = try DebtDays.run(
      world, path: folder.file("debt.db"), ruleSet: rules, cuts: 60, sweepDays: 40)
    let verdict = try DebtDays.verdict(house, runner, receiver)
    #expect(verdict.isClean, "\(verdict.failures)")
    // The judges had something to judge, in Latvia and Estonia, of households and businesses.
    #expect(runner.cuts.count > 0)
    #expect((verdict.counts["restrictions that left"] ?? 0) > 5)
    #expect((verdict.counts["releases and withdrawals"] ?? 0) > 0)
    #expect((verdict.counts["deposit request sent"] ?? 0) > 0)
    #expect((verdict.counts["termination notice sent"] ?? 0) > 0)
    #expect(!runner.tally.refused.keys.contains { $0.hasPrefix("letter") })
  }
}
