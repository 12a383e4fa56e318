/// A place in an expression's text.
public struct SourcePosition: Sendable, Hashable, CustomStringConvertible {
  /// The line, from 1.
  public let line: Int
  /// The column in code points, from 1.
  public let column: Int
  /// The distance from the beginning of the expression in code points.
  public let offset: Int

  /// The beginning of a text.
  public static let start = SourcePosition(line: 1, column: 1, offset: 0)

  /// Makes a position.
  public init(line: Int, column: Int, offset: Int) {
    self.line = line
    self.column = column
    self.offset = offset
  }

  /// Line and column: `2:14`.
  public var description: String { "\(line):\(column)" }
}
