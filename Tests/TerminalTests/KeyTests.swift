import TestSupport
import Testing

@testable import Terminal

/// Bytes to keys.
@Suite struct KeyTests {
  private func keys(_ text: String) -> [Key] { keys(Array(text.utf8)) }

  private func keys(_ bytes: [UInt8]) -> [Key] {
    var decoder = KeyDecoder()
    let keys = decoder.feed(bytes)
    return keys + decoder.timeOut()
  }

  @Test(
    arguments: [
      ("a", .character("a")), ("ē", .character("ē")), ("漢", .character("漢")), ("👍", .character("👍")),
      ("\r", .enter), ("\n", .enter), ("\t", .tab), ("\u{7F}", .backspace), ("\u{8}", .backspace),
      ("\u{0}", .control(" ")), ("\u{3}", .control("c")), ("\u{1F}", .control("_")), ("\u{1B}", .escape),
      ("\u{1B}[A", .up), ("\u{1B}[B", .down), ("\u{1B}OC", .right), ("\u{1B}[D", .left), ("\u{1B}[H", .home),
      ("\u{1B}[4~", .end), ("\u{1B}[1~", .home), ("\u{1B}OF", .end), ("\u{1B}[5~", .pageUp),
      ("\u{1B}[6~", .pageDown),
      ("\u{1B}[3~", .delete), ("\u{1B}[2~", .insert), ("\u{1B}[Z", .backTab), ("\u{1B}[1;5D", .wordLeft),
      ("\u{1B}[1;3C", .wordRight), ("\u{1B}[1;2A", .up), ("\u{1B}OP", .function(1)),
      ("\u{1B}[15~", .function(5)),
      ("\u{1B}[24~", .function(12)), ("\u{1B}[[B", .function(2)), ("\u{1B}Or", .character("2")),
      ("\u{1B}x", .alt("x")), ("\u{1B}ē", .alt("ē")), ("\u{1B}[", .alt("[")), ("\u{1B}O", .alt("O")),
      ("\u{1B}]", .alt("]")), ("\u{1B}[200~a\rb\r\nc\u{1B}[31md\u{1B}[201~", .paste("a\nb\nc[31md")),
      ("\u{1B}[200~never ended", .paste("never ended")),
    ] as [(String, Key)])
  func knowsTheKey(bytes: String, key: Key) {
    #expect(keys(bytes) == [key])
    // Cut anywhere, the same.
    let all = Array(bytes.utf8)
    for cut in 1..<max(2, all.count) {
      var decoder = KeyDecoder()
      let found = decoder.feed(all.prefix(cut)) + decoder.feed(all.dropFirst(cut))
      #expect(found + decoder.timeOut() == [key])
      #expect(decoder.pause == nil)
    }
  }

  @Test(arguments: [
    // Unknown: reports of the mouse and of focus, of the cursor's place, of colours; functions nobody has.
    "\u{1B}[<0;1;2M", "\u{1B}[I", "\u{1B}[12;5R", "\u{1B}]11;rgb:0/0/0\u{7}", "\u{1B}P1$r\u{1B}\\",
    "\u{1B}[?1;2c",
    "\u{1B}[99~", "\u{1B}[1;2;3;4;5$y", "\u{1B}[200;1~", "\u{1B}_Gq\u{1B}\\",
    "\u{1B}[" + String(repeating: "1;", count: 9999) + "u",
    "\u{1B}[Q",
  ])
  func swallowsWhatItDoesNotKnow(bytes: String) {
    #expect(keys(bytes + "x") == [.character("x")])
  }

  @Test(
    arguments: [
      ([0xC3], []), ([0xFF, 0x61], [.character("a")]), ([0xC3, 0x61], [.character("a")]), ([0xC0, 0xAF], []),
      ([0xED, 0xA0, 0x80], []), ([0xF4, 0x90, 0x80, 0x80], []), ([0xE2, 0x82, 0x1B], [.escape]),
      ([0xC2, 0x9B], []),
      ([0x80, 0x80, 0x62], [.character("b")]), ([0x1B, 0x1B], [.escape, .escape]),
      ([0x1B, 0x1B, 0x5B, 0x41], [.escape, .up]), ([0x1B, 0x0D], [.escape, .enter]),
      ([0x1B, 0x5B, 0x1B, 0x5B, 0x42], [.down]), ([0x1B, 0x4F, 0x1B, 0x5B, 0x42], [.alt("O"), .down]),
    ] as [([UInt8], [Key])])
  func survivesBrokenInput(bytes: [UInt8], expected: [Key]) {
    #expect(keys(bytes) == expected)
  }

  @Test func aPasteIsKeptWithinBounds() {
    let long = String(repeating: "x", count: KeyDecoder.longestPaste * 3)
    guard case .paste(let text)? = keys("\u{1B}[200~\(long)\u{1B}[201~").first else {
      Issue.record("no paste")
      return
    }
    #expect(text.utf8.count == KeyDecoder.longestPaste)
  }

  @Test(arguments: 0..<40)
  func noInputLocksTheKeyboard(seed: UInt64) {
    var chance = SeededGenerator(seed: seed)
    let alphabet =
      Array("\u{1B}[]OP_^X~;0125ABM<?\\\u{7}\u{18}a".utf8) + [0xC3, 0xA9, 0xE2, 0xF0, 0x80, 0xFF, 0x0D]
    let bytes = (0..<400).map { _ in alphabet[chance.number(below: alphabet.count)] }
    var whole = KeyDecoder()
    var pieces = KeyDecoder()
    let expected = whole.feed(bytes)
    var found: [Key] = []
    for byte in bytes { found += pieces.feed([byte]) }
    #expect(found == expected, "the pieces do not matter")
    _ = whole.timeOut()
    #expect(whole.pause == nil)
    let next = whole.feed("q".utf8)
    #expect(next == [.character("q")])
  }
}
