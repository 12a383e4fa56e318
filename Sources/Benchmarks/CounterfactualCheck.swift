import Decisioning
import FactStore
import Facts
import SQLite
import SyntheticPortfolio
import Values

/// Puts the counterfactuals of randomly chosen customers of a database through the full pipeline.
///
///     Benchmarks counterfactuals DATABASE BUSINESS-DATE [COUNT [EXACT]]
///
/// COUNT counterfactuals are checked (10,000): whether the changed facts give what was promised on the day, whether
/// the day before does not, and whether every variation holds in the live rating model. For EXACT of the recourses
/// every single day before the promised one is run too. Ends with an exit status of 1 where one does not hold.
struct CounterfactualCheck {
  static let usage = "Benchmarks counterfactuals DATABASE BUSINESS-DATE [COUNT [EXACT]]"

  let ruleSet: RuleSet
  let limits = CounterfactualLimits()
  var exact: Int
  var recourses = 0
  var variations = 0
  var failures: [String] = []
  var inexact: [String] = []
  var earlyPayments = 0
  var comparedDates = 0
  var times: [Int] = []
  var runs: [Int] = []
  var searching = 0
  var kinds: [String: Int] = [:]

  /// Runs the check with the words of the command line; false where something does not hold.
  static func run(_ words: [String]) -> Bool {
    guard words.count >= 2, let date = CivilDate(words[1]) else {
      print(usage)
      return false
    }
    let count = words.count > 2 ? Int(words[2]) ?? 10_000 : 10_000
    do {
      let store = try FactStore(path: words[0], mode: .existing, contributed: DecisionStore.migrations)
      var check = CounterfactualCheck(
        ruleSet: try RuleSet(folder: "rules"), exact: words.count > 3 ? Int(words[3]) ?? 0 : 0)
      try check.check(store, on: date, count: count)
      return check.report()
    } catch {
      print("The check ended: \(error)")
      return false
    }
  }

  private mutating func check(_ store: FactStore, on date: CivilDate, count: Int) throws {
    var customers: [PortfolioCustomer] = []
    let asOf = AsOf(businessDate: date, knownAt: Instant(microseconds: .max))
    var next: Int? = 0
    while let key = next {
      let page = try store.read { reader throws(StoreError) in
        try reader.portfolio(after: key, limit: 1000, asOf: asOf)
      }
      customers += page.customers
      next = page.next
    }
    let sources = try store.read { reader throws(SQLiteError) in try LoadedSources(reader, asOf: asOf) }
    var random = SplitMix64(seed: 2026)
    customers.shuffle(using: &random)
    for customer in customers where recourses + variations < count {
      let situation = Situation(
        businessDate: date, sources: sources, quarantinedRecords: customer.openQuarantine)
      guard let content = ruleSet.decide(customer.facts, situation) else { continue }
      check(customer.facts, situation, content)
    }
  }

  private mutating func check(_ facts: CustomerFacts, _ situation: Situation, _ content: DecisionContent) {
    let start = Benchmark.cpuNanoseconds()
    let answer = ruleSet.counterfactuals(of: content, facts, situation, limits: limits)
    times.append(Benchmark.cpuNanoseconds() - start)
    if answer.runs > 0 {
      runs.append(answer.runs)
      searching += times.last ?? 0
    }
    switch answer.goal {
    case nil: kinds["nothing better", default: 0] += 1
    case _ where !answer.blockedBy.isEmpty: kinds["blocked", default: 0] += 1
    case _ where answer.recourses.isEmpty:
      kinds["no recourse", default: 0] += 1
    default:
      let words = answer.recourses.map { $0.levers.map(\.word).joined(separator: "+") }
      kinds[words.joined(separator: ", then "), default: 0] += 1
    }
    if answer.goal != nil, answer.blockedBy.isEmpty {
      kinds["variation of \(answer.changesNeeded.map(String.init) ?? "none")", default: 0] += 1
    }
    if answer.isCutShort { kinds["cut short", default: 0] += 1 }
    for recourse in answer.recourses {
      recourses += 1
      let fault = fault(of: recourse, facts, situation, content)
      if let fault { failures.append("\(content.customer), recourse from \(recourse.from): \(fault)") }
      if recourse.by != nil {
        var early = recourse
        early.by = situation.businessDate
        let verdict = verdict(early.applied(to: facts), recourse.from, situation, content)
        if verdict?.isBetter(than: content) == true { earlyPayments += 1 }
      } else {
        earlyPayments += 1
      }
    }
    for variation in answer.variations {
      variations += 1
      let verdict = ruleSet.verdict(facts, situation, with: variation.changes)
      if verdict != variation.verdict || verdict?.isBetter(than: content) != true {
        failures.append("\(content.customer), variation \(variation.changes)")
      }
    }
  }

