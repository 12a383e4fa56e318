/// The newest numbers that were noted and followed each other without a gap.
struct NumberRun {
  /// From the first to the last; nil where there are none.
  private(set) var range: ClosedRange<Int>?

  /// Goes on where the numbers follow the last one, else begins with them.
  mutating func append(_ numbers: ClosedRange<Int>) {
    if let before = range, before.upperBound + 1 == numbers.lowerBound {
      range = before.lowerBound...numbers.upperBound
    } else {
      range = numbers
    }
  }

  /// Ends the run: what is noted next begins another.
  mutating func end() { range = nil }
}
