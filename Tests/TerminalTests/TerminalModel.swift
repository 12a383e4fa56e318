@testable import Terminal

/// A terminal small enough to be understood: what it shows after the bytes of frames.
///
/// Anything that is not one of the few sequences a frame may hold is an error, above all a control character.
struct TerminalModel {
  let width: Int
  let height: Int
  private(set) var cells: [CellBuffer.Cell]
  private(set) var cursor: CellBuffer.Place?
  private(set) var problems: [String] = []
  private var row = 0
  private var column = 0
  private var pen = Style.plain
  /// The columns that this terminal gives a character; the real ones differ.
  private let columns: (Character) -> Int

  static let blank = CellBuffer.Cell(character: " ", style: .plain, columns: 1)

  init(width: Int, height: Int, columns: @escaping (Character) -> Int = { DisplayWidth.of($0) }) {
    self.width = width
    self.height = height
    self.columns = columns
    // Rubbish, as a terminal may hold before the first frame.
    cells = Array(
      repeating: CellBuffer.Cell(character: "#", style: Style(.bold), columns: 1), count: width * height)
  }

  mutating func receive(_ bytes: [UInt8]) {
    var rest = Substring(String(decoding: bytes, as: UTF8.self))
    while let character = rest.popFirst() {
      if character != "\u{1B}" {
        put(character)
        continue
      }
      guard rest.popFirst() == "[" else {
        problems.append("no control sequence")
        continue
      }
      let parameters = rest.prefix { !$0.isLetter }
      rest = rest.dropFirst(parameters.count)
      obey(rest.popFirst(), parameters)
    }
  }

  /// What stands in a row and column.
  func cell(_ row: Int, _ column: Int) -> CellBuffer.Cell { cells[row * width + column] }

  private mutating func obey(_ final: Character?, _ parameters: Substring) {
    let numbers = parameters.split(separator: ";").compactMap { Int($0) }
    switch (final, parameters) {
    case ("H", _) where numbers.count == 2:
      (row, column) = (numbers[0] - 1, numbers[1] - 1)
      if row >= height || column >= width { problems.append("cursor outside") }
    case ("J", "2"): cells = Array(repeating: Self.blank, count: width * height)
    case ("K", ""): for place in column..<width { cells[row * width + place] = Self.blank }
    case ("h", "?2026"), ("l", "?2026"): break
    case ("l", "?25"): cursor = nil
    case ("h", "?25"): cursor = .init(row: row, column: column)
    case ("m", _): pen = style(numbers)
    default: problems.append("unknown sequence \(parameters)\(final.map(String.init) ?? "")")
    }
  }

  private func style(_ numbers: [Int]) -> Style {
    var style = Style()
    for number in numbers {
      switch number {
      case 0: style = Style()
      case 1: style.attributes.insert(.bold)
      case 2: style.attributes.insert(.dim)
      case 4: style.attributes.insert(.underline)
      case 7: style.attributes.insert(.reverse)
      case 31...36: style.colour = Style.Colour(rawValue: UInt8(number - 30)) ?? .standard
      default: break
      }
    }
    // The codes of blue, magenta and cyan are 34 to 36, as their raw values 4 to 6.
    return style
  }

  private mutating func put(_ character: Character) {
    if character.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }) {
      problems.append("a control character")
    }
    let taken = columns(character)
    guard column + taken <= width else {
      problems.append("written past the end of row \(row)")
      return
    }
    let place = row * width + column
    if taken > 0 { cells[place] = .init(character: character, style: pen, columns: UInt8(taken)) }
    for more in 1..<max(1, taken) { cells[place + more] = .init(character: " ", style: pen, columns: 0) }
    column += taken
  }
}
