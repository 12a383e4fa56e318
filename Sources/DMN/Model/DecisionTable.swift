public import Formats

/// A decision table as written (DMN 1.5, chapter 8).
public struct DecisionTable: Sendable {
  /// The `id` attribute.
  public var id: String?
  /// How several matching rules make one result.
  public var hitPolicy: HitPolicy
  /// What a COLLECT table makes of the collected outputs; nil collects them in a list.
  public var aggregation: Aggregation?
  /// The heading of the result.
  public var outputLabel: String?
  /// The input columns.
  public var inputs: [InputClause]
  /// The output columns.
  public var outputs: [OutputClause]
  /// The names of the annotation columns.
  public var annotations: [String]
  /// The rules, in order.
  public var rules: [TableRule]
  /// Where the table begins.
  public var position: TextPosition?
}

/// How several matching rules of a table make one result (DMN 1.5, 8.2.8).
public enum HitPolicy: String, Sendable, CaseIterable {
  case unique = "UNIQUE"
  case first = "FIRST"
  case priority = "PRIORITY"
  case any = "ANY"
  case collect = "COLLECT"
  case ruleOrder = "RULE ORDER"
  case outputOrder = "OUTPUT ORDER"

  /// The letter that stands in the corner of a drawn table.
  public var letter: String { String(rawValue.prefix(1)) }
}

/// What a COLLECT table makes of the collected outputs.
public enum Aggregation: String, Sendable, CaseIterable {
  case sum = "SUM"
  case count = "COUNT"
  case min = "MIN"
  case max = "MAX"

  /// The sign that follows the letter C in the corner of a drawn table.
  public var sign: String {
    switch self {
    case .sum: "+"
    case .count: "#"
    case .min: "<"
    case .max: ">"
    }
  }
}

/// An input column.
public struct InputClause: Sendable {
  /// The `id` attribute.
  public var id: String?
  /// The heading for people.
  public var label: String?
  /// The expression that is tested by the column's cells.
  public var expression: ExpressionText
  /// The name of the expression's type as written.
  public var typeReference: String?
  /// The values that the expression may have.
  public var values: UnaryTestsText?
}

/// An output column.
public struct OutputClause: Sendable {
  /// The `id` attribute.
  public var id: String?
  /// The heading for people.
  public var label: String?
  /// The name of the entry that the column gives to the result, where there are several columns.
  public var name: String?
  /// The name of the type as written.
  public var typeReference: String?
  /// The values that the column may have, best first where the hit policy is by priority.
  public var values: UnaryTestsText?
  /// What the column gives where no rule matches.
  public var defaultEntry: ExpressionText?
}

/// One rule.
public struct TableRule: Sendable {
  /// The `id` attribute.
  public var id: String?
  /// A text for people.
  public var description: String?
  /// The tests, a cell for each input column.
  public var inputs: [UnaryTestsText]
  /// The results, a cell for each output column.
  public var outputs: [ExpressionText]
  /// The annotations, a cell for each annotation column.
  public var annotations: [String]
  /// Where the rule begins.
  public var position: TextPosition?
}
