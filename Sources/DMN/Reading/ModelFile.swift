/// The content of one `.dmn` file, in memory: from a folder, a store or a test.
public struct ModelFile: Sendable {
  /// The name of the file, for messages and for imports that say a location.
  public var name: String
  /// The content.
  public var bytes: [UInt8]

  /// Makes a file.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}
