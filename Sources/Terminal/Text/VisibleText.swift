/// Text with control characters made visible, so that no record can steer the terminal that shows it.
public enum VisibleText {
  /// The text as it may be shown.
  public static func of(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": shown.append("⏎")
      case "\t": shown.append(" ")
      default: shown.append(isUnsafe(scalar) ? replacement : scalar)
      }
    }
    return String(shown)
  }

  /// One written character as a cell may hold it.
  ///
  /// What takes no column (a joiner alone, a mark without a letter) is made visible: a name must not hide anything. Marks
  /// piled up on a letter are cut, since some terminals draw them over the lines around.
  static func cell(_ character: Character) -> Character {
    let scalars = character.unicodeScalars
    if scalars.count == 1, let only = scalars.first, only.value >= 0x20, only.value < 0x7F {
      return character
    }
    // Terminals disagree whether a soft hyphen is there.
    if character == "\u{AD}" { return "-" }
    if DisplayWidth.of(character) == 0 || scalars.contains(where: isUnsafe) { return "\u{FFFD}" }
    guard scalars.count > mostScalars else { return character }
    return String(String.UnicodeScalarView(scalars.prefix(mostScalars))).first ?? "\u{FFFD}"
  }

  /// A family of four with skin tones has eleven.
  private static let mostScalars = 12
  private static let replacement: Unicode.Scalar = "\u{FFFD}"

  /// Controls, and the marks that turn the writing direction (a name could hide what follows it).
  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || (0x202A...0x202E).contains(scalar.value)
      || (0x2066...0x2069).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029
  }
}
