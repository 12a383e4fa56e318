internal import Values

/// A node of the checked tree: names are resolved to slots, types inferred as far as they can be known.
struct Expression: Sendable {
  /// What the node does.
  let node: Node
  /// The type of its value.
  let type: FEELType
  /// Its place in the text.
  let position: SourcePosition
  /// How deep the tree beneath it is, itself included.
  let depth: Int

  init(_ node: Node, _ type: FEELType, at position: SourcePosition, depth: Int = 1) {
    self.node = node
    self.type = type
    self.position = position
    self.depth = depth
  }

  /// The constant, if the node is one.
  var constant: Value? {
    if case .constant(let value) = node { return value }
    return nil
  }
}

extension Expression {
  /// Whether the node is a comparison or made of comparisons, so that its null means that it is undecided.
  var isCondition: Bool {
    switch node {
    case .comparison, .conjunction, .disjunction, .between, .membership, .some, .every, .instanceOf: true
    default: false
    }
  }
}

enum ArithmeticOperator: String, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case power = "**"
}

enum ComparisonOperator: String, Sendable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

/// One variable of `for`, `some` or `every` with what it runs over.
struct IterationVariable: Sendable {
  let slot: Int
  let source: Expression
  /// The upper end in `for i in 1..9`.
  let end: Expression?
}

/// One test of a decision-table cell or of the right side of `in` (rule 7 and 15).
struct UnaryTest: Sendable {
  enum Kind: Sendable {
    /// `< 5`
    case comparison(ComparisonOperator, Expression)
    /// An expression: true, equal to the value, a list or range with the value in it.
    case expression(Expression, mentionsInput: Bool)
  }

  let kind: Kind
  let position: SourcePosition
}

/// A function definition's inner side: its own frame.
struct FunctionDefinition: Sendable {
  let parameters: [FunctionParameter]
  /// Slots of the defining frame that are copied into the function's frame.
  let captures: [(outer: Int, inner: Int)]
  /// The slot where the function finds itself, if it is named by a context entry.
  let selfSlot: Int?
  let slotCount: Int
  let body: Expression
}

indirect enum Node: Sendable {
  case constant(Value)
  case slot(Int)
  /// An entry of a filter's item if it is a context that has it, else the other expression, else null.
  case itemEntry(slot: Int, name: String, otherwise: Expression?)
  case negation(Expression)
  case arithmetic(ArithmeticOperator, Expression, Expression)
  case comparison(ComparisonOperator, Expression, Expression)
  case conjunction([Expression])
  case disjunction([Expression])
  case between(Expression, Expression, Expression)
  case membership(Expression, [UnaryTest], slot: Int)
  case conditional(Expression, Expression, Expression)
  case iteration([IterationVariable], partial: Int?, body: Expression)
  case some([IterationVariable], Expression)
  case every([IterationVariable], Expression)
  case list([Expression])
  case context(ContextShape, [(slot: Int, value: Expression)])
  case path(Expression, String)
  case filter(Expression, slot: Int, Expression)
  case range(low: Expression?, lowIncluded: Bool, high: Expression?, highIncluded: Bool, ValueRange.Form)
  case instanceOf(Expression, FEELType)
  case function(FunctionDefinition)
  case builtIn(BuiltIn, [Expression])
  case builtInNamed(BuiltIn, [(name: String, value: Expression)])
  case call(Expression, [Expression])
  case callNamed(Expression, [(name: String, value: Expression)])
  /// Coerces to a type, null with a warning where the value does not conform.
  case coercion(Expression, FEELType)
  /// Null with a warning each time it is evaluated.
  case fault(Warning.Code, [String])
  /// The tests of a cell.
  case tests([UnaryTest], negated: Bool, slot: Int)
}
