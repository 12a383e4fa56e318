import Facts
import Formats
import TestSupport
import Testing
import Values

@testable import Decisioning

/// Every counterfactual of random customers against the full pipeline, and the searches against plain ones.
@Suite struct CounterfactualPropertyTests {
  static let today = Portfolio.businessDate

  struct Explained {
    let facts: CustomerFacts
    let situation: Situation
    let content: DecisionContent
    let answer: Counterfactuals
    let rules: RuleSet

    init?(seed: UInt64) throws {
      let facts = RandomCustomer(seed: seed, on: today).facts
      var random = SeededGenerator(seed: seed ^ 0xABCD)
      var situation = Situation(
        businessDate: today, sources: LoadedSources(arrearsRegister: true, publicRegisters: true))
      if random.number(below: 2) == 0 {
        let rating = ["A", "B", "C", "D", "E", "F"][random.number(below: 6)]
        situation.previous = PreviousRating(
          rating: rating, since: CivilDate(dayNumber: today.dayNumber - 60),
          downgradedOn: random.number(below: 2) == 0
            ? CivilDate(dayNumber: today.dayNumber - random.number(below: 40)) : nil)
      }
      rules = try Portfolio.rules.get()
      guard let content = rules.decide(facts, situation) else { return nil }
      self.facts = facts
      self.situation = situation
      self.content = content
      answer = rules.counterfactuals(of: content, facts, situation)
    }

    /// Whether a day gives something better, and the three monthly re-ratings after it as well.
    func holds(_ future: CustomerFacts, on day: CivilDate) -> Bool {
      var past = content
      for month in 0...CounterfactualLimits().lastingMonths {
        guard let later = day.adding(months: month),
          let next = rules.decide(future, situation.later(on: later, after: past)),
          next.isBetter(than: content)
        else { return false }
        past = next
      }
      return true
    }
  }

