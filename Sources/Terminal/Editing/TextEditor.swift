/// Text under the keyboard: what is written, and where the cursor stands in it.
public struct TextEditor: Hashable, Sendable {
  /// The text.
  public private(set) var text: String
  /// The characters before the cursor.
  public private(set) var cursor: Int
  /// Whether Enter makes a new line; else pasted line ends become blanks.
  public let hasLines: Bool
  /// The most characters; more is not taken.
  public let limit: Int

  /// An editor with its cursor at the end of the text.
  public init(_ text: String = "", hasLines: Bool = false, limit: Int = 4000) {
    self.text = String(text.prefix(limit))
    self.hasLines = hasLines
    self.limit = limit
    cursor = self.text.count
  }

  /// Whether there is anything but blanks.
  public var isBlank: Bool { text.allSatisfy { $0.isWhitespace } }

  /// Does what the key means in a text; false where it means nothing here.
  ///
  /// The keys are those of readline and of plain editors. Up and down, which depend on the width, are `moveLine`.
  public mutating func apply(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .paste(let pasted): insert(hasLines ? pasted : pasted.replacing("\n", with: " "))
    case .enter where hasLines: insert("\n")
    case .backspace, .control("h"): remove(max(0, cursor - 1)..<cursor)
    case .delete, .control("d"): remove(cursor..<min(text.count, cursor + 1))
    case .left, .control("b"): cursor = max(0, cursor - 1)
    case .right, .control("f"): cursor = min(text.count, cursor + 1)
    case .wordLeft, .alt("b"): cursor = wordStart
    case .wordRight, .alt("f"): cursor = wordEnd
    case .home, .control("a"): cursor = lineStart
    case .end, .control("e"): cursor = lineEnd
    case .control("w"), .alt("\u{7F}"): remove(wordStart..<cursor)
    case .control("u"): remove(lineStart..<cursor)
    case .control("k"): remove(cursor..<lineEnd)
    default: return false
    }
    return true
  }

  /// Moves the cursor to the line above or below, as the text is broken at this width; false at the first or last line.
  public mutating func moveLine(_ step: Int, width: Int) -> Bool {
    let layout = layout(width: width)
    let row = layout.row + step
    guard layout.lines.indices.contains(row) else { return false }
    var column = 0
    var index = layout.lines[row].start
    for character in layout.lines[row].text {
      let columns = max(1, DisplayWidth.of(character))
      if column + columns > layout.column { break }
      column += columns
      index += 1
    }
    cursor = index
    return true
  }

  /// One line as it is shown.
  public struct Line: Hashable, Sendable {
    /// What it shows.
    public let text: String
    /// The characters of the text before it.
    public let start: Int
  }

  /// The text broken at blanks, at the latest at the width, and the cursor's row and column in that.
  public func layout(width: Int) -> (lines: [Line], row: Int, column: Int) {
    let width = max(2, width)
    let characters = Array(text)
    var lines: [Line] = []
    var start = 0
    var columns = 0
    var afterBlank: Int?
    var index = 0
    func cut(_ end: Int) { lines.append(Line(text: String(characters[start..<end]), start: start)) }
    while index < characters.count {
      let character = characters[index]
      if character == "\n" || character == "\r\n" {
        cut(index)
        (start, columns, afterBlank) = (index + 1, 0, nil)
        index += 1
        continue
      }
      columns += max(1, DisplayWidth.of(character))
      if columns > width, character != " " {
        let end = afterBlank ?? max(index, start + 1)
        cut(end)
        (start, columns, afterBlank) = (end, 0, nil)
        index = end
        continue
      }
      if character == " " { afterBlank = index + 1 }
      index += 1
    }
    cut(characters.count)
    let row = max(0, (lines.firstIndex { $0.start > cursor } ?? lines.count) - 1)
    let before = characters[min(lines[row].start, cursor)..<cursor]
    return (lines, row, min(width, before.reduce(0) { $0 + max(1, DisplayWidth.of($1)) }))
  }

  private mutating func insert(_ added: String) {
    let room = limit - text.count
    guard room > 0 else { return }
    let head = String(text.prefix(cursor)) + added.prefix(room)
    text = head + text.dropFirst(cursor)
    // A mark joins the letter before it: the count is taken after, not added up.
    cursor = min(head.count, text.count)
  }

  private mutating func remove(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    text = String(text.prefix(range.lowerBound)) + text.dropFirst(range.upperBound)
    cursor = min(range.lowerBound, text.count)
  }

  private var wordStart: Int {
    let before = Array(text.prefix(cursor))
    var index = before.count
    while index > 0, before[index - 1].isWhitespace { index -= 1 }
    while index > 0, !before[index - 1].isWhitespace { index -= 1 }
    return index
  }

  private var wordEnd: Int {
    let characters = Array(text)
    var index = cursor
    while index < characters.count, characters[index].isWhitespace { index += 1 }
    while index < characters.count, !characters[index].isWhitespace { index += 1 }
    return index
  }

  private var lineStart: Int {
    text.prefix(cursor).lastIndex(of: "\n").map { text.distance(from: text.startIndex, to: $0) + 1 } ?? 0
  }

  private var lineEnd: Int {
    let rest = text.dropFirst(cursor)
    return cursor
      + (rest.firstIndex(of: "\n").map { rest.distance(from: rest.startIndex, to: $0) } ?? rest.count)
  }
}
