/// An expression, read, checked and made into a plan.
public struct Compiled: Sendable {
  /// The text it was made of.
  public let text: String
  /// The type of the result, as far as it is known.
  public let type: FEELType
  /// What is wrong with the expression; with errors it still evaluates, as far as it can.
  public let findings: [Finding]
  /// How many slots a frame has to have: those of the scope and those of the expression itself.
  public let slotCount: Int
  /// The constant, if the expression is one.
  public let constant: Value?
  let plan: any Plan

  /// The value in a frame; null, with a warning, if the frame is too small.
  public func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    if let constant { return constant }
    guard frame.count >= slotCount else { return evaluation.null(.host, ["the frame is too small"]) }
    return plan.evaluate(frame, &evaluation)
  }

  /// Whether the expression has no error among its findings.
  public var isSound: Bool { !findings.contains { $0.severity == .error } }
}
