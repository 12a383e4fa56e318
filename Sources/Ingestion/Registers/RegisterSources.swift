import Formats

/// The registers that a policy declares.
public struct RegisterSources: Hashable, Sendable {
  /// In the order of the file.
  public let sources: [RegisterSource]

  /// No register is asked.
  public static let none = RegisterSources(sources: [])

  /// The name of the file in the folder of a rule set.
  public static let fileName = "sources.json"

  private static let byteLimit = 1 << 20

  init(sources: [RegisterSource]) { self.sources = sources }

  /// Reads the content of a file; `file` is its name for messages.
  ///
  /// - Throws: everything that is wrong with it at once.
  public init(_ bytes: [UInt8], file: String) throws(RegisterSourcesError) {
    var reader = RegisterSourcesReader(file: file)
    let sources = reader.sources(bytes)
    guard reader.findings.all.isEmpty else { throw .invalid(reader.findings.all) }
    self.init(sources: sources)
  }

  /// Reads a file; where it may be missing and is, no register is asked.
  public init(path: String, mayBeMissing: Bool = false) throws(RegisterSourcesError) {
    let bytes: [UInt8]
    do throws(ByteSourceError) {
      bytes = try StillFile.read(path, limit: Self.byteLimit)
    } catch {
      guard mayBeMissing, case .notFound = error.reason else { throw .file(error) }
      self = .none
      return
    }
    try self.init(bytes, file: path)
  }

  /// The source with this name.
  public subscript(name: String) -> RegisterSource? { sources.first { $0.name == name } }

  /// Those that can be asked about a subject.
  public func serving(_ subject: RegisterSubject) -> [RegisterSource] {
    sources.filter { $0.serves(subject) }
  }
}
