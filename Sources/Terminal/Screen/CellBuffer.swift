/// A screen in memory: rows of cells.
///
/// Whatever is written is made safe first; nothing of a text reaches a terminal as a command. Writing outside is cut, never
/// refused. A wide character takes two cells, and is blanked whole when one of them is overwritten.
public struct CellBuffer: Hashable, Sendable {
  /// One column of one row.
  public struct Cell: Hashable, Sendable {
    /// What stands here; a blank in the second cell of a wide character.
    public var character: Character
    /// How it stands out.
    public var style: Style
    /// The columns it takes: 1, 2, or 0 in the second cell of a wide character.
    public var columns: UInt8

    static let blank = Cell(character: " ", style: .plain, columns: 1)
  }

  /// Where the terminal's own cursor is shown.
  public struct Place: Hashable, Sendable {
    /// From 0 at the top.
    public var row: Int
    /// From 0 at the left.
    public var column: Int

    /// The place in a row and column.
    public init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }
  }

  /// The number of columns.
  public let width: Int
  /// The number of rows.
  public let height: Int
  /// Where the cursor is shown; nil hides it.
  public var cursor: Place?
  private var cells: [Cell]

  /// More than any terminal has; larger sizes are taken for a mistake of who tells them.
  public static let mostColumns = 1000
  /// See `mostColumns`.
  public static let mostRows = 1000

  /// A blank screen.
  public init(width: Int, height: Int) {
    self.width = min(max(width, 0), Self.mostColumns)
    self.height = min(max(height, 0), Self.mostRows)
    cells = Array(repeating: .blank, count: self.width * self.height)
  }

  /// The cell in a row and column; a blank outside.
  public subscript(row: Int, column: Int) -> Cell {
    contains(row, column) ? cells[row * width + column] : .blank
  }

  /// Writes text from a place to the right, at most `columns` columns; gives the columns that were taken.
  @discardableResult
  public mutating func write(
    _ text: String, row: Int, column: Int, style: Style = .plain, columns limit: Int? = nil
  ) -> Int {
    guard row >= 0, row < height, column < width else { return 0 }
    let end = min(width, limit.map { $0 > width ? width : column + $0 } ?? width)
    var place = column
    for character in VisibleText.of(text) {
      let shown = VisibleText.cell(character)
      let columns = DisplayWidth.of(shown)
      if place + columns > end { break }
      if place >= 0 { put(shown, columns, row, place, style) }
      place += columns
    }
    return max(0, place - column)
  }

  /// Fills a part of a row with blanks of a style.
  public mutating func fill(row: Int, columns: Range<Int>, style: Style) {
    guard row >= 0, row < height else { return }
    for column in columns.clamped(to: 0..<width) { put(" ", 1, row, column, style) }
  }

  /// Gives what stands in a part of a row another style, or more attributes.
  public mutating func restyle(row: Int, columns: Range<Int>, _ change: (Style) -> Style) {
    guard row >= 0, row < height else { return }
    for column in columns.clamped(to: 0..<width) {
      let index = row * width + column
      cells[index].style = change(cells[index].style)
      // Both halves of a wide character look the same.
      if cells[index].columns == 2, column + 1 < width { cells[index + 1].style = cells[index].style }
      if cells[index].columns == 0, column > 0 { cells[index - 1].style = cells[index].style }
    }
  }

  /// The rows as text without blanks at their ends, as a person would read them.
  public var lines: [String] {
    (0..<height).map { row in
      var line = ""
      for column in 0..<width where self[row, column].columns > 0 { line.append(self[row, column].character) }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private func contains(_ row: Int, _ column: Int) -> Bool {
    row >= 0 && row < height && column >= 0 && column < width
  }

  private mutating func put(_ character: Character, _ columns: Int, _ row: Int, _ column: Int, _ style: Style)
  {
    let start = row * width
    for hit in column..<column + columns { clearWide(start, hit) }
    cells[start + column] = Cell(character: character, style: style, columns: UInt8(columns))
    if columns == 2 { cells[start + column + 1] = Cell(character: " ", style: style, columns: 0) }
  }

  /// Blanks the other half of a wide character that is about to be overwritten.
  private mutating func clearWide(_ start: Int, _ column: Int) {
    switch cells[start + column].columns {
    case 2 where column + 1 < width:
      cells[start + column + 1].columns = 1
      cells[start + column + 1].character = " "
    case 0 where column > 0:
      cells[start + column - 1].columns = 1
      cells[start + column - 1].character = " "
    default: break
    }
  }
}
