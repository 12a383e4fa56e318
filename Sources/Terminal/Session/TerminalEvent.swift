/// What happened while a terminal was waited for.
public enum TerminalEvent: Hashable, Sendable {
  case key(Key)
  /// The window has another size now.
  case resized(TerminalSize)
  /// The program was stopped and goes on; the screen has been drawn over.
  case resumed
  /// The operating system or a person asks the program to end, by this signal.
  case ended(Int32)
  /// The terminal is gone.
  case hungUp
  /// Nothing happened for as long as was waited.
  case timedOut
}

/// Columns and rows of a terminal.
public struct TerminalSize: Hashable, Sendable {
  /// The number of columns.
  public var columns: Int
  /// The number of rows.
  public var rows: Int

  /// A size of columns and rows.
  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}
