import Foundation
import TestSupport
import Testing

/// The built program, run as a user runs it: words in, exit code and both streams out.
struct Program {
  /// What one run gave.
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  /// The folder that the program runs in; relative paths in its words are meant from here.
  let folder: URL
  /// Keeps the folder alive as long as the program is used.
  private let owner: AnyObject?

  init(folder: URL, owner: AnyObject? = nil) {
    self.folder = folder
    self.owner = owner
  }

  /// The binary beside the test bundle.
  static let binary: URL = {
    let bundle = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }
    let folders = [
      bundle?.deletingLastPathComponent(), Bundle.main.bundleURL,
      URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent(),
      Repository.root.appending(path: ".build/debug"),
    ]
    let candidates = folders.compactMap { $0?.appending(path: "bonitas") }
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? candidates[0]
  }()

  /// Runs to the end.
  @discardableResult
  func run(_ words: [String], environment: [String: String] = [:], input: String? = nil) throws -> Outcome {
    let process = try start(words, environment: environment, input: input)
    return try process.wait()
  }

  /// Runs a line as typed, without the program's name; no quoting.
  @discardableResult
  func run(_ line: String, environment: [String: String] = [:]) throws -> Outcome {
    try run(line.split(separator: " ").map(String.init), environment: environment)
  }

  /// Starts and comes back at once.
  func start(
    _ words: [String], environment: [String: String] = [:], input: String? = nil
  ) throws -> Running {
    try Running(folder: folder, words: words, environment: environment, input: input)
  }

  /// A run under way; its streams go to files, so that no pipe can fill up.
  final class Running {
    private let process = Process()
    private let outputFile: URL
    private let errorsFile: URL

    fileprivate init(folder: URL, words: [String], environment: [String: String], input: String?) throws {
      let scratch = FileManager.default.temporaryDirectory
      outputFile = scratch.appending(path: "bonitas-\(UUID().uuidString).out")
      errorsFile = outputFile.appendingPathExtension("err")
      for file in [outputFile, errorsFile] {
        guard FileManager.default.createFile(atPath: file.path, contents: nil) else {
          throw CocoaError(.fileWriteUnknown)
        }
      }
      var variables = ProcessInfo.processInfo.environment
      for name in variables.keys where name.hasPrefix("BONITAS_") { variables[name] = nil }
      variables.merge(environment) { _, given in given }
      process.executableURL = Program.binary
      process.arguments = words
      process.currentDirectoryURL = folder
      process.environment = variables
      process.standardOutput = try FileHandle(forWritingTo: outputFile)
      process.standardError = try FileHandle(forWritingTo: errorsFile)
      if let input {
        let inputFile = outputFile.appendingPathExtension("in")
        try Data(input.utf8).write(to: inputFile)
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        try FileManager.default.removeItem(at: inputFile)
      } else {
        process.standardInput = FileHandle.nullDevice
      }
      try process.run()
    }

    /// Ends the run as a power cut would.
    func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

    var isRunning: Bool { process.isRunning }

    func wait() throws -> Outcome {
      process.waitUntilExit()
      defer {
        for file in [outputFile, errorsFile] { try? FileManager.default.removeItem(at: file) }
      }
      // A trap ends by a signal: told apart from any exit code of ours.
      let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
      return Outcome(
        status: status, output: String(decoding: try Data(contentsOf: outputFile), as: UTF8.self),
        errors: String(decoding: try Data(contentsOf: errorsFile), as: UTF8.self))
    }
  }
}

/// A folder of its own for one test, removed at its end.
final class Scratch {
  let folder: URL
  var program: Program { Program(folder: folder, owner: self) }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "bonitas-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Writes a file and gives its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, bytes: Array(text.utf8)) }

  @discardableResult
  func write(_ name: String, bytes: [UInt8]) throws -> String {
    let file = folder.appending(path: name)
    try Data(bytes).write(to: file)
    return file.path
  }

  func path(_ name: String) -> String { folder.appending(path: name).path }
}

/// What people see, kept in files that are reviewed like code.
enum Golden {
  /// Compares with `Tests/CommandTests/Golden/NAME`, or writes it when `BONITAS_RECORD=1`.
  static func expect(_ text: String, named name: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let file = Repository.root.appending(path: "Tests/CommandTests/Golden/\(name)")
    if ProcessInfo.processInfo.environment["BONITAS_RECORD"] == "1" {
      do {
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      } catch {
        Issue.record("cannot record \(name): \(error)", sourceLocation: sourceLocation)
      }
      return
    }
    let kept = try? String(contentsOf: file, encoding: .utf8)
    #expect(kept == text, "\(name) differs; record with BONITAS_RECORD=1", sourceLocation: sourceLocation)
  }
}
