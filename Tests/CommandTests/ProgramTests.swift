import Foundation
import TestSupport
import Testing

@testable import bonitas

/// The program from outside: help, version, exit codes, streams.
@Suite struct ProgramTests {
  @Test func tellsItsVersionAtOnce() throws {
    let scratch = try Scratch()
    let outcome = try scratch.program.run("--version")
    #expect(outcome.status == 0)
    #expect(outcome.output == "bonitas \(Bonitas.version)\n")
    // A person does not notice a quarter of a second. The quickest of many, since the machine may be busy.
    let clock = ContinuousClock()
    var best = Duration.seconds(60)
    for _ in 0..<50 where best >= .milliseconds(250) {
      best = min(best, try clock.measure { try scratch.program.run("--version") })
    }
    #expect(best < .milliseconds(250))
  }

  @Test func showsTheOverview() throws {
    let scratch = try Scratch()
    let outcome = try scratch.program.run("help")
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    Golden.expect(outcome.output, named: "help.txt")
  }

  @Test(arguments: Command.all.map(\.title))
  func showsHelpOfEveryCommand(title: String) throws {
    let scratch = try Scratch()
    let outcome = try scratch.program.run("\(title) --help")
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    #expect(outcome.output.hasPrefix("Usage: bonitas \(title)"))
    #expect(outcome.output.contains("\n  bonitas "), "\(title) has no example")
    let widest = outcome.output.split(separator: "\n").map(\.count).max() ?? 0
    #expect(widest <= 100, "a line of the help of \(title) is \(widest) wide")
    Golden.expect(outcome.output, named: "help/\(title.replacing(" ", with: "-")).txt")
  }

  @Test(arguments: [
    ("", "bonitas: No command given."),
    ("fly", "bonitas: There is no command 'fly'."),
    ("doctor --jsn", "bonitas: Unknown option '--jsn' of 'doctor'. Did you mean '--json'?"),
  ])
  func refusesWrongUsage(line: String, sentence: String) throws {
    let outcome = try Scratch().program.run(line)
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(
      outcome.errors == sentence + "\nTry 'bonitas help' or 'bonitas COMMAND --help'.\n")
  }

  @Test func tellsFailuresAsJSONWhereAsked() throws {
    let outcome = try Scratch().program.run("doctor --json --limit 5")
    #expect(outcome.status == 2)
    #expect(
      outcome.errors == """
        {
          "error": {
            "code": "usage",
            "sentence": "Unknown option '--limit' of 'doctor'."
          }
        }

        """)
  }

  @Test func survivesAReaderThatGoesAway() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "{ '\(Program.binary.path)' help; echo $? >&2; } | true"]
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    process.waitUntilExit()
    #expect(String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) == "0\n")
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func tellsThatTheOutputCouldNotBeWritten() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "'\(Program.binary.path)' help >/dev/full"]
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
    #expect(
      String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        == "bonitas: the output could not be written: No space left on device.\n")
  }
}
