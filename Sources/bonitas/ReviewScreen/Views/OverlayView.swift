import Terminal

/// What lies over the screen: help, filter, questions.
enum OverlayView {
  static func help(_ pane: TextPane, _ state: ReviewScreen, _ screen: inout CellBuffer) {
    let layout = Layout(size: state.size)
    let rows = min(pane.rows.count, layout.helpRows) + 3
    let columns = layout.helpWidth + 4
    let top = max(0, (screen.height - rows) / 2)
    let left = (screen.width - columns) / 2
    screen.box(top: top, left: left, columns: columns, rows: rows, title: "Keys")
    screen.draw(pane, row: top + 1, column: left + 2, columns: layout.helpWidth)
    screen.put(
      pane.hasMore ? "↓ more, any other key closes" : "any key closes", row: top + rows - 2, column: left + 2,
      columns: columns - 4, Style(.dim), isRight: true)
  }

  static func filter(_ form: FilterForm, _ state: ReviewScreen, _ screen: inout CellBuffer) {
    let columns = 60
    let rows = FilterForm.Field.allCases.count + 4
    let top = (screen.height - rows) / 2
    let left = (screen.width - columns) / 2
    screen.box(top: top, left: left, columns: columns, rows: rows, title: "Show only")
    for (index, field) in FilterForm.Field.allCases.enumerated() {
      let (label, text) = words(field, form)
      let isFocused = field == form.focus
      screen.put(label, row: top + 1 + index, column: left + 2, columns: 12, Style(.dim))
      let style = isFocused && field != .customer ? Style(.reverse) : .plain
      screen.put(text, row: top + 1 + index, column: left + 15, columns: columns - 18, style)
      if isFocused, field == .customer {
        let before = form.customer.text.prefix(form.customer.cursor)
        screen.cursor = .init(row: top + 1 + index, column: left + 15 + DisplayWidth.of(String(before)))
      }
    }
    if form.focus != .customer { screen.cursor = nil }
    screen.put(
      "↑↓ field  ←→ change  x all  Enter shows  Esc gives up", row: top + rows - 2, column: left + 2,
      columns: columns - 4,
      Style(.dim))
  }

  private static func words(_ field: FilterForm.Field, _ form: FilterForm) -> (String, String) {
    func tick(_ isOn: Bool) -> String { isOn ? "[x]" : "[ ]" }
    return switch field {
    case .kind: ("Kind", "‹ \(form.filter.kind ?? "all") ›")
    case .state: ("State", "‹ \(form.filter.state ?? "all that wait") ›")
    case .mine: ("Mine", tick(form.filter.isMine))
    case .overdue: ("Overdue", tick(form.filter.isOverdue))
    case .escalated: ("Escalated", tick(form.filter.isEscalated))
    case .customer: ("Customer", form.customer.text)
    }
  }

  static func question(_ lines: [String], title: String, _ screen: inout CellBuffer) {
    let columns = min(screen.width - 4, 76)
    let broken = lines.flatMap { WrappedText.lines(visible($0), width: columns - 4) }
    // Low down, so that what is asked about stays in sight.
    let top = screen.height - broken.count - 4
    let left = (screen.width - columns) / 2
    screen.box(top: top, left: left, columns: columns, rows: broken.count + 2, title: title)
    for (index, line) in broken.enumerated() { screen.write(line, row: top + 1 + index, column: left + 2) }
  }
}

/// A question that is answered by typing, above the last rows so that the case stays in sight.
enum PromptView {
  private static func columns(_ size: TerminalSize) -> Int { min(size.columns - 2, 100) }

  /// Where typed text breaks.
  static func textWidth(_ size: TerminalSize) -> Int { columns(size) - 14 }

  static func draw(_ prompt: Prompt, _ state: ReviewScreen, _ screen: inout CellBuffer) {
    let width = textWidth(state.size)
    let layouts = prompt.fields.map { $0.editor.layout(width: width) }
    let problem = prompt.problem.map { WrappedText.lines(visible($0), width: columns(state.size) - 4) } ?? []
    // Of a long text the rows around the cursor.
    let most = max(1, min(8, state.size.rows - 12))
    let rows = layouts.reduce(0) { $0 + min(most, $1.lines.count) } + 3 + problem.count
    let top = screen.height - 1 - rows
    screen.box(top: top, left: 1, columns: columns(state.size), rows: rows, title: prompt.title)
    var row = top + 1
    for (index, layout) in layouts.enumerated() {
      screen.put(prompt.fields[index].label, row: row, column: 3, columns: 9, Style(.dim))
      let first = max(0, min(layout.row - most + 1, layout.lines.count - most))
      for (offset, line) in layout.lines.dropFirst(first).prefix(most).enumerated() {
        screen.write(line.text, row: row, column: 13, columns: width)
        if index == prompt.focus, first + offset == layout.row {
          screen.cursor = .init(row: row, column: 13 + layout.column)
        }
        row += 1
      }
    }
    for line in problem {
      screen.write(line, row: row, column: 3, style: Style(.bold, .red))
      row += 1
    }
    let send = prompt.purpose == .find ? "Enter finds" : "Enter sends"
    let fields = prompt.fields.count > 1 ? "  Tab other field" : ""
    screen.put(
      "\(send)  Esc goes back\(fields)", row: row, column: 3, columns: columns(state.size) - 4, Style(.dim),
      isRight: true)
  }
}
