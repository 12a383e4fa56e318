import Terminal

/// Rows in aligned columns for people.
///
/// Every cell is made safe for the terminal. On a terminal that is too narrow, columns give way as they say; when the
/// output is piped nothing is cut, wrapped or left out.
struct Table {
  struct Column {
    let title: String
    let alignment: Alignment
    let narrowing: Narrowing

    init(_ title: String, _ alignment: Alignment = .left, _ narrowing: Narrowing = .keeps) {
      self.title = title
      self.alignment = alignment
      self.narrowing = narrowing
    }
  }

  /// How a column gives way on a terminal that is too narrow; each only when those before it did not suffice.
  enum Narrowing {
    case keeps
    /// Left out: what it says can be told from another column.
    case leaves
    /// Loses the beginning of long texts, as of paths.
    case shortens
    /// Is broken into lines, below the row where too little room is left beside it.
    case wraps
  }

  enum Alignment { case left, right }

  struct Cell: ExpressibleByStringInterpolation {
    let text: String
    let style: TextStyle

    init(_ text: String, _ style: TextStyle = .plain) {
      self.text = visible(text)
      self.style = style
    }

    init(_ number: Int, _ style: TextStyle = .plain) { self.init(grouped(number), style) }
    init(stringLiteral value: String) { self.init(value) }
  }

  private let columns: [Column]
  private var rows: [[Cell]] = []

  init(_ columns: [Column]) { self.columns = columns }

  var isEmpty: Bool { rows.isEmpty }

  /// Adds a row; missing cells are empty, surplus cells are left out.
  mutating func add(_ cells: [Cell]) {
    rows.append(columns.indices.map { $0 < cells.count ? cells[$0] : "" })
  }

  /// Writes the table with its heading.
  func write(to stream: TextStream, indent: Int = 0) {
    let layout = layout(for: stream.columns.map { $0 - indent })
    write(columns.map { Cell($0.title, .dim) }, layout, to: stream, indent: indent)
    for row in rows {
      write(row, layout, to: stream, indent: indent)
      guard let below = layout.below else { continue }
      let margin = String(repeating: " ", count: indent + Self.belowIndent)
      for line in WrappedText.lines(row[below].text, width: layout.belowWidth) where !line.isEmpty {
        stream.line(margin + line)
      }
    }
  }

  /// Which columns stand beside each other, how wide, and which one stands below its row.
  private struct Layout {
    var widths: [Int]
    var shown: [Int]
    var below: Int?
    var belowWidth = 0

    var total: Int { shown.reduce(2 * (shown.count - 1)) { $0 + widths[$1] } }
  }

  private static let belowIndent = 4
  /// What a column needs beside the others to be read with ease.
  private static let readableWidth = 24

  private func layout(for available: Int?) -> Layout {
    var widths = columns.map { DisplayWidth.of($0.title) }
    for row in rows {
      for (index, cell) in row.enumerated() { widths[index] = max(widths[index], DisplayWidth.of(cell.text)) }
    }
    var layout = Layout(widths: widths, shown: Array(columns.indices))
    guard let available else { return layout }
    for (index, column) in columns.enumerated() where layout.total > available {
      if column.narrowing == .leaves { layout.shown.removeAll { $0 == index } }
    }
    for narrowing in [Narrowing.shortens, .wraps] {
      guard let index = columns.firstIndex(where: { $0.narrowing == narrowing }) else { continue }
      let surplus = layout.total - available
      if surplus <= 0 { break }
      let room = layout.widths[index] - surplus
      if narrowing == .wraps, room < Self.readableWidth {
        layout.shown.removeAll { $0 == index }
        layout.below = index
        layout.belowWidth = max(Self.readableWidth, available - Self.belowIndent)
      } else {
        layout.widths[index] = max(16, room)
      }
    }
    return layout
  }

  private func lines(_ cell: Cell, _ index: Int, _ width: Int) -> [String] {
    switch columns[index].narrowing {
    case .wraps: return WrappedText.lines(cell.text, width: width)
    case .shortens where DisplayWidth.of(cell.text) > width:
      var end = Substring(cell.text)
      while DisplayWidth.of(String(end)) >= width { end = end.dropFirst() }
      return ["…" + end]
    default: return [cell.text]
    }
  }

  private func write(_ row: [Cell], _ layout: Layout, to stream: TextStream, indent: Int) {
    let widths = layout.widths
    let pieces = row.indices.map { lines(row[$0], $0, widths[$0]) }
    for lineIndex in 0..<(layout.shown.map { pieces[$0].count }.max() ?? 1) {
      var line = String(repeating: " ", count: indent)
      var gap = 0
      for index in layout.shown {
        let cell = row[index]
        let text = lineIndex < pieces[index].count ? pieces[index][lineIndex] : ""
        let padding = max(0, widths[index] - DisplayWidth.of(text))
        let left = columns[index].alignment == .right ? padding : 0
        // Blanks are written only before a text, so that no line ends with them.
        gap += left
        if !text.isEmpty {
          line += String(repeating: " ", count: gap) + stream.style(cell.style, text)
          gap = 0
        }
        gap += (columns[index].alignment == .right && !text.isEmpty ? 0 : padding - left) + 2
      }
      stream.line(line)
    }
  }
}

/// The number with a thin gap at the thousands, as people read it: `18 077`.
func grouped(_ number: Int) -> String {
  let digits = String(number.magnitude)
  var text = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { text += " " }
    text.append(digit)
  }
  return number < 0 ? "-" + text : text
}

/// A count with its noun: `1 row`, `2 rows`.
func counted(_ number: Int, _ one: String, _ many: String? = nil) -> String {
  "\(grouped(number)) \(number == 1 ? one : many ?? one + "s")"
}
