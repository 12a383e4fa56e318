import Terminal

/// Draws a state: pure, so that golden files are the screens.
enum ScreenView {
  static func draw(_ state: ReviewScreen) -> CellBuffer {
    var screen = CellBuffer(width: state.size.columns, height: state.size.rows)
    guard !state.isTooSmall else {
      tooSmall(state, &screen)
      return screen
    }
    head(state, &screen)
    switch state.place {
    case .list: ListView.draw(state, &screen)
    case .sheet: SheetView.draw(state, &screen)
    case .record: SheetView.drawRecord(state, &screen)
    case .form: FormView.draw(state, &screen)
    case .summary: FormView.drawSummary(state, &screen)
    }
    keys(KeyHints.of(state), &screen)
    message(state, &screen)
    overlay(state, &screen)
    return screen
  }

  private static func head(_ state: ReviewScreen, _ screen: inout CellBuffer) {
    let style = Style(.reverse)
    screen.bar(row: 0, style)
    let numbers = state.list.numbers
    var words = "\(grouped(numbers.open)) open"
    if numbers.overdue > 0 { words += ", \(grouped(numbers.overdue)) overdue" }
    if numbers.escalated > 0 { words += ", \(grouped(numbers.escalated)) escalated" }
    if numbers.stop != nil { words = "AUTOMATION STOPPED | " + words }
    let left = state.size.columns - DisplayWidth.of(words) - 1
    screen.write(words, row: 0, column: left, style: style)
    screen.put(" bonitas review  \(state.actor)", row: 0, column: 0, columns: left - 2, style)
  }

  /// The keys that work here; the last ones, help and the way out, always have room.
  private static func keys(_ hints: [KeyHint], _ screen: inout CellBuffer) {
    let row = screen.height - 1
    let fixed = hints.suffix(2)
    let reserved = fixed.reduce(0) { $0 + $1.width + 2 }
    var column = 1
    for hint in hints.dropLast(2) where column + hint.width + reserved < screen.width {
      column = write(hint, row, column, &screen)
    }
    for hint in fixed { column = write(hint, row, column, &screen) }
  }

  private static func write(_ hint: KeyHint, _ row: Int, _ column: Int, _ screen: inout CellBuffer) -> Int {
    var column = column
    column += screen.write(hint.key, row: row, column: column, style: Style(.bold))
    column += screen.write(" " + hint.meaning, row: row, column: column)
    return column + 2
  }

  /// One line as a rule; a longer sentence takes rows of what is above rather than lose what to do.
  private static func message(_ state: ReviewScreen, _ screen: inout CellBuffer) {
    guard let message = state.message else { return }
    let lines = WrappedText.lines(visible(message.text), width: screen.width - 2).prefix(4)
    for (index, line) in lines.enumerated() {
      let row = screen.height - 1 - lines.count + index
      screen.bar(row: row, .plain)
      screen.put(line, row: row, column: 1, columns: screen.width - 2, message.style.cell.with(.bold))
    }
  }

  private static func overlay(_ state: ReviewScreen, _ screen: inout CellBuffer) {
    switch state.overlay {
    case nil: return
    case .help(let pane): OverlayView.help(pane, state, &screen)
    case .prompt(let prompt): PromptView.draw(prompt, state, &screen)
    case .filter(let form): OverlayView.filter(form, state, &screen)
    case .leaving:
      OverlayView.question(
        [
          "Not written: \(state.unwritten.joined(separator: ", ")). Leave all the same?",
          "y leaves, any other key stays.",
        ],
        title: "Drafts", &screen)
    case .approving:
      let id = state.open?.id ?? ""
      OverlayView.question(
        [
          "Approving \(id) writes the decision above; it counts from then on.",
          "w writes it, any other key goes back.",
        ],
        title: "Approve", &screen)
    }
    if case .prompt = state.overlay { return }
    if case .filter = state.overlay { return }
    screen.cursor = nil
  }

  private static func tooSmall(_ state: ReviewScreen, _ screen: inout CellBuffer) {
    let least = ReviewScreen.smallest
    let lines = WrappedText.lines(
      "The window has \(state.size.columns) columns and \(state.size.rows) rows; \(least.columns) and \(least.rows) are "
        + "needed. Make it larger: everything is still here."
        + (state.unwritten.isEmpty ? " q leaves." : ""),
      width: max(10, screen.width))
    for (row, line) in lines.enumerated() { screen.write(line, row: row, column: 0) }
  }
}
