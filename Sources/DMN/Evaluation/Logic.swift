internal import FEEL

/// A compiled boxed expression: an immutable tree of final classes that evaluates in a frame.
protocol Logic: AnyObject, Sendable {
  /// The value in a frame; what happens on the way is written by the recorder.
  func evaluate(_ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation) -> Value
}

/// A FEEL expression.
final class ExpressionLogic: Logic {
  let compiled: Compiled
  let place: ModelPlace

  init(_ compiled: Compiled, at place: ModelPlace) {
    self.compiled = compiled
    self.place = place
  }

  func evaluate(_ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation) -> Value {
    let value = compiled.evaluate(frame, &evaluation)
    if evaluation.hasWarnings { recorder.collect(&evaluation, at: place) }
    return value
  }
}

/// Logic that is missing or cannot be compiled: null, with the reason.
final class FaultyLogic: Logic {
  let reason: String
  let place: ModelPlace

  init(_ reason: String, at place: ModelPlace) {
    self.reason = reason
    self.place = place
  }

  func evaluate(_ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation) -> Value {
    evaluation.warn(.host, [reason])
    recorder.collect(&evaluation, at: place)
    return .null
  }
}

/// Logic whose value has to be of a type (DMN 1.5, 10.3.2.9.4).
final class TypedLogic: Logic {
  let logic: any Logic
  let type: ExpectedType
  let place: ModelPlace

  init(_ logic: any Logic, _ type: ExpectedType, at place: ModelPlace) {
    self.logic = logic
    self.type = type
    self.place = place
  }

  func evaluate(_ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation) -> Value {
    let value = logic.evaluate(frame, recorder, &evaluation)
    // Asked here, because the type as a whole is expensive to pass on.
    if type.quick.admits(value) || type.test.admits(value) { return value }
    return type.fit(value, at: place, recorder, &evaluation)
  }
}

/// A type that values are made to fit, prepared so that the simple types cost nothing.
struct ExpectedType: Sendable {
  /// The types whose values are told by their kind alone.
  enum Quick: Sendable {
    case any, number, string, boolean, other

    /// Whether a value is surely of the type.
    @inline(__always)
    func admits(_ value: Value) -> Bool {
      switch value {
      case .null: true
      case .number: self == .number || self == .any
      case .string: self == .string || self == .any
      case .boolean: self == .boolean || self == .any
      default: self == .any
      }
    }
  }

  let type: FEELType
  let quick: Quick
  let test: ConformanceTest

  init(_ type: FEELType) {
    self.type = type
    test = ConformanceTest(type)
    quick =
      switch Self.unconstrained(type) {
      case .any: .any
      case .number: .number
      case .string: .string
      case .boolean: .boolean
      default: .other
      }
  }

  /// Whether every value fits.
  var isAny: Bool { quick == .any }

  /// The value as one of the type, or null with a warning.
  @inline(__always)
  func fit(
    _ value: Value, at place: @autoclosure () -> ModelPlace, _ recorder: TraceRecorder,
    _ evaluation: inout Evaluation
  ) -> Value {
    quick.admits(value) ? value : fitSlowly(value, at: place, recorder, &evaluation)
  }

  /// The value as one of the type, or nil.
  func fit(_ value: Value) -> Value? {
    quick.admits(value) || test.admits(value) ? value : value.coerced(to: type)
  }

  private func fitSlowly(
    _ value: Value, at place: () -> ModelPlace, _ recorder: TraceRecorder, _ evaluation: inout Evaluation
  ) -> Value {
    if test.admits(value) { return value }
    if let fitting = value.coerced(to: type) { return fitting }
    if case .defined(let definition) = type, value.coerced(to: definition.base) != nil {
      evaluation.warn(.constraint, [value.description, definition.name])
    } else {
      evaluation.warn(.coercion, [value.kindName, type.description])
    }
    recorder.collect(&evaluation, at: place())
    return .null
  }

  /// The type behind names that bring no constraint.
  private static func unconstrained(_ type: FEELType) -> FEELType {
    var type = type
    while case .defined(let definition) = type, definition.admits == nil { type = definition.base }
    return type
  }
}

/// A constant.
final class ConstantLogic: Logic {
  private let value: Value

  init(_ value: Value) { self.value = value }

  func evaluate(_ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation) -> Value { value }
}
