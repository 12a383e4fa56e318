/// Names as they are searched: in small letters, without the marks of Baltic letters.
///
/// SQLite's LIKE knows upper and lower case of ASCII only ("Š" and "š" differ), and people type "berzins" for
/// "Bērziņš". So the folded form is kept beside the name, in the same row, and erased with it.
public enum SearchText {
  /// The text in small letters without marks.
  public static func folded(_ text: String) -> String {
    String(text.lowercased().map { marks[$0] ?? $0 })
  }

  /// A pattern for LIKE … ESCAPE '\' that finds the text anywhere.
  static func pattern(_ text: String) -> String {
    var pattern = "%"
    for character in text {
      if character == "%" || character == "_" || character == "\\" { pattern.append("\\") }
      pattern.append(character)
    }
    return pattern + "%"
  }

  private static let marks: [Character: Character] = [
    "ā": "a", "č": "c", "ē": "e", "ģ": "g", "ī": "i", "ķ": "k", "ļ": "l", "ņ": "n", "ō": "o", "ŗ": "r",
    "š": "s", "ū": "u", "ž": "z", "ä": "a", "ö": "o", "õ": "o", "ü": "u", "ą": "a", "ę": "e", "ė": "e",
    "į": "i", "ų": "u",
  ]
}
