/// A set of numbers held as ranges: little memory where the numbers are nearly gapless, as keys and entries are.
struct NumberSet: Sendable {
  /// Disjoint, ascending and not adjacent.
  private(set) var ranges: [ClosedRange<Int>] = []

  /// Adds a number.
  mutating func insert(_ number: Int) { insert(number...number) }

  /// Adds every number of a range.
  mutating func insert(_ range: ClosedRange<Int>) {
    // Nearly always the new numbers follow the last ones.
    if let last = ranges.last, range.lowerBound > last.upperBound {
      if range.lowerBound - 1 == last.upperBound {
        ranges[ranges.count - 1] = last.lowerBound...range.upperBound
      } else {
        ranges.append(range)
      }
      return
    }
    // Those that end before the range begins, adjacent ones not counted.
    let first = place { $0.upperBound < range.lowerBound && $0.upperBound != range.lowerBound - 1 }
    let end = place { $0.lowerBound <= range.upperBound || $0.lowerBound - 1 == range.upperBound }
    guard first < end else {
      ranges.insert(range, at: first)
      return
    }
    let merged =
      min(ranges[first].lowerBound, range.lowerBound)...max(ranges[end - 1].upperBound, range.upperBound)
    ranges.replaceSubrange(first..<end, with: CollectionOfOne(merged))
  }

  /// Whether a number is in the set.
  func contains(_ number: Int) -> Bool {
    let found = place { $0.upperBound < number }
    return found < ranges.count && ranges[found].contains(number)
  }

  /// The number of ranges, from the first on, for which a condition holds; it holds for none behind these.
  private func place(while holds: (ClosedRange<Int>) -> Bool) -> Int {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = low + (high - low) / 2
      if holds(ranges[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
