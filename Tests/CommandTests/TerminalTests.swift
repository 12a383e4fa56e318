import Foundation
import Glibc
import TestSupport
import Testing
import Values

@testable import bonitas

/// What the drawing gives, character by character.
@Suite struct TerminalTests {
  /// What the drawing writes into a file, where no terminal is.
  private func drawn(_ draw: (TextStream) -> Void) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    #expect(FileManager.default.createFile(atPath: file.path, contents: nil))
    let handle = try FileHandle(forWritingTo: file)
    let stream = TextStream(descriptor: handle.fileDescriptor, variables: [:])
    draw(stream)
    stream.flush()
    #expect(stream.failure == nil)
    #expect(!stream.isTerminal && !stream.colours)
    return try String(contentsOf: file, encoding: .utf8)
  }

  @Test func alignsColumnsByDisplayedWidth() throws {
    var table = Table([.init("name"), .init("count", .right), .init("note")])
    table.add(["Bērziņš", .init(18077), "a"])
    table.add(["e\u{301}a", "7", ""])
    table.add(["日本", .init(-1_234_567, .bad), "漢"])
    #expect(
      try drawn { table.write(to: $0) } == """
        name          count  note
        Bērziņš      18 077  a
        e\u{301}a                7
        日本     -1 234 567  漢

        """)
  }

  /// What the drawing shows on a terminal of so many columns, line by line and without colours.
  private func drawn(columns: UInt16, _ draw: (TextStream) -> Void) throws -> [String] {
    // Glibc shows posix_openpt, unlockpt and ptsname only to X/Open sources; these are the calls below them.
    let main = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    try #require(main >= 0)
    defer { close(main) }
    var lock: Int32 = 0
    var number: Int32 = 0
    try #require(ioctl(main, 0x4004_5431, &lock) == 0 && ioctl(main, 0x8004_5430, &number) == 0)
    let terminal = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    try #require(terminal >= 0)
    // struct winsize: rows, columns, and two that nobody reads.
    var size: [UInt16] = [24, columns, 0, 0]
    try #require(ioctl(terminal, UInt(TIOCSWINSZ), &size) == 0)
    let stream = TextStream(descriptor: terminal, variables: ["NO_COLOR": "1"])
    #expect(stream.columns == Int(columns))
    draw(stream)
    stream.flush()
    close(terminal)
    // The terminal hands over in pieces; after the last one it tells an error, as nobody writes any more.
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4000)
    while case let count = read(main, &piece, piece.count), count > 0 { bytes += piece.prefix(count) }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").map(String.init)
  }

  @Test func columnsGiveWayOnANarrowTerminal() throws {
    var table = Table([
      .init("file", .left, .shortens), .init("layout", .left, .leaves), .init("rows", .right),
    ])
    table.add(["sample-data/cast/arrears-entries.csv", "arrears-entries", .init(3)])
    #expect(try drawn(columns: 80) { table.write(to: $0) }[1].hasSuffix("csv  arrears-entries     3"))
    #expect(
      try drawn(columns: 42) { table.write(to: $0) } == [
        "file                                  rows", "sample-data/cast/arrears-entries.csv     3",
      ])
    #expect(
      try drawn(columns: 30) { table.write(to: $0) } == [
        "file                      rows", "…ast/arrears-entries.csv     3",
      ])
  }

  @Test func aLongTextStandsBelowWhereThereIsNoRoomBeside() throws {
    var table = Table([.init("number", .right), .init("hint", .left, .wraps)])
    table.add(["1", "Write the age in whole months."])
    #expect(
      try drawn(columns: 34) { table.write(to: $0) } == [
        "number  hint", "     1  Write the age in whole", "        months.",
      ])
    #expect(
      try drawn(columns: 30) { table.write(to: $0) } == [
        "number", "     1", "    Write the age in whole", "    months.",
      ])
  }

  @Test func aLineGoesOnBelowAtABlank() throws {
    #expect(
      try drawn(columns: 20) { stream in
        for line in ["  1. Paid late in two months.", "short", "x" + String(repeating: "y", count: 30)] {
          stream.fitted(line)
        }
      } == ["  1. Paid late in", "     two months.", "short", "x" + String(repeating: "y", count: 30)])
  }

  @Test func makesForeignTextHarmless() throws {
    var table = Table([.init("name")])
    table.add(["a\u{1B}]0;owned\u{07}b\nc\u{202E}d"])
    #expect(try drawn { table.write(to: $0) } == "name\na\u{FFFD}]0;owned\u{FFFD}b⏎c\u{FFFD}d\n")
  }

  @Test func wrapsAtBlanks() {
    #expect(WrappedText.lines("one two three", width: 7) == ["one two", "three"])
    #expect(WrappedText.lines("incomprehensible a", width: 5) == ["incomprehensible", "a"])
    #expect(WrappedText.lines("", width: 5) == [""])
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1 000"), (-1000, "-1 000"), (1_234_567, "1 234 567"),
    (Int.min, "-9 223 372 036 854 775 808"),
  ])
  func groupsDigits(number: Int, text: String) {
    #expect(grouped(number) == text)
  }

  @Test(arguments: [
    ("2026-03-28T21:59:59Z", "2026-03-28"), ("2026-03-28T22:00:00Z", "2026-03-29"),
    ("2026-03-29T20:59:59Z", "2026-03-29"), ("2026-03-29T21:00:00Z", "2026-03-30"),
    ("2026-06-30T20:59:59Z", "2026-06-30"), ("2026-06-30T21:00:00Z", "2026-07-01"),
    ("2026-10-24T21:00:00Z", "2026-10-25"), ("2026-10-25T21:59:59Z", "2026-10-25"),
    ("2026-10-25T22:00:00Z", "2026-10-26"), ("2026-12-31T22:00:00Z", "2027-01-01"),
    ("2027-12-31T21:59:59.999999Z", "2027-12-31"),
  ])
  func knowsTheDateInRiga(instant: String, date: String) throws {
    #expect(RigaTime.date(at: try #require(Instant(instant))).description == date)
  }

  @Test(arguments: [
    ("2026-11-22T21:59:59Z", "2026-11-22 23:59"), ("2026-11-22T22:00:00Z", "2026-11-23 00:00"),
    ("2026-07-01T05:04:00Z", "2026-07-01 08:04"), ("1969-12-31T21:30:00Z", "1969-12-31 23:30"),
  ])
  func showsTheClockInRiga(instant: String, text: String) throws {
    #expect(RigaTime.minute(at: try #require(Instant(instant))) == text)
  }
}
