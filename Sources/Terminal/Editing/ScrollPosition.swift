/// Which of many rows is chosen, and which are in sight.
public struct ScrollPosition: Hashable, Sendable {
  /// The chosen row, from 0.
  public private(set) var selected = 0
  /// The first row in sight.
  public private(set) var top = 0

  /// The first row chosen and in sight.
  public init() {}

  /// Chooses a row, or the nearest there is.
  public mutating func select(_ row: Int, of count: Int) {
    selected = min(max(0, row), max(0, count - 1))
  }

  /// Brings the chosen row into sight; what is shown moves no more than it has to.
  public mutating func settle(count: Int, height: Int) {
    select(selected, of: count)
    let height = max(1, height)
    top = min(top, max(0, count - height))
    top = min(top, selected)
    top = max(top, selected - height + 1)
  }

  /// Shows rows further down or up without a chosen one, as of a text.
  public mutating func scroll(_ step: Int, count: Int, height: Int) {
    top = min(max(0, top + step), max(0, count - max(1, height)))
    selected = top
  }

  /// The rows in sight.
  public func visible(count: Int, height: Int) -> Range<Int> {
    let start = min(max(0, top), max(0, count))
    return start..<min(count, start + max(0, height))
  }
}
