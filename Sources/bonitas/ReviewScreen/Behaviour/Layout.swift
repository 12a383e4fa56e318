import Terminal

/// How a screen of a size is divided: one place for what behaviour and drawing have to agree on.
struct Layout {
  let size: TerminalSize

  /// Head, title, tabs or titles of columns above; message and keys below.
  static let above = 3
  static let below = 2

  /// The rows between head and foot.
  var bodyRows: Int { max(1, size.rows - Self.above - Self.below) }
  var listRows: Int { bodyRows }
  var textRows: Int { bodyRows }

  /// Whether the case's outline stands beside the tabs.
  var hasSide: Bool { size.columns >= 120 }
  var sideWidth: Int { hasSide ? min(52, size.columns / 3) : max(20, size.columns - 2) }
  var sideColumn: Int { size.columns - sideWidth - 1 }
  /// Lines longer than this are hard to read.
  var textWidth: Int { min(hasSide ? sideColumn - 4 : size.columns - 2, 110) }
  var recordWidth: Int { min(size.columns - 2, 110) }
  var recordRows: Int { bodyRows }
  var helpWidth: Int { min(size.columns - 8, 74) }
  var helpRows: Int { max(1, size.rows - 6) }
}
