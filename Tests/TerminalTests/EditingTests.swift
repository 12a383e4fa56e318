import TestSupport
import Testing

@testable import Terminal

/// Text under the keyboard.
@Suite struct EditingTests {
  private func editor(_ keys: [Key], hasLines: Bool = false) -> TextEditor {
    var editor = TextEditor(hasLines: hasLines)
    for key in keys { _ = editor.apply(key) }
    return editor
  }

  @Test func editsAsReadlineDoes() {
    #expect(editor([.paste("one two"), .control("w"), .character("x")]).text == "one x")
    #expect(editor([.paste("one two"), .wordLeft, .control("k")]).text == "one ")
    #expect(editor([.paste("one two"), .home, .delete, .right, .backspace]).text == "e two")
    #expect(editor([.paste("one"), .control("u"), .backspace, .delete]).text == "")
    #expect(editor([.character("e"), .character("\u{301}")]).cursor == 1)
    #expect(editor([.paste("a\nb")]).text == "a b")
    #expect(
      editor([.paste("a\nb"), .enter, .character("c"), .home, .control("k")], hasLines: true).text == "a\nb\n"
    )
    var plain = TextEditor()
    let taken = [Key.enter, .up, .control("x")].map { plain.apply($0) }
    #expect(taken == [false, false, false])
  }

  @Test func takesNoMoreThanItsLimit() {
    var editor = TextEditor(limit: 5)
    _ = editor.apply(.paste("1234567"))
    _ = editor.apply(.character("8"))
    #expect(editor.text == "12345")
  }

  @Test func breaksAtBlanks() {
    let editor = TextEditor("one two incomprehensible\nx", hasLines: true)
    #expect(editor.layout(width: 8).lines.map(\.text) == ["one two ", "incompre", "hensible", "x"])
    #expect(editor.layout(width: 8).row == 3)
  }

  @Test func movesBetweenShownLines() {
    var editor = TextEditor("one two three", hasLines: true)
    let moved = [-1, -1, 1, 1].map { editor.moveLine($0, width: 8) }
    #expect(moved == [true, false, true, false])
  }

  @Test(arguments: 0..<40)
  func whateverIsTypedTheTextIsWhatIsShown(seed: UInt64) {
    var chance = SeededGenerator(seed: seed)
    let keys: [Key] = [
      .character("a"), .character(" "), .character("日"), .character("\u{301}"), .character("👨"),
      .character("\u{200D}"),
      .enter, .backspace, .delete, .left, .right, .wordLeft, .wordRight, .home, .end, .control("w"),
      .paste("b\r\nc d"),
      .paste("\u{1F1F1}"),
    ]
    var editor = TextEditor(hasLines: true, limit: 60)
    for _ in 0..<300 {
      _ = editor.apply(keys[chance.number(below: keys.count)])
      if chance.number(below: 6) == 0 { _ = editor.moveLine(chance.number(below: 2) * 2 - 1, width: 7) }
      #expect(editor.cursor >= 0 && editor.cursor <= editor.text.count)
      let width = 2 + chance.number(below: 9)
      let layout = editor.layout(width: width)
      #expect(layout.lines.map(\.text).joined() == editor.text.filter { $0 != "\n" && $0 != "\r\n" })
      #expect(layout.lines.indices.contains(layout.row) && layout.column <= width)
      for line in layout.lines.map(\.text) {
        var shown = line
        while shown.last == " " { shown.removeLast() }
        #expect(shown.reduce(0) { $0 + max(1, DisplayWidth.of($1)) } <= width)
      }
    }
  }
}

/// Chosen rows and rows in sight.
@Suite struct ScrollPositionTests {
  @Test(arguments: 0..<20)
  func theChosenRowIsInSight(seed: UInt64) {
    var chance = SeededGenerator(seed: seed)
    var position = ScrollPosition()
    for _ in 0..<200 {
      let count = chance.number(below: 50)
      let height = 1 + chance.number(below: 12)
      position.select(position.selected + chance.number(below: 41) - 20, of: count)
      position.settle(count: count, height: height)
      let rows = position.visible(count: count, height: height)
      #expect(rows.contains(position.selected) || count == 0)
      #expect(rows.count == min(count, height))
    }
  }
}

/// One definition of width for the whole house.
@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("āšķ", 3), ("e\u{301}", 1), ("日本", 4), ("👍", 2), ("👨‍👩‍👧", 2), ("\u{200B}", 0),
    ("ﬁ", 1),
  ])
  func measuresWidth(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }
}
