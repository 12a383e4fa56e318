/// What is wrong with a file of examples.
public struct ExampleError: Error, Hashable, Sendable {
  /// The file within the rules folder.
  public let file: String
  /// Where, as a JSON pointer; empty for the whole file.
  public let pointer: String
  /// What is wrong and what may stand there.
  public let fault: String

  /// Where, what and how to mend it.
  public var sentence: String { "\(file)\(pointer.isEmpty ? "" : ", \(pointer)"): \(fault)." }
}
