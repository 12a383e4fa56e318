import Foundation
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

  @Test func makesForeignTextHarmless() throws {
    var table = Table([.init("name")])
    table.add(["a\u{1B}]0;owned\u{07}b\nc\u{202E}d"])
    #expect(try drawn { table.write(to: $0) } == "name\na\u{FFFD}]0;owned\u{FFFD}b⏎c\u{FFFD}d\n")
  }

  @Test(arguments: [
    ("", 0), ("abc", 3), ("āšķ", 3), ("e\u{301}", 1), ("日本", 4), ("👍", 2), ("👨‍👩‍👧", 2), ("\u{200B}", 0),
    ("ﬁ", 1),
  ])
  func measuresWidth(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
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
}
