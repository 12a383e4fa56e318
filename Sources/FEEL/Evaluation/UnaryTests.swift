/// The tests of one decision-table cell, or of a list of allowed values (DMN 1.5, grammar rule 17).
public struct UnaryTests: Sendable {
  /// A comparison with constants.
  public struct Interval: Sendable, Hashable {
    /// The lower end, or nil.
    public let low: Value?
    /// Whether the lower end belongs to it.
    public let lowIncluded: Bool
    /// The upper end, or nil.
    public let high: Value?
    /// Whether the upper end belongs to it.
    public let highIncluded: Bool
  }

  /// What the tests are, so that a table can be laid out for speed.
  public enum Shape: Sendable {
    /// `-`: every value, null among them.
    case any
    /// Any of these numbers, strings, booleans, dates and so on.
    case constants([Value])
    /// None of these.
    case exceptConstants([Value])
    /// In any of these, the ends being constant numbers, strings, dates and so on; constants are intervals of one.
    case intervals([Interval])
    /// Anything else: evaluate the tests.
    case general
  }

  /// The text they were made of.
  public let text: String
  /// What they are.
  public let shape: Shape
  /// What is wrong with them.
  public let findings: [Finding]
  /// How many slots a frame has to have.
  public let slotCount: Int
  /// The slot of the input value, `?` in the tests.
  public let inputSlot: Int
  let plan: any Plan

  /// Whether the value of the input slot satisfies the tests; nil for null.
  public func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Bool? {
    guard frame.count >= slotCount else {
      evaluation.warn(.host, ["the frame is too small"])
      return nil
    }
    return plan.evaluate(frame, &evaluation).boolean
  }

  /// Whether a value satisfies the tests; it is put into the input slot.
  public func evaluate(_ value: Value, _ frame: Frame, _ evaluation: inout Evaluation) -> Bool? {
    frame[inputSlot] = value
    return evaluate(frame, &evaluation)
  }

  /// Whether no error was found.
  public var isSound: Bool { !findings.contains { $0.severity == .error } }
}
