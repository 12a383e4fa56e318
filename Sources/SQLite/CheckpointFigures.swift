/// What a `Checkpointer` has done, for the metrics of a service.
public struct CheckpointFigures: Sendable, Equatable {
  /// How often the whole log was moved, so that it began anew.
  public var restarts = 0
  /// How often the log could not be emptied because a reader or another checkpoint stood in the way.
  public var refusals = 0
  /// How long the last pass took, with and without the turn.
  public var lastMicroseconds = 0
  /// For how long the last pass held the writers' turn.
  public var lastTurnMicroseconds = 0
  /// For how long all passes together have held it.
  public var turnMicroseconds = 0
  /// The longest that a pass has held it.
  public var longestTurnMicroseconds = 0
  /// The most pages that the log was seen to hold.
  public var mostLogPages = 0
  /// Why the last pass failed; nil when it did not.
  public var failure: SQLiteError?
}
