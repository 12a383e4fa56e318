/// One overload of a built-in with its parameters as Swift types.
///
/// The arguments are checked and unwrapped here, once for all functions: a body sees values of its types, never null
/// where null is no value, and refuses by throwing.
struct Signature: Sendable {
  /// Makes the overload for a function of a name.
  let overload: @Sendable (_ function: String) -> BuiltIn.Overload

  private typealias Caller = @Sendable ([Value], inout Evaluation) throws(Refusal) -> Value

  private init(
    _ parameters: [BuiltIn.Parameter], variadic: Bool = false, result: FEELType, call: @escaping Caller
  ) {
    overload = { function in
      BuiltIn.Overload(parameters, variadic: variadic, result: result) { arguments, evaluation in
        do throws(Refusal) {
          return try call(arguments, &evaluation)
        } catch {
          error.report(by: function, to: &evaluation)
          return .null
        }
      }
    }
  }

  private init(_ overload: @escaping @Sendable (_ function: String) -> BuiltIn.Overload) {
    self.overload = overload
  }

  /// No parameters.
  static func none(
    result: FEELType = .any, _ body: @escaping @Sendable (inout Evaluation) throws(Refusal) -> Value
  ) -> Signature {
    Signature([], result: result) { (_, evaluation) throws(Refusal) in try body(&evaluation) }
  }

  /// One parameter.
  static func one<A: Argument>(
    _ a: String, result: FEELType = .any,
    _ body: @escaping @Sendable (A, inout Evaluation) throws(Refusal) -> Value
  ) -> Signature {
    Signature { function in
      @Sendable func call(_ value: Value?, _ evaluation: inout Evaluation) -> Value {
        do throws(Refusal) {
          return try body(try argument(value, a), &evaluation)
        } catch {
          error.report(by: function, to: &evaluation)
          return .null
        }
      }
      return BuiltIn.Overload(
        parameter(a, A.self), result: result, unary: { value, evaluation in call(value, &evaluation) },
        body: { arguments, evaluation in call(arguments.first, &evaluation) })
    }
  }

  /// Two parameters.
  static func two<A: Argument, B: Argument>(
    _ a: String, _ b: String, result: FEELType = .any,
    _ body: @escaping @Sendable (A, B, inout Evaluation) throws(Refusal) -> Value
  ) -> Signature {
    Signature([parameter(a, A.self), parameter(b, B.self)], result: result) {
      (arguments, evaluation) throws(Refusal) in
      try body(try argument(0, a, arguments), try argument(1, b, arguments), &evaluation)
    }
  }

  /// Three parameters.
  static func three<A: Argument, B: Argument, C: Argument>(
    _ a: String, _ b: String, _ c: String, result: FEELType = .any,
    _ body: @escaping @Sendable (A, B, C, inout Evaluation) throws(Refusal) -> Value
  ) -> Signature {
    Signature([parameter(a, A.self), parameter(b, B.self), parameter(c, C.self)], result: result) {
      (arguments, evaluation) throws(Refusal) in
      try body(
        try argument(0, a, arguments), try argument(1, b, arguments), try argument(2, c, arguments),
        &evaluation)
    }
  }

  /// Four parameters.
  static func four<A: Argument, B: Argument, C: Argument, D: Argument>(
    _ a: String, _ b: String, _ c: String, _ d: String, result: FEELType = .any,
    _ body: @escaping @Sendable (A, B, C, D, inout Evaluation) throws(Refusal) -> Value
  ) -> Signature {
    Signature(
      [parameter(a, A.self), parameter(b, B.self), parameter(c, C.self), parameter(d, D.self)],
      result: result
    ) { (arguments, evaluation) throws(Refusal) in
      try body(
        try argument(0, a, arguments), try argument(1, b, arguments), try argument(2, c, arguments),
        try argument(3, d, arguments), &evaluation)
    }
  }

  /// Any number of arguments, at least one.
  static func any<A: Argument>(
    _ a: String, result: FEELType = .any,
    _ body: @escaping @Sendable ([A], inout Evaluation) throws(Refusal) -> Value
  ) -> Signature {
    Signature([parameter(a, A.self)], variadic: true, result: result) {
      (arguments, evaluation) throws(Refusal) in
      try body(try items(a, arguments), &evaluation)
    }
  }

  /// One parameter, then any number of arguments, at least one.
  static func oneThenAny<A: Argument, B: Argument>(
    _ a: String, _ b: String, result: FEELType = .any,
    _ body: @escaping @Sendable (A, [B], inout Evaluation) throws(Refusal) -> Value
  ) -> Signature {
    Signature([parameter(a, A.self), parameter(b, B.self)], variadic: true, result: result) {
      (arguments, evaluation) throws(Refusal) in
      try body(try argument(0, a, arguments), try items(b, Array(arguments.dropFirst())), &evaluation)
    }
  }

  private static func parameter<A: Argument>(_ name: String, _ type: A.Type) -> BuiltIn.Parameter {
    BuiltIn.Parameter(name, A.type, optional: A.isOptional)
  }

  private static func argument<A: Argument>(
    _ position: Int, _ name: String, _ arguments: [Value]
  ) throws(Refusal) -> A {
    try argument(position < arguments.count ? arguments[position] : nil, name)
  }

  private static func argument<A: Argument>(_ given: Value?, _ name: String) throws(Refusal) -> A {
    guard let given else {
      if let absent = A.absent { return absent }
      throw .missing(parameter: name, type: A.type)
    }
    if let value = A.from(given) { return value }
    // The types have been checked, so that only a null can stand in the way: the argument or an item of it.
    throw .missing(
      parameter: name, type: A.type, given: given.isNull ? "null" : "a list with null in it")
  }

  private static func items<A: Argument>(_ name: String, _ arguments: [Value]) throws(Refusal) -> [A] {
    guard let values = A.items(arguments) else { throw .missing(parameter: name, type: A.type) }
    return values
  }
}

extension BuiltIn {
  /// Makes a built-in of signatures, the one to be preferred first.
  init(_ name: String, _ signatures: Signature...) {
    self.init(name, overloads: signatures.map { $0.overload(name) })
  }
}

extension Optional {
  /// The value, or the refusal where there is none.
  func orRefuse(_ refusal: @autoclosure () -> Refusal) throws(Refusal) -> Wrapped {
    guard let self else { throw refusal() }
    return self
  }
}
