public import Values

/// The state of one evaluation: its warnings, its budget, and the moment it takes for now.
///
/// Evaluation is pure: the clock is given, never read.
public struct Evaluation: Sendable {
  /// Bounds on what one evaluation may take; beyond them the value is null with a warning.
  public struct Limits: Sendable {
    /// Iterations and produced items.
    public var steps = 5_000_000
    /// Items of one list.
    public var listItems = 2_000_000
    /// Code points of one string.
    public var stringLength = 4_000_000
    /// Nesting of calls, in plan nodes on the stack.
    public var nesting = 4_000
    /// Warnings that are kept; the further ones are only counted.
    public var warnings = 1_000

    /// The usual limits.
    public init() {}
  }

  /// What went wrong so far.
  public private(set) var warnings: [Warning] = []
  /// Whether there is any warning not yet taken away.
  public var hasWarnings: Bool { !warnings.isEmpty }
  /// An object of the caller's own, for functions of the caller's own that expressions call.
  public var host: (any AnyObject & Sendable)?
  /// How many warnings there were beyond `limits.warnings`.
  public private(set) var droppedWarnings = 0
  /// The bounds.
  public let limits: Limits
  /// What `now()` and `today()` answer; without it they are null.
  public let now: CivilDateTime?
  /// The place of the expression being evaluated, for warnings.
  public var position: SourcePosition?
  private var remainingSteps: Int
  private var nesting = 0
  private var stepsReported = false

  /// Begins an evaluation.
  public init(now: CivilDateTime? = nil, limits: Limits = Limits()) {
    self.now = now
    self.limits = limits
    remainingSteps = limits.steps
  }

  /// Records a warning at the current position.
  public mutating func warn(_ code: Warning.Code, _ arguments: [String] = []) {
    record(Warning(code, arguments, position: position))
  }

  /// Records a warning.
  public mutating func record(_ warning: Warning) {
    if warnings.count < limits.warnings { warnings.append(warning) } else { droppedWarnings += 1 }
  }

  /// Records the cause and answers null.
  public mutating func null(_ code: Warning.Code, _ arguments: [String] = []) -> Value {
    warn(code, arguments)
    return .null
  }

  /// Takes the warnings away, so that the next ones are told apart.
  public mutating func takeWarnings() -> [Warning] {
    defer { warnings = [] }
    return warnings
  }

  /// Takes steps off the budget; false, with one warning, when it is used up.
  public mutating func step(_ count: Int = 1) -> Bool {
    remainingSteps -= count
    if remainingSteps >= 0 { return true }
    remainingSteps = -1
    if !stepsReported {
      stepsReported = true
      warn(.stepLimit, ["\(limits.steps)"])
    }
    return false
  }

  /// Enters a call that takes so much of the stack; false, with a warning, when it is nested too deeply.
  public mutating func enter(cost: Int) -> Bool {
    guard nesting + cost <= limits.nesting else {
      warn(.nestedTooDeep)
      return false
    }
    nesting += cost
    return true
  }

  /// Leaves a call.
  public mutating func leave(cost: Int) { nesting -= cost }
}
