import DebtManagement
import Decisioning
import Foundation
import Values

/// Takes each bar and each clock out of the policy in turn, and counts what the law stops then: everything.
///
///     Benchmarks debt-mutations COUNT SEED [NAME FOLDER]
///
/// To be run where the folder `rules` lies. COUNT customers in trouble live half a year under each of the policies, or under
/// the one of a NAME, whose store stays in FOLDER to be looked at.
enum DebtMutations {
  /// A policy with a fault.
  private struct Mutation {
    var name: String
    /// The rules that are taken out.
    var without: [String] = []
    /// A rule whose step is another.
    var changed: (rule: String, from: String, to: String)?
  }

  private static let bars = [
    "hold", "data_restricted", "deceased", "insolvent", "sold", "plan_kept", "disputed", "protected",
    "review", "minimum",
  ]
  private static let clocks = [
    "warning_clock", "objection", "lv_household_clock", "lv_business_clock", "lv_gas_clock", "ee_clock",
    "ee_insolvency_clock", "ee_heating_clock", "lv_interrupted", "ee_interrupted", "termination_clock",
  ]
  /// What the house waits for beside the law, and what hides a clock that was taken out.
  private static let paces = [
    "warning_pace", "debt_notice_pace", "offer_pace", "orders_pace", "after_offer_pace", "ee_seller_pace",
  ]

  private static var mutations: [Mutation] {
    [Mutation(name: "none")] + bars.map { Mutation(name: "without \($0)", without: [$0]) }
      + [Mutation(name: "without deadline", without: ["deadline"])]
      + clocks.map { Mutation(name: "without \($0)", without: [$0]) }
      + clocks.map { Mutation(name: "without \($0), deadline and paces", without: [$0, "deadline"] + paces) }
      + [
        Mutation(name: "without any clock", without: clocks + ["deadline"] + paces),
        Mutation(name: "without any bar", without: bars),
        Mutation(name: "without bars, clocks and paces", without: bars + clocks + ["deadline"] + paces),
        Mutation(
          name: "a seller disconnects",
          changed: ("ee_termination", "contract termination", "disconnection request")),
      ]
  }

  static func run(_ words: [String]) -> Bool {
    let count = words.first.flatMap(Int.init) ?? 150
    let seed = words.dropFirst().first.flatMap(UInt64.init) ?? 1
    let only = words.dropFirst(2).first
    let kept = words.dropFirst(3).first
    var failures = 0
    do {
      let files = try RuleSetFiles(folder: "rules")
      let first = try DebtDays.first(2025, 9, 1)
      var common: [String: Int] = [:]
      for mutation in mutations where only == nil || mutation.name == only {
        let folder = kept ?? "/dev/shm/bonitas-debt-mutations-\(UUID().uuidString)"
        defer { if kept == nil { try? FileManager.default.removeItem(atPath: folder) } }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let world = DebtWorld(seed: seed, size: count, first: first, days: 270, mix: .trouble)
        let (house, runner, receiver) = try DebtDays.run(
          world, path: folder + "/debt.db", ruleSet: try RuleSet(try mutated(files, mutation)), cuts: 0)
        let verdict = try DebtDays.verdict(house, runner, receiver, isLawAlone: true)
        if mutation.name == "none" { common = runner.tally.stopped }
        let more = runner.tally.stopped.filter { $0.value > common[$0.key] ?? 0 }.sorted {
          $0.value > $1.value
        }
        let unlawful = unlawful(verdict)
        failures += unlawful.count
        let left = verdict.counts["restrictions that left"] ?? 0
        print("\(mutation.name): \(left) restrictions left, \(unlawful.count) unlawful")
        for (name, number) in more {
          print("  stopped by \(name): \(number), \(common[name] ?? 0) without the fault")
        }
        for failure in unlawful.prefix(3) { print("  FAILED \(failure)") }
        fflush(nil)
      }
      print("goal unlawful restrictions: \(failures)")
      return failures == 0
    } catch {
      print("The check ended: \(DebtDays.sentence(error))")
      return false
    }
  }

  /// What a faulty policy must not lead to; that it sends notices too soon is its own affair.
  private static func unlawful(_ verdict: DebtVerdict) -> [String] {
    let restrictions = (verdict.failures["skipped steps"] ?? []).filter { failure in
      ["disconnection request", "power limit", "contract termination"].contains { failure.hasPrefix($0) }
    }
    return restrictions + (verdict.failures["restrictions without an accepted certificate"] ?? [])
      + (verdict.failures["sent although paid"] ?? []) + (verdict.failures["without approval"] ?? [])
  }

  private static func mutated(_ files: RuleSetFiles, _ mutation: Mutation) throws -> RuleSetFiles {
    var contents = Dictionary(uniqueKeysWithValues: files.paths.map { ($0, files[$0] ?? []) })
    var text = String(decoding: contents[RestrictionModel.path] ?? [], as: UTF8.self)
    func range(of rule: String) throws -> Range<String.Index> {
      guard let start = text.range(of: "<rule id=\"\(rule)\">"),
        let end = text.range(of: "</rule>", range: start.upperBound..<text.endIndex)
      else { throw DebtError.unknownRun("rule \(rule)") }
      return start.lowerBound..<end.upperBound
    }
    for rule in mutation.without { text.removeSubrange(try range(of: rule)) }
    if let (rule, from, to) = mutation.changed {
      let place = try range(of: rule)
      text = text.replacingOccurrences(of: "\"\(from)\"", with: "\"\(to)\"", range: place)
    }
    contents[RestrictionModel.path] = Array(text.utf8)
    return RuleSetFiles(contents)
  }
}
