/// A built-in function of FEEL (DMN 1.5, 10.3.4): a name with one or more overloads.
///
/// An overload is chosen by the number (or names) of the arguments and then by their types: first one to which all
/// arguments conform as they are, then one to which they conform after implicit conversion (10.3.2.9.4).
public struct BuiltIn: Sendable {
  /// A parameter of an overload.
  public struct Parameter: Sendable, Hashable {
    /// The standard's name of the parameter.
    public let name: String
    /// The type an argument has to conform to; null conforms to every type.
    public let type: FEELType
    /// Whether the argument may be left out; only the last parameters of an overload.
    public let optional: Bool

    /// Makes a parameter.
    public init(_ name: String, _ type: FEELType, optional: Bool = false) {
      self.name = name
      self.type = type
      self.optional = optional
    }
  }

  /// One list of parameters with what it does.
  public struct Overload: Sendable {
    /// What the overload does.
    ///
    /// `arguments` are coerced, in the order of the parameters; optional ones left out at
    /// the end are missing from the array, left out before a given one they are null.
    public typealias Body = @Sendable (_ arguments: [Value], _ evaluation: inout Evaluation) -> Value

    /// The parameters in the standard's order.
    public let parameters: [Parameter]
    /// Whether the last parameter takes any number of further arguments (at least one).
    public let variadic: Bool
    /// The type of the result.
    public let result: FEELType
    /// What the overload does.
    public let body: Body
    /// The same for a single argument, without a list of them; nil where there is no such way.
    let unary: (@Sendable (_ argument: Value, _ evaluation: inout Evaluation) -> Value)?

    /// Makes an overload.
    public init(
      _ parameters: [Parameter], variadic: Bool = false, result: FEELType = .any, body: @escaping Body
    ) {
      self.parameters = parameters
      self.variadic = variadic
      self.result = result
      self.body = body
      unary = nil
    }

    /// Makes an overload of one parameter.
    init(
      _ parameter: Parameter, result: FEELType,
      unary: @escaping @Sendable (_ argument: Value, _ evaluation: inout Evaluation) -> Value,
      body: @escaping Body
    ) {
      parameters = [parameter]
      variadic = false
      self.result = result
      self.body = body
      self.unary = unary
    }
  }

  /// The name, as written in expressions: `date and time`.
  public let name: String
  /// The overloads, the one to be preferred first.
  public let overloads: [Overload]

  /// Makes a built-in of overloads.
  public init(_ name: String, overloads: [Overload]) {
    self.name = name
    self.overloads = overloads
  }

  /// Makes a built-in with one overload.
  public init(
    _ name: String, _ parameters: [Parameter], variadic: Bool = false, result: FEELType = .any,
    body: @escaping Overload.Body
  ) {
    self.init(
      name, overloads: [Overload(parameters, variadic: variadic, result: result, body: body)])
  }
}
