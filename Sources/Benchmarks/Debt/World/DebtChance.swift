import SyntheticPortfolio

/// Chances that hang on a seed and a name alone: what was drawn once is drawn again after a kill.
struct DebtChance {
  private var random: SplitMix64

  init(_ seed: UInt64, _ name: String) {
    // FNV-1a of the name, mixed with the seed.
    let hash = name.utf8.reduce(seed ^ 0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    random = SplitMix64(seed: hash)
  }

  /// True in so many of a thousand cases.
  mutating func happens(_ perThousand: Int) -> Bool { number(0...999) < perThousand }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  /// One of a list with weights; the last where the weights are used up.
  mutating func pick<Element>(_ list: [(weight: Int, what: Element)], or other: Element) -> Element {
    var rest = number(0...max(0, list.reduce(0) { $0 + $1.weight } - 1))
    for (weight, what) in list {
      if rest < weight { return what }
      rest -= weight
    }
    return other
  }
}
