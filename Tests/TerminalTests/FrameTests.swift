import TestSupport
import Testing

@testable import Terminal

/// Frames: the terminal shows the buffer, whatever was shown before and whatever the data are.
@Suite struct FrameTests {
  /// Letters, wide ones, marks, joiners, controls, and what tries to steer.
  private static let pieces = [
    "a", "Bērziņš", "õ", "e\u{301}", "日本", "漢", "👍", "👨‍👩‍👧", "🇱🇻", "│", "…", "→", " ", "    ", "\u{1B}[31m",
    "\u{9B}2J",
    "\u{07}", "\r\n", "\t", "\u{202E}", "\u{200B}", "\u{AD}", "\u{301}", "\u{0}", "क्षि", "עברית", "\u{FEFF}",
    "ﬁ",
    "Z" + String(repeating: "\u{336}", count: 60), "\u{E0041}", "\u{2028}",
  ]

  private static func scribble(_ screen: inout CellBuffer, _ chance: inout SeededGenerator) {
    for _ in 0..<chance.number(below: 12) {
      let style = Style(
        Style.Attributes(rawValue: UInt8(chance.number(below: 16))),
        Style.Colour(rawValue: UInt8(chance.number(below: 7))) ?? .standard)
      let row = chance.number(below: screen.height + 4) - 2
      let column = chance.number(below: screen.width + 6) - 3
      switch chance.number(below: 5) {
      case 0: screen.fill(row: row, columns: column..<column + chance.number(below: 20), style: style)
      case 1: screen.restyle(row: row, columns: column..<column + chance.number(below: 9)) { _ in style }
      default:
        let text = (0..<chance.number(below: 8)).map { _ in pieces[chance.number(below: pieces.count)] }
          .joined()
        screen.write(
          text, row: row, column: column, style: style,
          columns: chance.number(below: 2) == 0 ? nil : chance.number(below: 12))
      }
    }
    screen.cursor =
      chance.number(below: 2) == 0
      ? nil
      : .init(row: chance.number(below: screen.height + 1), column: chance.number(below: screen.width + 1))
  }

  @Test(arguments: 0..<60)
  func theTerminalShowsTheBuffer(seed: UInt64) {
    var chance = SeededGenerator(seed: seed)
    let (width, height) = (1 + chance.number(below: 40), 1 + chance.number(below: 8))
    var writer = FrameWriter(hasColours: true)
    var terminal = TerminalModel(width: width, height: height)
    var screen = CellBuffer(width: width, height: height)
    for step in 0..<40 {
      if chance.number(below: 5) == 0 { screen = CellBuffer(width: width, height: height) }
      if chance.number(below: 20) == 0 { writer.forget() }
      Self.scribble(&screen, &chance)
      terminal.receive(writer.frame(screen))
      #expect(terminal.problems == [])
      for row in 0..<height {
        for column in 0..<width where terminal.cell(row, column) != screen[row, column] {
          Issue.record("seed \(seed), frame \(step): \(row) \(column) shows \(terminal.cell(row, column))")
          return
        }
      }
      let isInside = screen.cursor.map { $0.row < height && $0.column < width } ?? false
      #expect(terminal.cursor == (isInside ? screen.cursor : nil))
    }
  }

  @Test func aTerminalThatDisagreesOnWidthsKeepsTheLineStraight() {
    // Takes every picture for one column, as old terminals do.
    var terminal = TerminalModel(width: 30, height: 1) { _ in 1 }
    var writer = FrameWriter(hasColours: false)
    var screen = CellBuffer(width: 30, height: 1)
    screen.write("👍👨‍👩‍👧日 name", row: 0, column: 0)
    screen.write("due", row: 0, column: 20)
    terminal.receive(writer.frame(screen))
    #expect((20..<23).map { terminal.cell(0, $0).character } == ["d", "u", "e"])
    #expect((7..<11).map { terminal.cell(0, $0).character } == ["n", "a", "m", "e"])
  }

  @Test func writesNothingWhereNothingChanged() {
    var writer = FrameWriter(hasColours: true)
    var screen = CellBuffer(width: 80, height: 24)
    screen.write("hello", row: 3, column: 2, style: Style(.bold, .green))
    let (first, second) = (writer.frame(screen), writer.frame(screen))
    #expect(first.count > 20 && second == [])
    screen.write("j", row: 3, column: 2, style: Style(.bold, .green))
    let bytes = writer.frame(screen)
    #expect(bytes.count < 60, "one letter took \(bytes.count) bytes")
    #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("\u{1B}[?2026h"))
    #expect(String(decoding: bytes, as: UTF8.self).hasSuffix("\u{1B}[?2026l"))
  }

  @Test func drawsWholeAfterAnotherSize() {
    var writer = FrameWriter(hasColours: true)
    _ = writer.frame(CellBuffer(width: 10, height: 2))
    var terminal = TerminalModel(width: 12, height: 2)
    terminal.receive(writer.frame(CellBuffer(width: 12, height: 2)))
    #expect(terminal.cells.allSatisfy { $0 == TerminalModel.blank })
  }

  @Test func withoutColourTheMeaningStays() {
    var screen = CellBuffer(width: 10, height: 1)
    screen.write("late", row: 0, column: 0, style: Style(.bold, .red))
    var writer = FrameWriter(hasColours: false)
    let text = String(decoding: writer.frame(screen), as: UTF8.self)
    #expect(text.contains("\u{1B}[0;1mlate"))
    #expect(!text.contains(";3"))
  }
}

/// The buffer itself.
@Suite struct CellBufferTests {
  @Test func blanksAWideCharacterOfWhichHalfIsOverwritten() {
    var screen = CellBuffer(width: 6, height: 1)
    screen.write("日本", row: 0, column: 0)
    #expect(screen.lines == ["日本"])
    screen.write("x", row: 0, column: 1)
    #expect(screen.lines == [" x本"])
    screen.write("y", row: 0, column: 2)
    #expect(screen.lines == [" xy"])
  }

  @Test func cutsAtTheEdgesAndKeepsInsideTheLimit() {
    var screen = CellBuffer(width: 5, height: 1)
    #expect(screen.write("abc日", row: 0, column: 1) == 3)
    #expect(screen.lines == [" abc"])
    #expect(screen.write("日本語", row: 0, column: 0, columns: 3) == 2)
    #expect(screen.write("x", row: 4, column: 0) == 0)
    #expect(screen.write("x", row: 0, column: 5) == 0)
    screen.write("abcdef  ", row: 0, column: -3)
    #expect(screen.lines == ["def"])
    #expect(CellBuffer(width: -4, height: Int.max).width == 0)
    #expect(screen[-1, 900] == TerminalModel.blank)
  }

  @Test func showsWhatHides() {
    var screen = CellBuffer(width: 40, height: 1)
    screen.write("a\u{1B}]0;x\u{07}b\u{200B}c\u{202E}d\ne\u{AD}f", row: 0, column: 0)
    #expect(screen.lines == ["a\u{FFFD}]0;x\u{FFFD}b\u{FFFD}c\u{FFFD}d⏎e-f"])
  }

  @Test func cutsMarksPiledUp() {
    var screen = CellBuffer(width: 4, height: 1)
    screen.write("Z" + String(repeating: "\u{336}", count: 500), row: 0, column: 0)
    #expect(screen[0, 0].character.unicodeScalars.count <= 12)
  }
}
