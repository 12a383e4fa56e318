import Terminal

/// The form of a decision, and what would be written.
enum FormView {
  /// The columns that the reviewer's own text has: where it breaks and where Up and Down go is the same.
  static func textWidth(_ size: TerminalSize) -> Int { min(size.columns - 8, 100) }

  private struct Row {
    var field: JudgementForm.Field?
    var label = ""
    var text = ""
    var style = Style.plain
    /// The column of the cursor in the text.
    var cursor: Int?
  }

  private static let labelWidth = 14

  static func draw(_ state: ReviewScreen, _ screen: inout CellBuffer) {
    guard let open = state.open, let form = state.form else { return }
    SheetView.title(open, state, &screen)
    screen.put(
      "Deciding on \(form.options.basis)", row: 2, column: 1, columns: screen.width - 2,
      Style([.bold, .underline]))
    let rows = rows(form, textWidth(state.size))
    let height = Layout(size: state.size).bodyRows - (form.problem == nil ? 0 : 1)
    let focus =
      rows.lastIndex { $0.field == form.focus && $0.cursor != nil } ?? rows.firstIndex {
        $0.field == form.focus
      } ?? 0
    // One row beyond the focus stays in sight, so that what comes next is known.
    let top = min(max(0, focus + 2 - height), max(0, rows.count - height))
    for (offset, row) in rows.dropFirst(top).prefix(height).enumerated() {
      draw(row, isFocused: row.field == form.focus, Layout.above + offset, &screen)
    }
    if top + height < rows.count {
      screen.put(
        "more below", row: screen.height - 2, column: screen.width - 12, columns: 11, Style(.dim),
        isRight: true)
    }
    if let problem = form.problem {
      let row = screen.height - Layout.below - 1
      screen.bar(row: row, .plain)
      screen.put(problem, row: row, column: 1, columns: screen.width - 2, Style(.bold, .red))
    }
  }

  private static func draw(_ row: Row, isFocused: Bool, _ place: Int, _ screen: inout CellBuffer) {
    let isText = row.field == .text
    if isFocused { screen.write(">", row: place, column: 0, style: Style(.bold)) }
    if isText {
      screen.write("│", row: place, column: 2, style: Style(isFocused ? .bold : .dim))
      screen.write(row.text, row: place, column: 4, style: row.style)
      if isFocused, let cursor = row.cursor { screen.cursor = .init(row: place, column: 4 + cursor) }
      return
    }
    if case .reason = row.field {
      let style = isFocused ? row.style.with(.reverse) : row.style
      screen.put(row.text, row: place, column: 2, columns: screen.width - 3, style)
      return
    }
    screen.put(row.label, row: place, column: 2, columns: labelWidth, Style(.dim))
    let style = isFocused && row.cursor == nil ? row.style.with(.reverse) : row.style
    screen.put(row.text, row: place, column: 2 + labelWidth, columns: screen.width - labelWidth - 3, style)
    if isFocused, let cursor = row.cursor {
      screen.cursor = .init(row: place, column: 2 + labelWidth + cursor)
    }
  }

  private static func rows(_ form: JudgementForm, _ width: Int) -> [Row] {
    let content = form.content
    let options = form.options
    var rows: [Row] = []
    for field in form.fields {
      switch field {
      case .resolution:
        let words = content.resolution.flatMap { options.resolutions[safe: $0]?.words }
        rows.append(Row(field: field, label: "Result", text: chosen(words ?? "choose…"), style: Style(.bold)))
      case .scope:
        rows.append(
          Row(
            field: field, label: "Holds for", text: chosen(options.scopes[safe: content.scope]?.words ?? "")))
      case .rating:
        let rating = content.rating.flatMap { options.ratings[safe: $0] }
        let text = rating.map { "\(options.currentRating) becomes \($0)" } ?? "stays \(options.currentRating)"
        rows.append(
          Row(field: field, label: "Rating", text: chosen(text), style: rating == nil ? .plain : Style(.bold))
        )
      case .outcome:
        let outcome = content.outcome.flatMap { options.outcomes[safe: $0]?.words }
        let text = outcome.map { "\(options.currentOutcome) becomes \($0)" } ?? "follows from the rating"
        rows.append(
          Row(
            field: field, label: "Outcome", text: chosen(text), style: outcome == nil ? .plain : Style(.bold))
        )
      case .restriction:
        let words = content.restriction.flatMap { options.restrictions[safe: $0]?.words }
        rows.append(Row(field: field, label: "Restriction", text: chosen(words ?? "choose…")))
      case .until:
        let text = content.until.text
        let pad = String(repeating: " ", count: max(0, 12 - DisplayWidth.of(text)))
        rows.append(
          Row(
            field: field, label: "Stands until",
            text: text + pad + "at the longest until \(options.latestUntil)",
            cursor: content.until.cursor))
      case .reason(let index):
        let place = content.reasons.firstIndex(of: index)
        let mark = place.map { content.reasons.count > 1 ? "[\($0 + 1)]" : "[x]" } ?? "[ ]"
        if index == 0 {
          rows.append(Row(label: "Reasons", text: "the first one ticked is the main one", style: Style(.dim)))
        }
        rows.append(
          Row(
            field: field, text: "\(mark) \(options.reasons[safe: index]?.words ?? "")",
            style: place == nil ? .plain : Style(.bold)))
      case .text:
        rows.append(
          Row(
            label: "In your words", text: "what was looked at, and why it is decided so", style: Style(.dim)))
        rows += textRows(content.text, width)
      case .summary:
        rows.append(Row(field: field, text: "[ Look it over ]  nothing is written before you say so"))
      }
    }
    return rows
  }

  private static func chosen(_ text: String) -> String { "‹ \(text) ›" }

  private static func textRows(_ text: TextEditor, _ width: Int) -> [Row] {
    let layout = text.layout(width: width)
    var rows = layout.lines.enumerated().map { index, line in
      Row(field: .text, text: line.text, cursor: index == layout.row ? layout.column : nil)
    }
    while rows.count < 3 { rows.append(Row(field: .text)) }
    return rows
  }

  static func drawSummary(_ state: ReviewScreen, _ screen: inout CellBuffer) {
    guard let open = state.open else { return }
    SheetView.title(open, state, &screen)
    screen.put(
      "What will be written", row: 2, column: 1, columns: screen.width - 2, Style([.bold, .underline]))
    screen.draw(open.summary, row: Layout.above, column: 1, columns: Layout(size: state.size).recordWidth)
    SheetView.more(open.summary, &screen)
  }
}
