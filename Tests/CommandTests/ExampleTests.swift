import Access
import Foundation
import TestSupport
import Testing

@testable import bonitas

/// Every example of every help page, as typed: those of one page one after another in one shell.
@Suite struct ExampleTests {
  /// Pages that need no user, on one database after another as a stranger tries them.
  @Test func theExamplesOfTheHelpPagesWork() throws {
    let scratch = try demo()
    for command in Command.all
    where command.words.first != "demo" && !asksForUsers(command) && !keepsRunning(command) {
      try type(command.examples, in: scratch)
    }
  }

  /// Pages that need users, each on a copy of one database with users.
  @Test func theExamplesForUsersWork() throws {
    let scratch = try demo()
    let database = scratch.folder.appending(path: "bonitas.db")
    let copy = try Data(contentsOf: database)
    try type(Command.usersAdd.examples, in: scratch)
    try put(copy, at: database)
    let staff = try Staff(scratch.program, database: "bonitas.db")
    let copyWithStaff = try Data(contentsOf: database)
    for command in Command.all where asksForUsers(command) && command.title != "users add" {
      try put(copyWithStaff, at: database)
      let name = who(command)
      try type(
        command.examples, in: scratch, environment: staff.variables.merging(staff.environment(name)) { $1 })
    }
  }

  /// Those of the service end by a signal, as an operator ends it, and say that all is well.
  @Test func theExamplesOfTheServiceStartAndEnd() throws {
    let scratch = try demo()
    try type(
      Command.serve.examples.map {
        // Ended once it says that it listens, however long that takes.
        // On a port that is free here.
        let line = $0.line.replacing("bonitas serve", with: "'\(Program.binary.path)' serve")
          .replacing(":8642", with: ":0")
        return Command.Example(
          // Without the log of the example before, which listened too.
          "rm -f serve.log; " + line + " 2>serve.log & service=$!; tries=0; "
            + "until grep -qs Listening serve.log || [ $tries -ge 600 ]; do sleep 0.1; tries=$((tries+1)); done; "
            + "kill -TERM $service; wait $service", $0.meaning)
      }, in: scratch)
  }

  private func keepsRunning(_ command: Command) -> Bool {
    ["serve", "simulate-registers"].contains(command.title)
  }

  private func asksForUsers(_ command: Command) -> Bool {
    if case .signedIn = command.needs { return true }
    return ["users", "tokens"].contains(command.words.first)
  }

  /// Who of the staff may run the examples of a page.
  private func who(_ command: Command) -> String {
    guard case .signedIn(let permission) = command.needs, command.words.first != "tokens" else {
      return "anna"
    }
    return ["janis", "liga", "dace", "anna"].first { name in
      let roles = Staff.roles.first { $0.name == name }?.roles.compactMap { Role(rawValue: $0) } ?? []
      return Actor(name: name, roles: Set(roles)).may(permission)
    } ?? "anna"
  }

  private func demo() throws -> Scratch {
    let scratch = try Scratch()
    for name in ["sample-data", "rules"] {
      try FileManager.default.createSymbolicLink(
        at: scratch.folder.appending(path: name), withDestinationURL: Repository.root.appending(path: name))
    }
    #expect(try scratch.program.run("demo").status == 0)
    return scratch
  }

  /// Puts a database back; what SQLite keeps beside it belongs to the one before.
  private func put(_ content: Data, at database: URL) throws {
    for suffix in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: database.path + suffix)
    }
    try content.write(to: database)
  }

  private func type(
    _ examples: [Command.Example], in scratch: Scratch, environment: [String: String] = [:]
  ) throws {
    var script = "bonitas() { '\(Program.binary.path)' \"$@\"; }\n"
    for example in examples {
      // Rows in quarantine are no failure of an example; what a shell expands is left to the shell.
      script += example.line
      script +=
        "\ncase $? in 0|3) ;; *) echo \(Shell.quoted("as typed: " + example.line)) >&2; exit 1;; esac\n"
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = scratch.folder
    var variables = ProcessInfo.processInfo.environment
    for name in variables.keys where name.hasPrefix("BONITAS_") { variables[name] = nil }
    process.environment = variables.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(told)")
  }
}
