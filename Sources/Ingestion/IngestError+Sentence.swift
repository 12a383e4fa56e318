import FactStore
import Formats

extension IngestError {
  /// Says where, what, and how to mend it.
  public var sentence: String {
    switch self {
    case .file(let error): return error.sentence
    case .empty(let file):
      return "\(file): the file is empty. Its first line must name the columns; "
        + "`bonitas template LAYOUT` prints one."
    case .wrongDelimiter(let file, let expected, let seems):
      let instead = expected.map { " and not \"\($0.label)\"" } ?? ""
      return "\(file): the fields seem to be separated by \"\(seems.label)\"\(instead). "
        + "Name it with --delimiter \"\(seems.label)\", or in the mapping's file.delimiter."
    case .wrongEncoding(let file, let error):
      let value = String(error.byte, radix: 16, uppercase: true)
      let isWide = error.position.offset == 0 && error.byte >= 0xFE
      let hint =
        isWide
        ? "It is probably UTF-16: save it as UTF-8."
        : error.encoding == .utf8
          ? "It is probably windows-1257: try --encoding windows-1257 (or iso-8859-13)."
          : "Name the right encoding with --encoding; known are "
            + TextEncoding.allCases.map(\.rawValue).joined(separator: ", ") + "."
      return "\(file): line \(error.position.line), column \(error.position.column): "
        + "the byte 0x\(value) is not \(error.encoding.label) text. \(hint)"
    case .badHeader(let file, let problem):
      return "\(file): the line with the column names cannot be read: \(problem.sentence)"
    case .missingColumns(let file, let layout, let missing, let found):
      return "\(file): \(Self.columns(missing)) missing that \(layout) needs. "
        + "The file has \(Self.list(found)). Add what is missing, or name a mapping with --mapping."
    case .unexpectedColumns(let file, let layout, let columns):
      return "\(file): \(layout) does not know the \(columns.count == 1 ? "column" : "columns") "
        + "\(Self.list(columns)). Take them out, or name a mapping with --mapping."
    case .duplicateColumn(let file, let column):
      return "\(file): two columns are called \(column). Rename one."
    case .unknownLayout(let file, let found):
      return "\(file): no layout has the columns \(Self.list(found)). Known layouts are "
        + "\(LayoutTemplate.names.joined(separator: ", ")); for another file name a mapping with --mapping."
    case .store(let file, let error): return "\(file): \(error.sentence)"
    }
  }

  private static func columns(_ names: [String]) -> String {
    names.count == 1 ? "the column \(names[0]) is" : "the columns \(list(names)) are"
  }

  /// At most twenty names: a file of a thousand columns must not fill the screen.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(20).map { $0.isEmpty ? "\"\"" : String($0.prefix(60)) }.joined(separator: ", ")
    return names.count > 20 ? "\(shown) and \(names.count - 20) more" : shown
  }
}
