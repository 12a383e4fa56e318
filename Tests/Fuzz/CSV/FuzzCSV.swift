import Formats
import FuzzDriver

/// CSV of any bytes, delimiter, encoding and block size: rows are bounded, and do not depend on the block size.
@main
enum FuzzCSV {
  static func main() { FuzzDriver.run(target) }
}

@_cdecl("LLVMFuzzerTestOneInput")
func target(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = FuzzDriver.bytes(start, count)
  guard let choice = bytes.first else { return 0 }
  let encodings: [TextEncoding] = [.utf8, .windows1257, .iso8859_13]
  let dialect = CSVDialect(
    delimiter: choice & 1 == 0 ? UInt8(ascii: ",") : UInt8(ascii: ";"),
    encoding: encodings[Int(choice >> 1) % 3])
  let content = Array(bytes.dropFirst())
  let whole = rows(content, dialect, block: 1 << 16)
  precondition(rows(content, dialect, block: 16) == whole, "the rows depend on the block size")
  return 0
}

private func rows(_ bytes: [UInt8], _ dialect: CSVDialect, block: Int) -> [[String]] {
  let limits = CSVLimits(field: 200, columns: 20, row: 1000, block: block)
  let reader = CSVReader(ByteSource(bytes, unpackedLimit: 1 << 20), dialect: dialect, limits: limits)
  var rows: [[String]] = []
  while true {
    guard let step = try? reader.step() else { return rows + [["unreadable"]] }
    switch step {
    case .row: rows.append(["row \(reader.line)"] + reader.texts)
    case .bad(let problem):
      // Which of several faults of a row is met first, and how much of an over-long one is kept, may depend on the block.
      _ = (reader.rawText, problem.sentence)
      rows.append(["bad \(reader.line)"])
    case .end: return rows
    }
  }
}