  private mutating func fault(
    of recourse: Recourse, _ facts: CustomerFacts, _ situation: Situation, _ content: DecisionContent
  ) -> String? {
    let future = recourse.applied(to: facts)
    let verdict = verdict(future, recourse.from, situation, content)
    if verdict != recourse.verdict { return "another verdict" }
    guard holds(future, recourse.from, situation, content) else { return "not better, or not to stay" }
    let first = (recourse.by ?? situation.businessDate).adding(days: 1) ?? recourse.from
    let days = first.dayNumber..<max(first.dayNumber, recourse.from.dayNumber)
    if let before = days.last, holds(future, CivilDate(dayNumber: before), situation, content) {
      return "holds on the day before"
    }
    if comparedDates < exact, !days.isEmpty {
      comparedDates += 1
      let earlier = days.first { holds(future, CivilDate(dayNumber: $0), situation, content) }
      if let earlier {
        inexact.append(
          "\(content.customer), \(recourse.levers.map(\.word)) from \(recourse.from): \(CivilDate(dayNumber: earlier))"
        )
      }
    }
    return nil
  }

  private func holds(
    _ facts: CustomerFacts, _ day: CivilDate, _ situation: Situation, _ content: DecisionContent
  ) -> Bool {
    var past = content
    for month in 0...limits.lastingMonths {
      guard let later = day.adding(months: month),
        let next = ruleSet.decide(facts, situation.later(on: later, after: past)),
        next.isBetter(than: content)
      else { return false }
      past = next
    }
    return true
  }

  private func verdict(
    _ facts: CustomerFacts, _ day: CivilDate, _ situation: Situation, _ content: DecisionContent
  ) -> Verdict? {
    ruleSet.decide(facts, situation.later(on: day, after: content)).map(Verdict.init)
  }

  private func report() -> Bool {
    let sorted = times.sorted()
    func time(_ share: Double) -> String {
      guard !sorted.isEmpty else { return "-" }
      let place = min(sorted.count - 1, Int(Double(sorted.count) * share))
      return "\(Double(sorted[place] / 1000) / 1000) ms"
    }
    print("customers                  \(times.count)")
    for kind in kinds.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      print("  \(kind.key): \(kind.value)")
    }
    print(
      "counterfactuals            \(recourses + variations) (\(recourses) recourses, \(variations) variations)"
    )
    print("that hold                  \(recourses + variations - failures.count)")
    print("recourses that hold if paid on the business date already: \(earlyPayments)")
    print("dates compared day by day  \(comparedDates), exact \(comparedDates - inexact.count)")
    for date in inexact.prefix(20) { print("  earlier than \(date)") }
    print(
      "time for one customer      median \(time(0.5)), 95 % \(time(0.95)), 99 % \(time(0.99)), most \(time(1))"
    )
    let busy = runs.sorted()
    if let most = busy.last {
      print(
        "time where there is something to look for: mean \(Double(searching / busy.count / 1000) / 1000) ms")
      print(
        "runs of the rules          mean \(busy.reduce(0, +) / busy.count), 95 % \(busy[busy.count * 95 / 100]), most \(most)"
      )
    }
    for failure in failures.prefix(20) { print("  \(failure)") }
    return failures.isEmpty
  }
}
