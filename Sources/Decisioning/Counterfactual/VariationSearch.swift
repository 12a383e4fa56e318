import Formats
import Values

/// Looks for the smallest changes of characteristics with which the live rating model gives the next better class.
///
/// Exact over the bins: every changeable characteristic with every better bin, then every pair. Since the scorecard
/// adds up, what a change is worth is known without a run; the least gain that is enough is found by halving over
/// all sums, and each answer is run before it is given. Where a policy uses a characteristic outside the scorecard
/// too, answers remain true, but one with a smaller gain could be missed.
struct VariationSearch {
  /// What would come of other feature values: the live rating model.
  let verdict: ([CharacteristicChange]) -> Verdict?
  let explained: DecisionContent
  let bins: ScorecardBins
  let limits: CounterfactualLimits
  private(set) var runs = 0

  init(
    explained: DecisionContent, bins: ScorecardBins, limits: CounterfactualLimits,
    verdict: @escaping ([CharacteristicChange]) -> Verdict?
  ) {
    self.explained = explained
    self.bins = bins
    self.limits = limits
    self.verdict = verdict
  }

  /// The variations with the fewest characteristics, at most two; the fewest steps first.
  mutating func variations() -> [Variation] {
    let singles = changes().map { [$0] }
    let found = enough(of: singles)
    guard found.isEmpty else { return found }
    var pairs: [[Candidate]] = []
    for (place, first) in singles.enumerated() {
      for second in singles[(place + 1)...] where second[0].characteristic != first[0].characteristic {
        pairs.append(
          first[0].characteristic < second[0].characteristic ? first + second : second + first)
      }
    }
    return enough(of: pairs)
  }

  /// A characteristic put into one better bin.
  private struct Candidate {
    let characteristic: Int
    let change: CharacteristicChange
  }

  /// Every characteristic that the policy calls changeable, put into each bin that gives more points.
  private func changes() -> [Candidate] {
    var changes: [Candidate] = []
    for (place, scored) in explained.characteristics.enumerated() {
      guard let characteristic = bins.bins.firstIndex(where: { $0.contains { $0.id == scored.rule } }),
        let now = bins.bins[characteristic].firstIndex(where: { $0.id == scored.rule })
      else { continue }
      let all = bins.bins[characteristic]
      guard !all[now].levers.isEmpty else { continue }
      let value = explained.features.first { $0.name == scored.name }?.value.numberValue
      guard value != nil || all[now].isMissing else { continue }
      for (index, bin) in all.enumerated() where !bin.isMissing && bin.points > scored.points {
        guard let target = bin.nearest(to: value) else { continue }
        // From an unknown value each better bin is one step further than those that give less.
        let steps =
          all[now].isMissing
          ? all.count { !$0.isMissing && $0.points > scored.points && $0.points <= bin.points }
          : abs(index - now)
        changes.append(
          Candidate(
            characteristic: place,
            change: CharacteristicChange(
              name: scored.name, value: value, target: target.value, direction: target.direction,
              rule: scored.rule, targetRule: bin.id, step: all[now].text, targetStep: bin.text,
              gain: bin.points - scored.points, steps: steps, levers: all[now].levers)))
      }
    }
    return changes
  }

  /// Those of the changes that are enough, in order, at most one for the same characteristics.
  private mutating func enough(of sets: [[Candidate]]) -> [Variation] {
    guard !sets.isEmpty else { return [] }
    let ordered = sets.map { set in
      (
        set: set, gain: set.reduce(Decimal.zero) { $0 + $1.change.gain },
        steps: set.reduce(0) { $0 + $1.change.steps }, places: set.map(\.characteristic)
      )
    }
    .sorted { left, right in
      if left.steps != right.steps { return left.steps < right.steps }
      if left.gain != right.gain { return left.gain < right.gain }
      return left.places.lexicographicallyPrecedes(right.places)
    }
    // The least sum that is enough, by halving over one set for each sum.
    var seen: Set<Decimal> = []
    let sums = ordered.filter { seen.insert($0.gain).inserted }.sorted { $0.gain < $1.gain }
    var low = -1
    var high = sums.count - 1
    guard run(sums[high].set) != nil else { return [] }
    while high - low > 1 {
      let middle = (low + high) / 2
      if run(sums[middle].set) != nil { high = middle } else { low = middle }
    }
    var found: [Variation] = []
    var used: Set<[Int]> = []
    for entry in ordered where entry.gain >= sums[high].gain && !used.contains(entry.places) {
      guard found.count < limits.variations, runs < limits.runs else { break }
      guard let verdict = run(entry.set) else { continue }
      used.insert(entry.places)
      found.append(Variation(changes: entry.set.map(\.change), verdict: verdict))
    }
    return found
  }

  /// What the live model gives with the changes, if it is better.
  private mutating func run(_ set: [Candidate]) -> Verdict? {
    runs += 1
    guard let verdict = verdict(set.map(\.change)),
      verdict.isBetter(than: explained)
    else { return nil }
    return verdict
  }
}
