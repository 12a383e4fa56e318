/// A parameter of a function: its name and type.
public struct FunctionParameter: Sendable, Hashable {
  /// The name by which a named invocation gives it.
  public let name: String
  /// The type to which an argument is coerced.
  public let type: FEELType

  /// Makes a parameter.
  public init(_ name: String, _ type: FEELType = .any) {
    self.name = name
    self.type = type
  }
}

/// A function as a value: a definition with its closure, a business knowledge model, a decision service or a
/// built-in (DMN 1.5, 10.3.2.13.2).
public final class FunctionValue: Sendable, Hashable {
  /// What the function does with coerced arguments, one for each parameter.
  public typealias Body = @Sendable (_ arguments: [Value], _ evaluation: inout Evaluation) -> Value

  /// The name for messages; nil for a function without one.
  public let name: String?
  /// The parameters in their order; empty for a built-in, which has overloads instead.
  public let parameters: [FunctionParameter]
  /// The type of the result.
  public let result: FEELType
  /// The type of the result as inferred from the body, which need not be checked.
  let inferredResult: FEELType
  /// How much of the nesting budget one call takes, see `Evaluation.enter(cost:)`.
  let cost: Int
  /// The built-in this value stands for.
  let builtIn: BuiltIn?
  private let body: Body

  /// Makes a function of a body; the result is coerced to the result type.
  public init(
    name: String? = nil, parameters: [FunctionParameter], result: FEELType = .any, cost: Int = 8,
    body: @escaping Body
  ) {
    self.name = name
    self.parameters = parameters
    self.result = result
    self.cost = cost
    self.builtIn = nil
    self.body = body
    inferredResult = result
  }

  /// Makes a function of a definition, whose result is what its body gives.
  init(parameters: [FunctionParameter], inferredResult: FEELType, cost: Int, body: @escaping Body) {
    name = nil
    self.parameters = parameters
    result = .any
    self.inferredResult = inferredResult
    self.cost = cost
    builtIn = nil
    self.body = body
  }

  /// Makes the value of a built-in.
  init(_ builtIn: BuiltIn) {
    name = builtIn.name
    parameters = []
    result = .any
    inferredResult = .any
    cost = 4
    self.builtIn = builtIn
    body = { arguments, evaluation in builtIn.invoke(arguments, &evaluation) }
  }

  /// Calls the function with arguments by position; arguments that do not fit give null with a warning.
  public func invoke(_ arguments: [Value], _ evaluation: inout Evaluation) -> Value {
    if builtIn != nil { return body(arguments, &evaluation) }
    guard arguments.count == parameters.count else {
      return evaluation.null(.wrongNumberOfArguments, [label, "\(parameters.count)", "\(arguments.count)"])
    }
    var coerced = arguments
    for (position, parameter) in parameters.enumerated() where parameter.type != .any {
      guard let value = arguments[position].coerced(to: parameter.type) else {
        // 10.3.2.9.4: an argument that does not conform becomes null, and so does the invocation's result.
        return evaluation.null(
          .argumentType, [label, parameter.name, parameter.type.description, arguments[position].kindName])
      }
      coerced[position] = value
    }
    guard evaluation.enter(cost: cost) else { return .null }
    defer { evaluation.leave(cost: cost) }
    let value = body(coerced, &evaluation)
    guard let fitting = value.coerced(to: result) else {
      return evaluation.null(.resultType, [label, result.description, value.kindName])
    }
    return fitting
  }

  /// Calls the function with arguments by name; a parameter not named is null.
  public func invoke(named arguments: [(name: String, value: Value)], _ evaluation: inout Evaluation) -> Value
  {
    if let builtIn { return builtIn.invoke(named: arguments, &evaluation) }
    var ordered = Array(repeating: Value.null, count: parameters.count)
    for argument in arguments {
      guard let position = parameters.firstIndex(where: { $0.name == argument.name }) else {
        return evaluation.null(.unknownParameter, [label, argument.name])
      }
      ordered[position] = argument.value
    }
    return invoke(ordered, &evaluation)
  }

  private var label: String { name ?? "function" }

  /// Whether both are the same function.
  public static func == (left: FunctionValue, right: FunctionValue) -> Bool {
    if let left = left.builtIn, let right = right.builtIn { return left.name == right.name }
    return left === right
  }

  /// Hashes the identity.
  public func hash(into hasher: inout Hasher) {
    if let builtIn { hasher.combine(builtIn.name) } else { hasher.combine(ObjectIdentifier(self)) }
  }
}
