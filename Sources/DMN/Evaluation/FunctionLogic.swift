internal import FEEL

/// A boxed function definition: evaluates to a function that remembers the values around it (DMN 1.5, 10.2.1.7).
final class FunctionLogic: Logic {
  private let parameters: [FunctionParameter]
  private let result: FEELType
  private let body: any Logic
  /// The slots of the names around the definition, which the function remembers.
  private let capturedCount: Int
  private let frameCount: FrameSize

  init(
    parameters: [FunctionParameter], result: FEELType, body: any Logic, capturedCount: Int,
    frameCount: FrameSize
  ) {
    self.parameters = parameters
    self.result = result
    self.body = body
    self.capturedCount = capturedCount
    self.frameCount = frameCount
  }

  func evaluate(_ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation) -> Value {
    let captured = (0..<capturedCount).map { frame[$0] }
    let function = FunctionValue(parameters: parameters, result: result, cost: FunctionCall.cost) {
      [body, frameCount] arguments, evaluation in
      FunctionCall.run(&evaluation) { recorder, evaluation in
        let frame = Frame(count: frameCount.value)
        for (slot, value) in captured.enumerated() { frame[slot] = value }
        for (offset, value) in arguments.enumerated() { frame[captured.count + offset] = value }
        return body.evaluate(frame, recorder, &evaluation)
      }
    }
    return .function(function)
  }
}

/// The call of a function of the model from within a FEEL expression.
enum FunctionCall {
  /// How much of the nesting budget a call takes: several frames of machine stack lie between two calls.
  static let cost = 40

  /// Runs a body with the recorder of the evaluation.
  ///
  /// Warnings of the calling expression that wait for their place are set aside, so that the body's logic does
  /// not take them for its own.
  static func run(
    _ evaluation: inout Evaluation, _ body: (TraceRecorder, inout Evaluation) -> Value
  ) -> Value {
    let waiting = evaluation.takeWarnings()
    let recorder = evaluation.host as? TraceRecorder ?? TraceRecorder()
    let value = body(recorder, &evaluation)
    for warning in waiting { evaluation.record(warning) }
    return value
  }
}

/// The number of slots of a frame, known only when everything that uses it is compiled.
final class FrameSize: Sendable {
  // Written only while the model is compiled, by the thread that compiles it; read only afterwards.
  nonisolated(unsafe) private(set) var value: Int

  init(_ value: Int) { self.value = value }

  /// Makes room for so many slots.
  func include(_ count: Int) { value = max(value, count) }
}

/// A boxed invocation: a function called with arguments bound by name (DMN 1.5, 10.2.1.3).
final class InvocationLogic: Logic {
  private let function: any Logic
  private let arguments: [(name: String, logic: any Logic)]
  private let place: ModelPlace

  init(function: any Logic, arguments: [(name: String, logic: any Logic)], at place: ModelPlace) {
    self.function = function
    self.arguments = arguments
    self.place = place
  }

  func evaluate(_ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation) -> Value {
    let value = function.evaluate(frame, recorder, &evaluation)
    guard case .function(let function) = value else {
      evaluation.warn(.notAFunction, ["the invoked expression", value.kindName])
      recorder.collect(&evaluation, at: place)
      return .null
    }
    let named = arguments.map { ($0.name, $0.logic.evaluate(frame, recorder, &evaluation)) }
    let result = function.invoke(named: named, &evaluation)
    if evaluation.hasWarnings { recorder.collect(&evaluation, at: place) }
    return result
  }
}
