import Terminal

/// Lines broken at the width there is, and which of them are in sight.
///
/// Where lines open records the arrows choose a line; else they move the text.
struct TextPane: Hashable, Sendable {
  struct Row: Hashable, Sendable {
    var line: Int
    var text: String
    var column: Int
  }

  private(set) var lines: [SheetLine]
  private(set) var rows: [Row] = []
  private(set) var position = ScrollPosition()
  private let hasRecords: Bool
  private var width = 0
  private var height = 1

  init(_ lines: [SheetLine]) {
    self.lines = lines
    hasRecords = lines.contains { $0.record != nil }
  }

  /// Breaks the lines anew where the width is another one; the chosen line stays chosen.
  mutating func lay(width: Int, height: Int) {
    self.height = max(1, height)
    if width != self.width {
      let line = rows[safe: position.selected]?.line ?? 0
      self.width = width
      rows = lines.enumerated().flatMap { index, line in Self.broken(line, index, width) }
      position.select(rows.firstIndex { $0.line >= line } ?? 0, of: rows.count)
    }
    if hasRecords {
      position.settle(count: rows.count, height: self.height)
    } else {
      position.scroll(0, count: rows.count, height: self.height)
    }
  }

  /// Other lines for the same place, as after reading again.
  mutating func replace(_ lines: [SheetLine]) {
    var pane = TextPane(lines)
    pane.position = position
    pane.lay(width: width, height: height)
    self = pane
  }

  /// The chosen line, where lines can be chosen.
  var selectedLine: Int? { hasRecords ? rows[safe: position.selected]?.line : nil }

  /// The record that Enter opens.
  var record: String? { selectedLine.flatMap { lines[safe: $0]?.record } }

  /// The rows in sight.
  var visible: Range<Int> { position.visible(count: rows.count, height: height) }

  /// Whether there is more below.
  var hasMore: Bool { visible.upperBound < rows.count }

  /// Does what a key of movement does; false for any other key.
  mutating func apply(_ key: Key) -> Bool {
    guard let step = Movement.step(key, page: height - 1) else { return false }
    if hasRecords {
      position.select(Movement.clamped(position.selected, step, rows.count), of: rows.count)
      // A chosen line is shown with all its rows.
      if let line = selectedLine, let last = rows.lastIndex(where: { $0.line == line }), step > 0 {
        position.select(last, of: rows.count)
      }
      position.settle(count: rows.count, height: height)
    } else {
      position.scroll(step, count: rows.count, height: height)
    }
    return true
  }

  /// Nobody reads a line longer than this on a terminal.
  private static let mostCharacters = 100_000

  private static func broken(_ line: SheetLine, _ index: Int, _ width: Int) -> [Row] {
    let shown = VisibleText.of(line.text)
    // The mark of a record stands behind the text.
    let width = line.record == nil ? width : width - 2
    let whole = max(10, width - line.indent)
    if DisplayWidth.of(shown) <= whole { return [Row(line: index, text: shown, column: line.indent)] }
    let hanging = line.indent + line.hanging
    // The first row has more room than those below it.
    let first = TextEditor(shown, limit: mostCharacters).layout(width: whole).lines[0]
    let rest = String(shown.dropFirst(first.text.count))
    let below = TextEditor(rest, limit: mostCharacters).layout(width: max(10, width - hanging)).lines
    return ([first] + below).enumerated().map { number, piece in
      var text = Substring(piece.text)
      // The blank at which it was broken may stand beyond the width.
      while text.last == " " { text.removeLast() }
      return Row(line: index, text: String(text), column: number == 0 ? line.indent : hanging)
    }
  }
}

/// The keys that move through rows, the same everywhere.
enum Movement {
  static func step(_ key: Key, page: Int) -> Int? {
    switch key {
    case .up, .character("k"), .control("p"): -1
    case .down, .character("j"), .control("n"): 1
    case .pageUp, .control("b"): -max(1, page)
    case .pageDown, .control("f"), .character(" "): max(1, page)
    case .home, .character("g"): -1_000_000_000
    case .end, .character("G"): 1_000_000_000
    default: nil
    }
  }

  static func clamped(_ row: Int, _ step: Int, _ count: Int) -> Int {
    min(max(0, row + step), max(0, count - 1))
  }
}
