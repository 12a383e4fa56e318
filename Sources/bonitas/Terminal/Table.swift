/// Rows in aligned columns for people.
///
/// Every cell is made safe for the terminal. On a terminal that is too narrow, the one column that may wrap gives way;
/// when the output is piped nothing is cut or wrapped.
struct Table {
  struct Column {
    let title: String
    let alignment: Alignment
    /// Whether long texts of this column may be broken into lines.
    let wraps: Bool

    init(_ title: String, _ alignment: Alignment = .left, wraps: Bool = false) {
      self.title = title
      self.alignment = alignment
      self.wraps = wraps
    }
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
    let widths = fittedWidths(stream, indent: indent)
    let heading = columns.map { Cell($0.title, .dim) }
    for row in [heading] + rows { write(row, widths, to: stream, indent: indent) }
  }

  private func fittedWidths(_ stream: TextStream, indent: Int) -> [Int] {
    var widths = columns.map { DisplayWidth.of($0.title) }
    for row in rows {
      for (index, cell) in row.enumerated() { widths[index] = max(widths[index], DisplayWidth.of(cell.text)) }
    }
    guard let available = stream.columns else { return widths }
    let total = widths.reduce(indent + 2 * (widths.count - 1), +)
    if total > available, let index = columns.firstIndex(where: \.wraps) {
      widths[index] = max(16, widths[index] - (total - available))
    }
    return widths
  }

  private func write(_ row: [Cell], _ widths: [Int], to stream: TextStream, indent: Int) {
    let pieces = zip(row, columns).enumerated().map { index, pair in
      pair.1.wraps ? WrappedText.lines(pair.0.text, width: widths[index]) : [pair.0.text]
    }
    for lineIndex in 0..<(pieces.map(\.count).max() ?? 1) {
      var line = String(repeating: " ", count: indent)
      var gap = 0
      for (index, cell) in row.enumerated() {
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
