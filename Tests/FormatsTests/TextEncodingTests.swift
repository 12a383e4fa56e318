import Formats
import Testing

@Suite struct TextEncodingTests {
  /// `bytes(range(0x80, 0x100)).decode("cp1257", "replace")` of Python.
  private static let cp1257 =
    "\u{20ac}\u{fffd}\u{201a}\u{fffd}\u{201e}\u{2026}\u{2020}\u{2021}\u{fffd}\u{2030}\u{fffd}\u{2039}\u{fffd}\u{a8}"
    + "\u{2c7}\u{b8}\u{fffd}\u{2018}\u{2019}\u{201c}\u{201d}\u{2022}\u{2013}\u{2014}\u{fffd}\u{2122}\u{fffd}\u{203a}"
    + "\u{fffd}\u{af}\u{2db}\u{fffd}\u{a0}\u{fffd}¢£¤\u{fffd}¦§Ø©Ŗ«¬\u{ad}®Æ°±²³´µ¶·ø¹ŗ»¼½¾æĄĮĀĆÄÅĘĒČÉŹĖĢĶĪĻŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽß"
    + "ąįāćäåęēčéźėģķīļšńņóōõö÷ųłśūüżž˙"
  /// `bytes(range(0xA0, 0x100)).decode("iso8859-13")` of Python.
  private static let iso13 =
    "\u{a0}”¢£¤„¦§Ø©Ŗ«¬\u{ad}®Æ°±²³“µ¶·ø¹ŗ»¼½¾æĄĮĀĆÄÅĘĒČÉŹĖĢĶĪĻŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽßąįāćäåęēčéźėģķīļšńņóōõö÷ųłśūüżž’"

  @Test func tablesAgreeWithPython() throws {
    for (index, scalar) in Self.cp1257.unicodeScalars.enumerated() {
      let byte = [UInt8(0x80 + index)]
      if scalar == "\u{fffd}" {
        #expect(throws: TextEncodingError.self) { try TextEncoding.windows1257.decode(byte) }
      } else {
        #expect(try TextEncoding.windows1257.decode(byte) == String(scalar))
      }
    }
    for (index, scalar) in Self.iso13.unicodeScalars.enumerated() {
      #expect(try TextEncoding.iso8859_13.decode([UInt8(0xA0 + index)]) == String(scalar))
    }
    #expect(Self.cp1257.unicodeScalars.count == 128 && Self.iso13.unicodeScalars.count == 96)
  }

  @Test func tellsThePlaceOfABadByte() {
    #expect {
      try TextEncoding.utf8.decode(Array("ab\nāc".utf8) + [0xFE])
    } throws: { error in
      guard let error = error as? TextEncodingError else { return false }
      return error.position == TextPosition(line: 2, column: 3, offset: 6) && error.sentence.contains("0xFE")
    }
  }

  @Test func aSequenceMayGoOnInTheNextBlock() {
    let text = Array("ā😀ķ".utf8)
    for cut in 0...text.count {
      text[..<cut].withUnsafeBufferPointer {
        #expect(TextEncoding.utf8.firstInvalid(in: $0, mayContinue: true) == nil)
      }
    }
  }

  @Test func knowsTheNamesPeopleWrite() {
    #expect(TextEncoding(name: "UTF8") == .utf8)
    #expect(TextEncoding(name: "CP1257") == .windows1257)
    #expect(TextEncoding(name: "ISO_8859-13") == .iso8859_13)
    #expect(TextEncoding(name: "ebcdic") == nil)
  }
}
