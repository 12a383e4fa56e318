import FEEL
import Values

/// How the cells of a column are read.
enum ColumnType: Sendable, Hashable {
  case text
  case number(NumberFormat)
  case date(DatePattern)
  case boolean(yes: [String], no: [String])

  /// The type of the column's name in expressions.
  var feelType: FEELType {
    switch self {
    case .text: .string
    case .number: .number
    case .date: .date
    case .boolean: .boolean
    }
  }
}

/// Why a cell cannot be read as its column asks.
struct CellProblem: Error, Hashable {
  let rule: String
  let hint: String
}

extension MappingDefinition.Column {
  /// Reads a cell; an empty one is null.
  func value(_ raw: String) throws(CellProblem) -> Value {
    let text = Self.trimmed(raw)
    guard !text.isEmpty, !empty.contains(text) else {
      if isRequired {
        throw CellProblem(rule: "missing-value", hint: "Column \(header) is empty. Fill it in.")
      }
      return .null
    }
    switch type {
    case .text: return .string(text)
    case .number(let format):
      guard let number = format.number(text) else {
        throw CellProblem(
          rule: "not-a-number",
          hint: "Column \(header): \"\(shown(text))\" is not a number. Write it like \(format.example).")
      }
      return .number(number)
    case .date(let pattern):
      switch pattern.date(text) {
      case .date(let date): return .date(date)
      case .impossible:
        throw CellProblem(
          rule: "impossible-date",
          hint: "Column \(header): \"\(shown(text))\" is a day that does not exist. Correct it.")
      case .mismatch:
        throw CellProblem(
          rule: "not-a-date",
          hint: "Column \(header): \"\(shown(text))\" is not a date. Write it as \(pattern.text).")
      }
    case .boolean(let yes, let no):
      if yes.contains(text) { return .boolean(true) }
      if no.contains(text) { return .boolean(false) }
      throw CellProblem(
        rule: "unknown-word",
        hint:
          "Column \(header) does not know \"\(shown(text))\". It knows \((yes + no).joined(separator: ", "))."
      )
    }
  }

  private func shown(_ text: String) -> String { text.count > 80 ? text.prefix(80) + "…" : text }

  /// Blanks around a cell mean nothing in any layout met so far.
  static func trimmed(_ text: String) -> String {
    let bytes = text.utf8
    guard let first = bytes.first, let last = bytes.last, first <= 0x20 || last <= 0x20 else { return text }
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
    guard let start = bytes.firstIndex(where: { !isBlank($0) }),
      let end = bytes.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(text[start...end])
  }
}
