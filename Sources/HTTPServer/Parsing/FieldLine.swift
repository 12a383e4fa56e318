/// One header or trailer line: where its name and value lie (RFC 9112 section 5).
struct FieldLine: Equatable {
  let name: Range<Int>
  let value: Range<Int>

  /// Reads the line, its CRLF taken off.
  init(_ line: Span<UInt8>) throws(HTTPRefusal) {
    var end = 0
    while end < line.count, line[end].isTokenCharacter { end += 1 }
    guard end < line.count, line[end] == .colon, end > 0 else {
      throw Self.nameRefusal(line, end)
    }
    let text = line.extracting(end + 1..<line.count)
    if let fault = text.firstOutsideFieldValue() {
      throw text[fault] == .carriageReturn ? .bareCarriageReturn : .invalidFieldValue
    }
    let trimmed = text.trimmedRange()
    name = 0..<end
    value = end + 1 + trimmed.lowerBound..<end + 1 + trimmed.upperBound
  }

  private static func nameRefusal(_ line: Span<UInt8>, _ end: Int) -> HTTPRefusal {
    guard end < line.count else { return .invalidFieldName }
    let isSpace = line[end] == .space || line[end] == .tab
    if isSpace, end == 0 { return .foldedLine }
    if line[end] == .carriageReturn { return .bareCarriageReturn }
    var next = end
    while next < line.count, line[next] == .space || line[next] == .tab { next += 1 }
    return isSpace && next < line.count && line[next] == .colon ? .spaceBeforeColon : .invalidFieldName
  }
}
