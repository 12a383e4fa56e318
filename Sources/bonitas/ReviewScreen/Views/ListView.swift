import Terminal
import Values

/// The queue.
enum ListView {
  /// A column of the list: wider windows show more of them.
  private struct Column {
    let title: String
    let width: Int
    let isRight: Bool
    let text: (CaseLine, ReviewScreen) -> String

    init(
      _ title: String, _ width: Int, isRight: Bool = false,
      _ text: @escaping (CaseLine, ReviewScreen) -> String
    ) {
      self.title = title
      self.width = width
      self.isRight = isRight
      self.text = text
    }
  }

  static func draw(_ state: ReviewScreen, _ screen: inout CellBuffer) {
    let width = screen.width
    let list = state.list
    let filter = list.filter.words
    screen.put(
      filter.isEmpty
        ? list.numbers.stop ?? "Everything that waits, most urgent first" : "Only: \(filter)", row: 1,
      column: 1,
      columns: width - 28, Style(.bold))
    let columns = columns(width)
    var place = 3
    for column in columns {
      screen.put(
        column.title, row: 2, column: place, columns: column.width, Style([.dim, .underline]),
        isRight: column.isRight)
      place += column.width + 1
    }
    let rows = list.position.visible(count: list.rows.count, height: Layout(size: state.size).listRows)
    if !list.rows.isEmpty {
      let all =
        list.isComplete
        ? "\(grouped(list.rows.count))" : list.filter.isEmpty ? "\(grouped(list.numbers.open))" : "more"
      screen.put(
        "\(grouped(rows.lowerBound + 1))-\(grouped(rows.upperBound)) of \(all)", row: 1, column: width - 27,
        columns: 26,
        Style(.dim), isRight: true)
    }
    for (offset, index) in rows.enumerated() {
      draw(list.rows[index], isSelected: index == list.position.selected, 3 + offset, columns, state, &screen)
    }
    if list.rows.isEmpty {
      let text =
        list.isLoading
        ? "Reading…"
        : list.filter.isEmpty
          ? "Nothing waits for a person." : "No case is like that. x shows all of them again."
      screen.put(text, row: 4, column: 3, columns: width - 6)
    }
  }

  private static func draw(
    _ line: CaseLine, isSelected: Bool, _ row: Int, _ columns: [Column], _ state: ReviewScreen,
    _ screen: inout CellBuffer
  ) {
    let style = isSelected ? Style(.reverse) : line.isMine ? Style(.bold) : .plain
    if isSelected { screen.bar(row: row, style) }
    if line.isEscalated { screen.write("!", row: row, column: 1, style: style.with(.bold)) }
    if state.drafts[line.id]?.isTouched == true {
      screen.write("*", row: row, column: 2, style: style.with(.bold))
    }
    var place = 3
    for column in columns {
      var cell = style
      if column.title == "due", line.isOverdue(on: state.today) {
        cell = Style(style.attributes.union(.bold), .red)
      }
      screen.put(
        column.text(line, state), row: row, column: place, columns: column.width, cell,
        isRight: column.isRight)
      place += column.width + 1
    }
  }

  private static func columns(_ width: Int) -> [Column] {
    let isWide = width >= 110
    var columns = [
      Column("case", 8) { line, _ in line.id },
      Column("kind", isWide ? 12 : 8) { line, _ in isWide || line.kind != "data problem" ? line.kind : "data"
      },
      Column("customer", isWide ? 14 : 10) { line, _ in line.customer },
      // A data problem is about no customer.
      Column("name", 0) { line, _ in line.name.isEmpty ? line.reason : line.name },
    ]
    if isWide { columns.append(Column("why", 0) { line, _ in line.reason }) }
    if width >= 150 {
      columns.append(Column("about", 16) { line, _ in line.about })
      columns.append(Column("opened", 10) { line, _ in line.opened.description })
      columns.append(Column("due on", 10) { line, _ in line.due.description })
    }
    columns.append(Column("due", 12) { line, state in line.dueWords(on: state.today) })
    columns.append(Column("who has it", isWide ? 22 : 17) { line, state in line.stateWords(at: state.now) })
    // What is left over goes to the names, and to the reasons where they are shown.
    let rest = max(10, width - 4 - columns.reduce(0) { $0 + $1.width } - (columns.count - 1))
    let open = columns.filter { $0.width == 0 }.count
    return columns.map { column in
      guard column.width == 0 else { return column }
      let share = open == 1 ? rest : column.title == "name" ? rest * 2 / 5 : rest - rest * 2 / 5
      return Column(column.title, share, isRight: column.isRight, column.text)
    }
  }
}
