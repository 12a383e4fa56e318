/// Rows of cells as aligned plain text; a column that is empty in every row is left out.
struct PlainTable {
  var rows: [[String]]
  var rightAligned: Set<Int> = []

  var text: String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    var text = ""
    for row in rows {
      var line = ""
      for (column, cell) in row.enumerated() where widths[column] > 0 {
        let space = String(repeating: " ", count: widths[column] - cell.count)
        line += "  " + (rightAligned.contains(column) ? space + cell : cell + space)
      }
      while line.last == " " { line.removeLast() }
      text += line + "\n"
    }
    return text
  }
}
