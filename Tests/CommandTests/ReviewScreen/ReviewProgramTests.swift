import Foundation
import Glibc
import TestSupport
import Testing

@testable import bonitas

/// The real program on the demo's database.
@Suite(.serialized) struct ReviewProgramTests {
  /// A database with the demo's cases, and the token of a reviewer.
  private struct Office {
    let scratch: Scratch
    let token: String

    init() throws {
      scratch = try Scratch()
      let program = scratch.program
      let environment = ["BONITAS_RULES": Repository.root.appending(path: "rules").path]
      let data = Repository.root.appending(path: "sample-data/cast").path
      let files = try FileManager.default.contentsOfDirectory(atPath: data).sorted().map { "\(data)/\($0)" }
      #expect(try program.run(["ingest"] + files, environment: environment).status == 0)
      let rated = try program.run("rerate --business-date 2026-06-30", environment: environment)
      #expect(rated.status == 0, "\(rated.errors)")
      let added = try program.run("users add anna --role administrator --role reviewer")
      token =
        added.output.split { $0 == " " || $0 == "\n" }.map(String.init).first { $0.hasPrefix("bonitas_") }
        ?? ""
      #expect(!token.isEmpty, "\(added.output)\(added.errors)")
    }

    var environment: [String: String] {
      [
        "BONITAS_RULES": Repository.root.appending(path: "rules").path, "BONITAS_TOKEN": token,
        "TERM": "xterm",
      ]
    }
  }

  /// Without a terminal the words come line by line: from the queue to a decision, all of it recorded.
  @Test func decidesLineByLine() throws {
    let office = try Office()
    let words = [
      "list", "next", "show features", "record 1", "note The customer called.", "decide", "1", "1", "1", "",
      "4 1",
      "The register was asked again and shows the entry as ended.", "no", "decide", "", "", "", "", "", "",
      "yes", "list mine",
      "fly", "quit",
    ]
    let outcome = try office.scratch.program.run(
      ["review", "--business-date", "2026-06-30"], environment: office.environment,
      input: words.joined(separator: "\n"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    let output = outcome.output
    for sentence in [
      "signed in as anna", " is yours.", "Features:", "from, ", "The note is kept.",
      "Nothing was written; the draft is kept",
      "So far: The register was asked again", "There is no word 'fly' here. Type help.",
    ] {
      #expect(output.contains(sentence), "\(sentence) is missing in: \(output)")
    }
    #expect(!output.contains("\u{1B}"), "nothing is drawn")
    let log = try office.scratch.program.run("audit log --limit 40 --json", environment: office.environment)
    for word in ["review show", "review note", "review decide"] { #expect(log.output.contains(word)) }
    #expect(try office.scratch.program.run("audit verify", environment: office.environment).status == 0)
    #expect(try office.scratch.program.run("replay --all", environment: office.environment).status == 0)
  }

  @Test func asksForASignIn() throws {
    let office = try Office()
    let outcome = try office.scratch.program.run(["review"], environment: ["BONITAS_RULES": "rules"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("BONITAS_TOKEN"))
  }

  /// However it ends, the terminal is as it was.
  @Test(arguments: [nil, SIGTERM, SIGINT, SIGHUP, SIGSEGV])
  func givesTheTerminalBack(signal: Int32?) throws {
    let office = try Office()
    let main = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
    var lock: Int32 = 0
    var number: Int32 = 0
    try #require(main >= 0 && ioctl(main, 0x4004_5431, &lock) == 0 && ioctl(main, 0x8004_5430, &number) == 0)
    let terminal = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    try #require(terminal >= 0)
    defer {
      close(main)
      close(terminal)
    }
    // struct winsize: rows, columns, and two that nobody reads.
    var size: [UInt16] = [24, 80, 0, 0]
    _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
    let before = modes(terminal)
    let process = Process()
    process.executableURL = Program.binary
    process.arguments = ["review"]
    process.currentDirectoryURL = office.scratch.folder
    // With what the environment tells a sanitizer.
    process.environment = ProcessInfo.processInfo.environment
      .merging(office.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }) { $1 }
    let handle = FileHandle(fileDescriptor: terminal)
    process.standardInput = handle
    process.standardOutput = handle
    process.standardError = FileHandle.nullDevice
    try process.run()
    var shown = wait(main) { $0.contains("leave") }
    #expect(shown.contains("\u{1B}[?1049h"))
    #expect(modes(terminal) != before, "one key at a time")
    if let signal {
      kill(process.processIdentifier, signal)
    } else {
      _ = write(main, "q", 1)
    }
    shown = wait(main) { $0.contains("\u{1B}[?1049l") }
    if !shown.contains("\u{1B}[?1049l") { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    #expect(shown.contains("\u{1B}[?25h\u{1B}[?1049l"))
    #expect(modes(terminal) == before)
    #expect(process.terminationReason == (signal == nil ? .exit : .uncaughtSignal))
    #expect(process.terminationStatus == signal ?? 0)
  }

  private func modes(_ terminal: Int32) -> [UInt32] {
    var modes = termios()
    tcgetattr(terminal, &modes)
    return [modes.c_iflag, modes.c_oflag, modes.c_lflag]
  }

  /// What is shown until it holds what is waited for, or ten seconds are over.
  private func wait(_ main: Int32, _ isThere: (String) -> Bool) -> String {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    for _ in 0..<1000 {
      while case let count = read(main, &piece, piece.count), count > 0 { bytes += piece.prefix(count) }
      let text = String(decoding: bytes, as: UTF8.self)
      if isThere(text) { return text }
      usleep(10_000)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
