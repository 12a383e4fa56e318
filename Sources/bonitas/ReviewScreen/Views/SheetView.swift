import Terminal

/// An open case, and a record of it.
enum SheetView {
  static func draw(_ state: ReviewScreen, _ screen: inout CellBuffer) {
    guard let open = state.open else { return }
    let layout = Layout(size: state.size)
    title(open, state, &screen)
    tabs(open, &screen)
    if let pane = open.pane {
      screen.draw(pane, row: Layout.above, column: 1, columns: layout.textWidth)
      more(pane, &screen)
      if pane.rows.isEmpty { screen.write("Nothing here.", row: Layout.above, column: 1, style: Style(.dim)) }
    }
    guard layout.hasSide else { return }
    for row in Layout.above..<screen.height - Layout.below {
      screen.write("│", row: row, column: layout.sideColumn - 2, style: Style(.dim))
    }
    screen.draw(open.glance, row: Layout.above, column: layout.sideColumn, columns: layout.sideWidth)
  }

  static func title(_ open: ReviewScreen.OpenCase, _ state: ReviewScreen, _ screen: inout CellBuffer) {
    let line = open.sheet.line
    let isWide = screen.width >= 110
    var parts: [String] = []
    if state.drafts[open.id]?.isTouched == true { parts.append("draft") }
    if line.isEscalated { parts.append(isWide ? "escalated" : "!") }
    let due = line.dueWords(on: state.today)
    if !due.isEmpty { parts.append(isWide ? "due \(line.due), \(due)" : "due \(due)") }
    parts.append(line.stateWords(at: state.now))
    let right = parts.joined(separator: " | ")
    let width = min(DisplayWidth.of(right), screen.width - 30)
    let who = [line.name, line.customer].filter { !$0.isEmpty }.joined(separator: ", ")
    screen.put(
      "\(line.id) \(line.kind)  \(who)", row: 1, column: 1, columns: screen.width - width - 4, Style(.bold))
    let style: Style = line.isOverdue(on: state.today) ? Style(.bold, .red) : .plain
    screen.put(right, row: 1, column: screen.width - width - 1, columns: width, style, isRight: true)
  }

  private static func tabs(_ open: ReviewScreen.OpenCase, _ screen: inout CellBuffer) {
    var column = 1
    for tab in SheetTab.allCases {
      let style = tab == open.tab ? Style([.bold, .reverse]) : Style(.dim)
      column += screen.write(" \(tab.rawValue + 1) \(tab.title) ", row: 2, column: column, style: style)
    }
  }

  static func drawRecord(_ state: ReviewScreen, _ screen: inout CellBuffer) {
    guard let open = state.open, let record = open.record else { return }
    title(open, state, &screen)
    screen.put(record.title, row: 2, column: 1, columns: screen.width - 2, Style([.bold, .underline]))
    screen.draw(open.recordPane, row: Layout.above, column: 1, columns: Layout(size: state.size).recordWidth)
    more(open.recordPane, &screen)
  }

  /// Tells which part of a long text is in sight.
  static func more(_ pane: TextPane, _ screen: inout CellBuffer) {
    let visible = pane.visible
    guard visible.count < pane.rows.count else { return }
    screen.put(
      "\(visible.lowerBound + 1)-\(visible.upperBound) of \(pane.rows.count)", row: screen.height - 2,
      column: screen.width - 21, columns: 20, Style(.dim), isRight: true)
  }
}
