import Decisioning
import Foundation
import Glibc
import HumanReview
import Values

/// Times from a key to the screen that answers it, with many open cases.
///
///     Benchmarks review-screen [CASES]
///
/// CASES orders (100,000) are referred and followed into cases; `bonitas review`, built beside this program, is started on a
/// pseudo-terminal of 80 columns and 24 rows. Each key is written, and the clock stopped when the last byte of the answering
/// frame is read. Ends with an exit status of 1 where the middle key of a kind took 30 ms or more, 50 ms where a case is opened.
final class ReviewScreenBenchmark {
  private static let customers = 2_000
  private static let limit = 0.030
  /// Opening a case is read and recorded before it is shown.
  private static let openingLimit = 0.050
  private static let frameEnd = Array("\u{1B}[?2026l".utf8)

  private let terminal: Int32
  private let process = Process()
  private var isGood = true

  static func run(_ words: [String]) -> Bool {
    do {
      let house = try ReviewHouse(customers: customers)
      defer { house.remove() }
      return try measure(house, words.first.flatMap(Int.init) ?? 100_000)
    } catch {
      print("The benchmark ended: \(error)")
      return false
    }
  }

  private static func measure(_ house: ReviewHouse, _ count: Int) throws -> Bool {
    try house.refer(count)
    let report = try house.desk.follow(on: house.day, at: ReviewHouse.opening)
    print("open cases                        \(report[.opened])")
    let screen = try ReviewScreenBenchmark(house)
    defer { screen.process.terminate() }
    try screen.time("one case down", Array(repeating: "j", count: 100))
    try screen.time("one page down, read as needed", Array(repeating: "\u{1B}[6~", count: 60))
    try screen.time("to the first case", ["g"])
    try screen.time("help, and away", Array(repeating: ["?", "x"], count: 20).flatMap { $0 })
    try screen.time("overdue only, and back", Array(repeating: "o", count: 20))
    try screen.time("mine only, and back", Array(repeating: "m", count: 20))
    try screen.time(
      "open a case, with its record", Array(repeating: ["\r", "q"], count: 20).flatMap { $0 },
      limit: openingLimit)
    try screen.time("open and claim the next", ["n"], limit: openingLimit)
    try screen.time("its tabs", ["2", "3", "5", "6", "7", "1"])
    // The rules are compiled for it, and hundreds of variations tried.
    try screen.time("its what-if, computed", ["4"], limit: .infinity)
    try screen.time("move in the form", ["d"] + Array(repeating: "\u{1B}[B", count: 10))
    return screen.isGood
  }

  private init(_ house: ReviewHouse) throws {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let program = folder.appending(path: "bonitas")
    let token = try Self.token(program, house)
    // Glibc shows posix_openpt, unlockpt and ptsname only to X/Open sources; these are the calls below them.
    terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var lock: Int32 = 0
    var number: Int32 = 0
    guard terminal >= 0, ioctl(terminal, 0x4004_5431, &lock) == 0, ioctl(terminal, 0x8004_5430, &number) == 0
    else { throw POSIXError(.ENOTTY) }
    // Rows, columns, and two that nobody reads: struct winsize.
    var size: [UInt16] = [24, 80, 0, 0]
    _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
    let other = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard other >= 0 else { throw POSIXError(.ENOTTY) }
    let handle = FileHandle(fileDescriptor: other, closeOnDealloc: true)
    process.executableURL = program
    process.arguments = ["review", "--database", house.path, "--business-date", house.day.description]
    process.environment = ["BONITAS_TOKEN": token, "TERM": "xterm"]
    process.standardInput = handle
    process.standardOutput = handle
    process.standardError = FileHandle.nullDevice
    let start = wallSeconds()
    try process.run()
    try waitForFrame()
    print("from the start to the queue       \(ReviewQueueBenchmark.milliseconds(wallSeconds() - start))")
  }

  /// A reviewer's token, made as an administrator makes it.
  private static func token(_ program: URL, _ house: ReviewHouse) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = program
    process.arguments = [
      "users", "add", "anna", "--role", "administrator", "--role", "reviewer", "--database", house.path,
    ]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text.split { $0 == " " || $0 == "\n" }.map(String.init).first { $0.hasPrefix("bonitas_") } ?? ""
  }

  /// Presses keys one by one and tells what the middle and the slowest one took.
  private func time(_ words: String, _ keys: [String], limit: Double = limit) throws {
    var times: [Double] = []
    for key in keys {
      let bytes = Array(key.utf8)
      let start = wallSeconds()
      guard write(terminal, bytes, bytes.count) == bytes.count else { throw POSIXError(.EIO) }
      try waitForFrame()
      times.append(wallSeconds() - start)
    }
    times.sort()
    let median = times[times.count / 2]
    if median >= limit { isGood = false }
    let label = words + String(repeating: " ", count: max(1, 34 - words.count))
    print(
      "\(label)median \(ReviewQueueBenchmark.milliseconds(median)), "
        + "most \(ReviewQueueBenchmark.milliseconds(times[times.count - 1]))")
  }

  /// Reads until a frame has ended; a key that changes nothing is given up after five seconds.
  private func waitForFrame() throws {
    var tail: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      var ready = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
      guard poll(&ready, 1, 5000) > 0 else { throw POSIXError(.ETIMEDOUT) }
      let count = read(terminal, &piece, piece.count)
      guard count > 0 else { throw POSIXError(.EIO) }
      tail = Array((tail + piece.prefix(count)).suffix(Self.frameEnd.count))
      if tail == Self.frameEnd { return }
    }
  }
}
