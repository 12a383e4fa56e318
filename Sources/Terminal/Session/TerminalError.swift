/// Why a full screen cannot be shown.
public enum TerminalError: Error, Hashable, Sendable {
  /// Input or output is a file or a pipe.
  case notATerminal
  /// The terminal can only write line after line (`TERM=dumb` or none).
  case dumb
  /// The operating system refused, with its error number.
  case system(Int32)

  /// What is the matter.
  public var sentence: String {
    switch self {
    case .notATerminal: "Input or output is no terminal."
    case .dumb: "The terminal has no cursor that can be placed (TERM is 'dumb' or not set)."
    case .system(let number): "The terminal cannot be set up (error \(number) of the operating system)."
    }
  }
}
