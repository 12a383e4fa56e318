public import Formats

/// Decision logic in one of the forms that the standard draws as boxes (DMN 1.5, 7.3.1 and 10.2).
public struct BoxedExpression: Sendable {
  /// The `id` attribute.
  public var id: String?
  /// The name of the type of the result as written; nil means any type.
  public var typeReference: String?
  /// Where the expression begins.
  public var position: TextPosition?
  /// What kind of expression it is.
  public var form: Form

  /// The kinds of boxed expression.
  public indirect enum Form: Sendable {
    case literal(ExpressionText)
    case context([ContextEntry])
    case invocation(Invocation)
    case list([BoxedExpression])
    case relation(Relation)
    case functionDefinition(FunctionDefinition)
    case decisionTable(DecisionTable)
    case conditional(Conditional)
    case filter(Filter)
    case iteration(Iteration)
  }

  /// Makes an expression.
  public init(id: String? = nil, typeReference: String? = nil, position: TextPosition? = nil, form: Form) {
    self.id = id
    self.typeReference = typeReference
    self.position = position
    self.form = form
  }
}

/// The text of a FEEL expression and where it stands.
public struct ExpressionText: Sendable {
  /// The `id` of the element that holds the text.
  public var id: String?
  /// The text as written.
  public var text: String
  /// The expression language, where it is not FEEL.
  public var language: String?
  /// Where the text begins in the file.
  public var position: TextPosition?

  /// Makes an expression text.
  public init(id: String? = nil, text: String, language: String? = nil, position: TextPosition? = nil) {
    self.id = id
    self.text = text
    self.language = language
    self.position = position
  }
}

/// The text of FEEL unary tests: allowed values, input values, the input cells of a table.
public typealias UnaryTestsText = ExpressionText

/// One row of a boxed context; a row without a variable is the context's result.
public struct ContextEntry: Sendable {
  /// The variable that the row defines.
  public var variable: InformationItem?
  /// The row's logic; nil where the modeller left it empty.
  public var expression: BoxedExpression?
  /// Where the row begins.
  public var position: TextPosition?
}

/// The invocation of a function with arguments bound by name.
public struct Invocation: Sendable {
  /// The expression that gives the function.
  public var function: BoxedExpression?
  /// Parameter names and argument expressions.
  public var bindings: [Binding]

  /// One argument.
  public struct Binding: Sendable {
    /// The parameter.
    public var parameter: InformationItem
    /// The argument; nil where the modeller left it empty.
    public var expression: BoxedExpression?
  }
}

/// A list of contexts written as a table.
public struct Relation: Sendable {
  /// The columns, each with the name of the entry that it defines.
  public var columns: [InformationItem]
  /// The rows, a cell for each column.
  public var rows: [[BoxedExpression]]
}

/// A function with parameters and a body.
public struct FunctionDefinition: Sendable {
  /// In which language the body is written.
  public enum Kind: String, Sendable {
    case feel = "FEEL"
    case java = "Java"
    case pmml = "PMML"
  }
  /// The language of the body.
  public var kind: Kind
  /// The formal parameters.
  public var parameters: [InformationItem]
  /// The name of the type of the result as written; nil means any type.
  public var typeReference: String?
  /// The body; nil where the modeller left it empty.
  public var body: BoxedExpression?
  /// Where the definition begins.
  public var position: TextPosition?
}

/// A boxed `if`.
public struct Conditional: Sendable {
  /// The condition.
  public var condition: BoxedExpression?
  /// The logic where the condition is true.
  public var then: BoxedExpression?
  /// The logic where it is not.
  public var otherwise: BoxedExpression?
}

/// A boxed filter.
public struct Filter: Sendable {
  /// The collection.
  public var collection: BoxedExpression?
  /// The condition, which sees `item`.
  public var match: BoxedExpression?
}

/// A boxed `for`, `some` or `every`.
public struct Iteration: Sendable {
  /// What is made of the elements.
  public enum Kind: String, Sendable {
    case transform = "for"
    case some
    case every
  }
  /// What is made of the elements.
  public var kind: Kind
  /// The name of the variable that holds the element.
  public var variable: String
  /// The collection or range.
  public var collection: BoxedExpression?
  /// The logic for each element.
  public var body: BoxedExpression?
}
