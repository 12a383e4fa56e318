import Terminal

/// Text broken at blanks so that no line is wider than asked for; a longer word stands alone on its line.
enum WrappedText {
  static func lines(_ text: some StringProtocol, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var lineWidth = 0
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      let wordWidth = DisplayWidth.of(String(word))
      if lineWidth > 0, lineWidth + 1 + wordWidth > width {
        lines.append(line)
        line = ""
        lineWidth = 0
      }
      if lineWidth > 0 {
        line += " "
        lineWidth += 1
      }
      line += word
      lineWidth += wordWidth
    }
    if lineWidth > 0 || lines.isEmpty { lines.append(line) }
    return lines
  }
}

extension TextStream {
  /// The columns for running text: the terminal's, 100 at most; 90 where there is none.
  var textWidth: Int { min(columns ?? 90, 100) }

  /// Writes a paragraph, broken at blanks.
  func wrapped(_ text: some StringProtocol, indent: Int = 0) {
    let margin = String(repeating: " ", count: indent)
    for line in WrappedText.lines(text, width: max(20, textWidth - indent)) { self.line(margin + line) }
  }

  /// Writes a line that was laid out for no width in particular; on a narrower terminal it goes on below, indented.
  func fitted(_ text: String) {
    guard let columns, DisplayWidth.of(text) > columns else { return line(text) }
    let margin = String(text.prefix { $0 == " " })
    // Three columns further in: under the text of "1. ...".
    let hanging = margin + "   "
    var rest = Substring(text.dropFirst(margin.count))
    var lead = margin
    while DisplayWidth.of(lead + rest) > columns {
      var end: Substring.Index?
      for index in rest.indices where rest[index] == " " {
        if DisplayWidth.of(lead + rest[..<index]) > columns { break }
        end = index
      }
      guard let end = end ?? rest.firstIndex(of: " "), end > rest.startIndex else { break }
      var part = rest[..<end]
      while part.last == " " { part.removeLast() }
      line(lead + part)
      rest = rest[end...].drop { $0 == " " }
      lead = hanging
    }
    line(lead + rest)
  }

  /// Writes a head with its text beside it, or below it where the head is too wide.
  func hanging(indent: Int, head: String, headWidth: Int, body: String) {
    let margin = String(repeating: " ", count: indent)
    let bodyIndent = indent + headWidth + 2
    let hanging = String(repeating: " ", count: bodyIndent)
    let width = DisplayWidth.of(head)
    var lines = WrappedText.lines(body, width: max(20, textWidth - bodyIndent))[...]
    if width > headWidth {
      line(margin + head)
    } else {
      line(margin + head + String(repeating: " ", count: headWidth - width + 2) + (lines.popFirst() ?? ""))
    }
    for rest in lines { line(hanging + rest) }
  }
}
