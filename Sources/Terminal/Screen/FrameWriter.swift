/// The bytes that turn what a terminal shows into the next screen: only what changed, in one piece.
///
/// Terminals do not agree on the columns of unusual characters. After each of those the cursor is set anew, so that a
/// disagreement never moves what follows. The frame stands between the marks of synchronized output (private mode 2026),
/// which terminals that do not know them ignore: nothing half-drawn is seen.
public struct FrameWriter: Sendable {
  private let hasColours: Bool
  private var shown: CellBuffer?

  /// A writer that knows nothing of the terminal yet.
  public init(hasColours: Bool) { self.hasColours = hasColours }

  /// Forgets what the terminal shows: the next frame is drawn whole.
  public mutating func forget() { shown = nil }

  /// The bytes of the next frame; none where nothing changed.
  public mutating func frame(_ next: CellBuffer) -> [UInt8] {
    defer { shown = next }
    let isWhole = shown.map { $0.width != next.width || $0.height != next.height } ?? true
    let before = isWhole ? CellBuffer(width: next.width, height: next.height) : (shown ?? next)
    if !isWhole, before == next { return [] }
    var out = "\u{1B}[?2026h\u{1B}[?25l"
    if isWhole { out += "\u{1B}[0m\u{1B}[2J" }
    var pen = Pen(hasColours: hasColours)
    for row in 0..<next.height { write(row, before, next, &pen, &out) }
    if pen.style != .plain { out += "\u{1B}[0m" }
    if let cursor = next.cursor, cursor.row < next.height, cursor.column < next.width, cursor.row >= 0,
      cursor.column >= 0
    {
      out += "\u{1B}[\(cursor.row + 1);\(cursor.column + 1)H\u{1B}[?25h"
    }
    out += "\u{1B}[?2026l"
    return Array(out.utf8)
  }

  /// Where the terminal writes next and how; nil where that is not known.
  private struct Pen {
    let hasColours: Bool
    var place: CellBuffer.Place?
    var style = Style.plain

    mutating func set(_ wanted: Style, _ out: inout String) {
      let wanted = hasColours ? wanted : Style(wanted.attributes)
      guard wanted != style else { return }
      out += wanted.sequence(withColour: hasColours)
      style = wanted
    }

    mutating func move(to row: Int, _ column: Int, _ out: inout String) {
      guard place != .init(row: row, column: column) else { return }
      out += "\u{1B}[\(row + 1);\(column + 1)H"
      place = .init(row: row, column: column)
    }
  }

  private func write(
    _ row: Int, _ before: CellBuffer, _ next: CellBuffer, _ pen: inout Pen, _ out: inout String
  ) {
    // From here on the row is blank: it is cleared rather than written.
    var end = next.width
    while end > 0, next[row, end - 1] == .blank { end -= 1 }
    var column = 0
    while column < end {
      guard before[row, column] != next[row, column] else {
        column += 1
        continue
      }
      // Moving costs about six bytes: a few equal cells between two changes are written again instead.
      var from = column
      if let place = pen.place, place.row == row, place.column <= column, column - place.column <= 4 {
        from = place.column
      }
      while from > 0, next[row, from].columns == 0 { from -= 1 }
      pen.move(to: row, from, &out)
      var at = from
      while at <= column {
        let cell = next[row, at]
        pen.set(cell.style, &out)
        out.append(cell.character)
        at += max(1, Int(cell.columns))
        pen.place = Self.isUsual(cell.character) ? .init(row: row, column: at) : nil
        if pen.place == nil, at <= column { pen.move(to: row, at, &out) }
      }
      column = max(at, column + 1)
    }
    if (end..<next.width).contains(where: { before[row, $0] != .blank }) {
      pen.set(.plain, &out)
      pen.move(to: row, end, &out)
      out += "\u{1B}[K"
    }
    // Past the last column terminals differ.
    if pen.place?.column == next.width { pen.place = nil }
  }

  /// Whether every terminal gives the character one column: a letter by itself, or a line.
  private static func isUsual(_ character: Character) -> Bool {
    let scalars = character.unicodeScalars
    guard scalars.count == 1, let scalar = scalars.first else { return false }
    switch scalar.value {
    case 0x20..<0x7F, 0xA1..<0xAD, 0xAE..<0x250, 0x2500...0x257F: return true
    default: return false
    }
  }
}
