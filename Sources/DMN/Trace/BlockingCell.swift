public import FEEL

/// The first cell of a rule that kept the rule from matching.
public struct BlockingCell: Sendable, Hashable {
  /// The rule, from 0.
  public var rule: Int
  /// The input column, from 0.
  public var input: Int
  /// The value that was tested.
  public var value: Value
  /// The test that did not hold.
  public var test: String
}

/// The question which cell of a rule blocks, and what was found each time the table was evaluated.
struct BlockingProbe: Sendable {
  var table: Int
  var rule: Int
  /// The blocking cell for each evaluation of the table; nil where the rule's cells all hold.
  var found: [BlockingCell?] = []
}