  @Test(arguments: 0..<4) func everyCounterfactualHolds(part: Int) throws {
    var recourses = 0
    var variations = 0
    for seed in (part * 25)..<(part * 25 + 25) {
      guard let explained = try Explained(seed: UInt64(seed)) else { continue }
      let answer = explained.answer
      #expect(!answer.isCutShort)
      #expect(answer.blockedBy.isEmpty || (answer.recourses.isEmpty && answer.variations.isEmpty))
      for recourse in answer.recourses {
        recourses += 1
        let future = recourse.applied(to: explained.facts)
        let decided = try #require(
          explained.rules.decide(
            future, explained.situation.later(on: recourse.from, after: explained.content)))
        #expect(Verdict(decided) == recourse.verdict, "seed \(seed)")
        #expect(explained.holds(future, on: recourse.from), "seed \(seed)")
        let first = try #require((recourse.by ?? Self.today).adding(days: 1))
        #expect(recourse.from >= first)
        if recourse.from > first {
          let before = CivilDate(dayNumber: recourse.from.dayNumber - 1)
          #expect(!explained.holds(future, on: before), "seed \(seed)")
        }
      }
      // More kinds of action are only proposed because they lead there earlier.
      for (less, more) in zip(answer.recourses, answer.recourses.dropFirst()) {
        #expect(less.levers.count < more.levers.count && more.from < less.from, "seed \(seed)")
      }
      for variation in answer.variations {
        variations += 1
        let verdict = explained.rules.verdict(explained.facts, explained.situation, with: variation.changes)
        #expect(verdict == variation.verdict, "seed \(seed)")
        #expect(verdict?.isBetter(than: explained.content) == true, "seed \(seed)")
      }
    }
    #expect(recourses > 3 && variations > 3)
  }

  @Test func theDateIsTheFirstOfAllDays() throws {
    var compared = 0
    for seed in 1000..<1200 where compared < 6 {
      guard let explained = try Explained(seed: UInt64(seed)) else { continue }
      for recourse in explained.answer.recourses {
        let first = (recourse.by ?? Self.today).dayNumber + 1
        guard recourse.from.dayNumber > first, recourse.from.dayNumber < first + 200 else { continue }
        compared += 1
        let future = recourse.applied(to: explained.facts)
        let earlier = (first..<recourse.from.dayNumber).first {
          explained.holds(future, on: CivilDate(dayNumber: $0))
        }
        #expect(earlier == nil, "seed \(seed)")
      }
    }
    #expect(compared >= 6)
  }

  @Test func noFewerInvoicesWouldDo() throws {
    var compared = 0
    for seed in 2000..<2300 where compared < 6 {
      guard let explained = try Explained(seed: UInt64(seed)) else { continue }
      for recourse in explained.answer.recourses where recourse.payments.count > 1 {
        compared += 1
        for count in 1..<recourse.payments.count {
          var fewer = recourse
          fewer.payments = Array(recourse.payments.prefix(count))
          #expect(!explained.holds(fewer.applied(to: explained.facts), on: recourse.from), "seed \(seed)")
        }
      }
    }
    #expect(compared > 0)
  }

  /// Each better bin of each characteristic and each pair of them, run one by one.
  @Test func noSmallerVariationWouldDo() throws {
    var needed: [Int?: Int] = [:]
    for seed in 3000..<3200 where (needed[1] ?? 0) < 10 || (needed[2] ?? 0) < 3 || (needed[nil] ?? 0) < 2 {
      guard let explained = try Explained(seed: UInt64(seed)), explained.answer.goal != nil,
        explained.answer.blockedBy.isEmpty, explained.content.knockOuts.isEmpty
      else { continue }
      let count = explained.answer.changesNeeded
      let limit = [1: 10, 2: 3][count ?? 0] ?? 2
      guard (needed[count] ?? 0) < limit else { continue }
      needed[count, default: 0] += 1
      let singles = changes(explained)
      let enough = singles.filter { isEnough([$0], explained) }
      if count == 1 {
        #expect(explained.answer.variations.first?.steps == enough.map(\.steps).min(), "seed \(seed)")
        continue
      }
      #expect(enough.isEmpty, "seed \(seed)")
      var fewest: Int?
      for (place, first) in singles.enumerated() {
        for second in singles[(place + 1)...] where second.name != first.name {
          let steps = first.steps + second.steps
          if fewest.map({ steps < $0 }) ?? true, isEnough([first, second], explained) { fewest = steps }
        }
      }
      #expect(explained.answer.variations.first?.steps == fewest, "seed \(seed)")
    }
    #expect((needed[1] ?? 0) > 0 && (needed[2] ?? 0) > 0)
  }

  private func isEnough(_ changes: [CharacteristicChange], _ explained: Explained) -> Bool {
    explained.rules.verdict(explained.facts, explained.situation, with: changes)?
      .isBetter(than: explained.content) == true
  }

  private func changes(_ explained: Explained) -> [CharacteristicChange] {
    var changes: [CharacteristicChange] = []
    for scored in explained.content.characteristics {
      for bins in explained.rules.bins.bins {
        guard let now = bins.firstIndex(where: { $0.id == scored.rule }), !bins[now].levers.isEmpty else {
          continue
        }
        let value = explained.content.features.first { $0.name == scored.name }?.value.numberValue
        for (place, bin) in bins.enumerated() where !bin.isMissing && bin.points > scored.points {
          guard let target = bin.nearest(to: value) else { continue }
          let better = bins.count {
            !$0.isMissing && $0.points > scored.points && $0.points <= bin.points
          }
          changes.append(
            CharacteristicChange(
              name: scored.name, value: value, target: target.value, direction: target.direction,
              rule: scored.rule, targetRule: bin.id, step: "", targetStep: "",
              gain: bin.points - scored.points, steps: bins[now].isMissing ? better : abs(place - now),
              levers: bins[now].levers))
        }
      }
    }
    return changes
  }
}
