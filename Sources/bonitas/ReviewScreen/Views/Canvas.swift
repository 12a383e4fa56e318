import Terminal

extension TextStyle {
  /// How it looks in a cell; what it says is always in the words too.
  var cell: Style {
    switch self {
    case .plain: .plain
    case .heading, .emphasis: Style(.bold)
    case .dim: Style(.dim)
    case .good: Style([], .green)
    case .warning: Style([], .yellow)
    case .bad: Style(.bold, .red)
    }
  }
}

extension CellBuffer {
  /// Writes text that is cut with "…" where it is wider than its place.
  mutating func put(
    _ text: String, row: Int, column: Int, columns: Int, _ style: Style = .plain, isRight: Bool = false
  ) {
    guard columns > 0 else { return }
    let shown = VisibleText.of(text)
    let width = DisplayWidth.of(shown)
    if width <= columns {
      write(
        shown, row: row, column: isRight ? column + columns - width : column, style: style, columns: columns)
    } else {
      let taken = write(shown, row: row, column: column, style: style, columns: columns - 1)
      write("…", row: row, column: column + taken, style: style)
    }
  }

  /// Fills a whole row.
  mutating func bar(row: Int, _ style: Style) { fill(row: row, columns: 0..<width, style: style) }

  /// A line across.
  mutating func rule(row: Int, columns: Range<Int>, _ style: Style = Style(.dim)) {
    write(
      String(repeating: "─", count: max(0, columns.count)), row: row, column: columns.lowerBound, style: style
    )
  }

  /// A frame with a title, blank inside.
  mutating func box(top: Int, left: Int, columns: Int, rows: Int, title: String) {
    guard columns >= 4, rows >= 2 else { return }
    let line = String(repeating: "─", count: columns - 2)
    write("┌" + line + "┐", row: top, column: left)
    for row in top + 1..<top + rows - 1 {
      fill(row: row, columns: left..<left + columns, style: .plain)
      write("│", row: row, column: left)
      write("│", row: row, column: left + columns - 1)
    }
    write("└" + line + "┘", row: top + rows - 1, column: left)
    put(" \(title) ", row: top, column: left + 2, columns: columns - 4, Style(.bold))
  }

  /// The rows of a pane that are in sight; the chosen line is reversed.
  mutating func draw(_ pane: TextPane, row: Int, column: Int, columns: Int) {
    for (offset, index) in pane.visible.enumerated() {
      guard let line = pane.rows[safe: index], let source = pane.lines[safe: line.line] else { continue }
      var style = source.style.cell
      let isSelected = pane.selectedLine == line.line
      if isSelected {
        style = style.with(.reverse)
        fill(row: row + offset, columns: column..<column + columns, style: style)
      }
      let isFirst = index == 0 || pane.rows[safe: index - 1]?.line != line.line
      let marks = source.record != nil && isFirst
      put(
        line.text, row: row + offset, column: column + line.column,
        columns: columns - line.column - (marks ? 2 : 0), style)
      if marks { write("›", row: row + offset, column: column + columns - 1, style: style) }
    }
  }
}
