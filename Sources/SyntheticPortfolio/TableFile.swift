import Facts
import Foundation
import Values

/// One canonical CSV file that is written row by row through a buffer of bounded size.
final class TableFile {
  private let path: String
  private let file: FileHandle
  private var buffer: [UInt8] = []
  private var isRowStart = true
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
    buffer.reserveCapacity(TableFile.bufferSize + 4096)
    for field in kind.fields { text(field.name.rawValue) }
    try endRow()
  }

  /// A field of text, quoted where RFC 4180 asks for it.
  func text(_ text: String) {
    separate()
    let mustQuote = text.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
    guard mustQuote else {
      buffer.append(contentsOf: text.utf8)
      return
    }
    buffer.append(0x22)
    for byte in text.utf8 {
      if byte == 0x22 { buffer.append(0x22) }
      buffer.append(byte)
    }
    buffer.append(0x22)
  }

  func empty() {
    separate()
  }

  func record(_ id: RecordID?) {
    separate()
    guard let id else { return }
    buffer.append(id.letter)
    digits(id.customer, atLeast: 7)
    guard let sequence = id.sequence else { return }
    buffer.append(0x2D)
    digits(sequence, atLeast: 2)
  }

  func number(_ number: Int) {
    separate()
    digits(number, atLeast: 1)
  }

  func date(_ date: CivilDate?) {
    separate()
    guard let date else { return }
    digits(date.year, atLeast: 4)
    buffer.append(0x2D)
    digits(date.month, atLeast: 2)
    buffer.append(0x2D)
    digits(date.day, atLeast: 2)
  }

  /// An amount in euro and its currency: two fields; both empty without an amount.
  func euro(cents: Int?) {
    separate()
    guard let cents else { return separate() }
    if cents < 0 { buffer.append(0x2D) }
    digits(abs(cents) / 100, atLeast: 1)
    buffer.append(0x2E)
    digits(abs(cents) % 100, atLeast: 2)
    text("EUR")
  }

  func endRow() throws(GeneratorError) {
    buffer.append(0x0A)
    isRowStart = true
    if buffer.count >= TableFile.bufferSize { try flush() }
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
      try file.write(contentsOf: Data(buffer))
    } catch {
      throw .cannotWrite(path: path, reason: error.localizedDescription)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func separate() {
    if isRowStart { isRowStart = false } else { buffer.append(0x2C) }
  }

  private func digits(_ number: Int, atLeast width: Int) {
    let start = buffer.count
    var rest = number
    repeat {
      buffer.append(0x30 + UInt8(rest % 10))
      rest /= 10
    } while rest > 0 || buffer.count - start < width
    buffer[start...].reverse()
  }
}
