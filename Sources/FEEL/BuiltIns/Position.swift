internal import Values

/// A position in a string or list as FEEL counts: the first is 1, the last is -1.
enum Position {
  /// The index from 0, or nil where there is no such place among `count`; fractions are cut off.
  static func index(_ position: Decimal, count: Int) -> Int? {
    guard let number = whole(position), number != 0 else { return nil }
    if number > 0 { return number <= count ? number - 1 : nil }
    return number >= -count ? count + number : nil
  }

  /// The whole part, held within the range of `Int`.
  static func whole(_ number: Decimal) -> Int? {
    guard let rounded = number.rounded(scale: 0, .down) else { return nil }
    return rounded.integer() ?? (rounded.sign < 0 ? Int.min + 1 : Int.max)
  }

  /// The index for a position, refusing one that does not exist.
  static func require(_ position: Decimal, of count: Int, in what: String) throws(Refusal) -> Int {
    guard let index = index(position, count: count) else {
      throw .invalid("the \(what) has no position \(position), its length is \(count)")
    }
    return index
  }
}
