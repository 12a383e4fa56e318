/// A part of an explanation under a heading of its own.
public struct ExplanationSection: Hashable, Sendable {
  /// What stands under the heading.
  public enum Body: Hashable, Sendable {
    /// Sentences, one a paragraph.
    case paragraphs([ExplanationSentence])
    /// Rows of cells; the first cell names the row. Without columns there is no heading row.
    case table(columns: [String], rows: [[String]])
  }

  /// The heading.
  public let heading: String
  /// What stands under it.
  public let body: Body

  /// The sentences; none where it is a table.
  public var sentences: [ExplanationSentence] {
    if case .paragraphs(let sentences) = body { sentences } else { [] }
  }
}
