import Facts
import Foundation
import Values

/// One canonical CSV file that is written row by row through a buffer of bounded size.
final class TableFile {
  private let path: String
  private let file: FileHandle
  private var rows = RowBuffer(capacity: TableFile.bufferSize + 4096)
  private static let bufferSize = 1 << 20

  /// Creates the file of this kind of fact in the folder, replacing an older one, and writes its header.
  init(kind: FactKind, folder: String) throws(GeneratorError) {
    path = "\(folder)/\(kind.layout).csv"
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data().write(to: URL(fileURLWithPath: path))
      file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    } catch {
      throw .cannotWrite(path: path, reason: error.localizedDescription)
    }
    // What generated customers never have is no column: the header is that of the layout's beginning.
    for field in kind.fields where !field.isAddition { text(field.name.rawValue) }
    try endRow()
  }

  func text(_ text: String) {
    rows.text(text)
  }

  func record(_ id: RecordID?) {
    rows.separate()
    if let id { rows.record(id) }
  }

  func number(_ number: Int) {
    rows.separate()
    rows.digits(number, atLeast: 1)
  }

  func date(_ date: CivilDate?) {
    rows.separate()
    if let date { rows.date(date) }
  }

  /// An amount in euro and its currency: two fields; both empty without an amount.
  func euro(cents: Int?) {
    rows.separate()
    if let cents { rows.amount(cents: cents) }
    rows.text(cents == nil ? "" : "EUR")
  }

  func endRow() throws(GeneratorError) {
    rows.endRow()
    if rows.bytes.count >= TableFile.bufferSize { try flush() }
  }

  /// Writes what is buffered and closes the file.
  func close() throws(GeneratorError) {
    try flush()
    do {
      try file.close()
    } catch {
      throw .cannotWrite(path: path, reason: error.localizedDescription)
    }
  }

  private func flush() throws(GeneratorError) {
    do {
      try file.write(contentsOf: Data(rows.bytes))
    } catch {
      throw .cannotWrite(path: path, reason: error.localizedDescription)
    }
    rows.clear()
  }
}
