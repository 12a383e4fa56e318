/// A streaming reader of CSV (RFC 4180) in memory that does not grow with the file.
///
/// A bad row is reported and passed over: after it the reader goes on at the line that follows the row's *first*
/// line, so that a quote which nobody closes swallows no good row. Empty lines are passed over.
///
/// One reader is one reading, by one task.
public final class CSVReader {
  /// What a step of reading gave.
  public enum Step: Hashable, Sendable {
    /// A row whose fields can be asked for until the next step.
    case row
    /// A row that cannot be read.
    case bad(CSVProblem)
    /// Nothing is left.
    case end
  }

  /// How the file is written.
  public let dialect: CSVDialect
  private let limits: CSVLimits
  private let source: ByteSource
  /// When set, a row with another number of fields is bad.
  public var expectedFields: Int?

  private var buffer: [UInt8] = []
  private var rowStart = 0
  private var rowEnd = 0
  /// Where the next row begins: after the line end.
  private var next = 0
  private var end = 0
  private var exhausted = false
  private var started = false
  private var lineOfRow = 1
  private var lineOfNext = 1
  private var fields: [Field] = []
  /// The beginning of a bad row too long to be kept.
  private var shown: [UInt8]?

  private struct Field {
    var start: Int
    var end: Int
    /// Holds doubled quotes that stand for one.
    var doubled: Bool
    /// Where the field begins, its quote included.
    var outerStart: Int
  }

  /// A reader at the beginning of a source.
  public init(_ source: ByteSource, dialect: CSVDialect = CSVDialect(), limits: CSVLimits = CSVLimits()) {
    self.source = source
    self.dialect = dialect
    self.limits = limits
    buffer = [UInt8](repeating: 0, count: limits.block)
  }

  // MARK: The current row

  /// The line on which the current row begins, from 1.
  public var line: Int { lineOfRow }
  /// How many fields the current row has.
  public var count: Int { fields.count }

  /// The text of a field; empty when there is no such field.
  public func text(_ index: Int) -> String {
    guard fields.indices.contains(index) else { return "" }
    let field = fields[index]
    if field.doubled {
      let plain = undoubled(field)
      return plain.withUnsafeBufferPointer { dialect.encoding.text(of: $0) }
    }
    return buffer.withUnsafeBufferPointer { bytes in
      dialect.encoding.text(of: UnsafeBufferPointer(rebasing: bytes[field.start..<field.end]))
    }
  }

  /// Lends the bytes of a field as they stand in the file, quotes taken off; nothing is copied in the usual case.
  public func withBytes<R>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    guard fields.indices.contains(index) else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
    let field = fields[index]
    if field.doubled { return undoubled(field).withUnsafeBufferPointer(body) }
    return buffer.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[field.start..<field.end])) }
  }

  /// All fields of the current row.
  public var texts: [String] { fields.indices.map(text) }

  /// Where a field begins, its quote included.
  public func position(_ index: Int) -> TextPosition {
    position(at: fields.indices.contains(index) ? fields[index].outerStart : rowEnd)
  }

  /// The current row as it stands in the file, without its line end; bytes that are no text are replaced.
  ///
  /// For a bad row, its first line.
  public var rawText: String {
    if let shown { return shown.withUnsafeBufferPointer { dialect.encoding.text(of: $0) } }
    return buffer.withUnsafeBufferPointer { bytes in
      dialect.encoding.text(of: UnsafeBufferPointer(rebasing: bytes[rowStart..<rowEnd]))
    }
  }

  private func undoubled(_ field: Field) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(field.end - field.start)
    var index = field.start
    while index < field.end {
      plain.append(buffer[index])
      index += buffer[index] == UInt8(ascii: "\"") ? 2 : 1
    }
    return plain
  }

  private func position(at index: Int) -> TextPosition {
    var position = buffer.withUnsafeBufferPointer { bytes in
      TextPosition(of: index - rowStart, in: UnsafeBufferPointer(rebasing: bytes[rowStart..<end]))
    }
    position.line += lineOfRow - 1
    position.offset = index - rowStart
    if dialect.encoding != .utf8 {
      // In a single-byte encoding every byte is a character.
      let lineStart =
        buffer[rowStart..<index].lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? rowStart
      position.column = index - lineStart + 1
    }
    return position
  }

  // MARK: Steps

  /// Moves to the next row.
  public func step() throws(ByteSourceError) -> Step {
    if !started {
      started = true
      try more()
      if dialect.encoding == .utf8, end >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF {
        next = 3
      }
    }
    while true {
      rowStart = next
      lineOfRow = lineOfNext
      fields.removeAll(keepingCapacity: true)
      shown = nil
      if rowStart == end {
        try more()
        if rowStart == end { return .end }
      }
      let problem = try scanRow()
      if problem == nil, rowStart == rowEnd { continue }
      if let problem {
        try passFirstLine()
        return .bad(problem)
      }
      if let problem = checkRow() { return .bad(problem) }
      return .row
    }
  }

  private func checkRow() -> CSVProblem? {
    let bad = buffer.withUnsafeBufferPointer { bytes in
      dialect.encoding.firstInvalid(in: UnsafeBufferPointer(rebasing: bytes[rowStart..<rowEnd]))
    }
    if let bad {
      return CSVProblem(reason: .invalidEncoding(dialect.encoding), position: position(at: rowStart + bad))
    }
    if let expectedFields, fields.count != expectedFields {
      let place = fields.count > expectedFields ? fields[expectedFields].outerStart : rowEnd
      return CSVProblem(
        reason: .wrongFieldCount(expected: expectedFields, found: fields.count), position: position(at: place)
      )
    }
    return nil
  }

  /// Reads one more block behind what is held of the current row; sets `exhausted` at the end of the source.
  private func more() throws(ByteSourceError) {
    guard !exhausted else { return }
    if rowStart > 0 {
      let shift = rowStart
      buffer.withUnsafeMutableBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        base.copyMemory(from: base + shift, byteCount: end - shift)
      }
      for index in fields.indices {
        fields[index].start -= shift
        fields[index].end -= shift
        fields[index].outerStart -= shift
      }
      end -= shift
      next = max(next - shift, 0)
      rowEnd = max(rowEnd - shift, 0)
      rowStart = 0
    }
    if buffer.count - end < limits.block {
      buffer.append(contentsOf: repeatElement(0, count: limits.block - (buffer.count - end)))
    }
    let count = try source.read(into: &buffer, at: end, count: limits.block)
    if count == 0 { exhausted = true }
    end += count
  }

  private enum State { case fieldStart, plain, quoted, quoteInQuoted }

  /// The state machine: finds the fields of the row that begins at `rowStart`, and its end.
  private func scanRow() throws(ByteSourceError) -> CSVProblem? {
    var state = State.fieldStart
    // Offsets are kept from the start of the row: the row moves in the buffer when a block is read.
    var at = 0
    var fieldStart = 0
    var doubled = false
    var lines = 0
    let delimiter = dialect.delimiter

    func close(_ start: Int, _ end: Int, outer: Int) {
      fields.append(
        Field(start: rowStart + start, end: rowStart + end, doubled: doubled, outerStart: rowStart + outer))
      doubled = false
    }
    func problem(_ reason: CSVProblem.Reason, at offset: Int) -> CSVProblem {
      CSVProblem(reason: reason, position: position(at: rowStart + offset))
    }
    func finish(_ lineEnd: Int) {
      rowEnd = rowStart + at
      next = rowEnd + lineEnd
      lineOfNext = lineOfRow + lines + (lineEnd > 0 ? 1 : 0)
    }

    while true {
      if rowStart + at == end {
        try more()
        if rowStart + at == end {
          if state == .quoted { return problem(.unterminatedQuote, at: fieldStart) }
          if at - fieldStart > limits.field {
            return problem(.fieldTooLong(limit: limits.field), at: fieldStart)
          }
          if state == .quoteInQuoted {
            close(fieldStart + 1, at - 1, outer: fieldStart)
          } else {
            close(fieldStart, at, outer: fieldStart)
          }
          finish(0)
          return nil
        }
      }
      let byte = buffer[rowStart + at]
      if byte == 0 { return problem(.nulCharacter, at: at) }
      if at - fieldStart > limits.field { return problem(.fieldTooLong(limit: limits.field), at: fieldStart) }
      if at > limits.row { return problem(.rowTooLong(limit: limits.row), at: 0) }
      if state == .quoted {
        // Most bytes are passed at full speed; what decides is looked at one by one.
        at = skip(from: at) { $0 != UInt8(ascii: "\"") && $0 != 0x0A && $0 != 0x0D && $0 != 0 }
        guard rowStart + at < end else { continue }
        let byte = buffer[rowStart + at]
        if byte == 0 { continue }
        if byte == UInt8(ascii: "\"") {
          state = .quoteInQuoted
        } else if byte == 0x0A {
          lines += 1
        } else if byte == 0x0D, try peek(at + 1) != 0x0A {
          lines += 1
        }
        at += 1
        continue
      }
      if byte == UInt8(ascii: "\"") {
        switch state {
        case .fieldStart: state = .quoted
        case .quoteInQuoted:
          doubled = true
          state = .quoted
        case .plain, .quoted: return problem(.strayQuote, at: at)
        }
        at += 1
        continue
      }
      if byte == delimiter || byte == 0x0A || byte == 0x0D {
        let quoted = state == .quoteInQuoted
        close(quoted ? fieldStart + 1 : fieldStart, quoted ? at - 1 : at, outer: fieldStart)
        guard fields.count <= limits.columns else {
          return problem(.tooManyFields(limit: limits.columns), at: fieldStart)
        }
        if byte == delimiter {
          at += 1
          fieldStart = at
          state = .fieldStart
          continue
        }
        finish(try lineEndLength(at))
        return nil
      }
      if state == .quoteInQuoted { return problem(.strayQuote, at: at - 1) }
      state = .plain
      at = skip(from: at + 1) {
        $0 != delimiter && $0 != UInt8(ascii: "\"") && $0 != 0x0A && $0 != 0x0D && $0 != 0
      }
    }
  }

  private func skip(from at: Int, while isOrdinary: (UInt8) -> Bool) -> Int {
    buffer.withUnsafeBufferPointer { bytes in
      var index = rowStart + at
      while index < end, isOrdinary(bytes[index]) { index += 1 }
      return index - rowStart
    }
  }

  /// CR LF is one line end of two bytes, CR or LF alone is one of one byte.
  private func lineEndLength(_ offset: Int) throws(ByteSourceError) -> Int {
    guard buffer[rowStart + offset] == 0x0D else { return 1 }
    return try peek(offset + 1) == 0x0A ? 2 : 1
  }

  private func peek(_ offset: Int) throws(ByteSourceError) -> UInt8? {
    if rowStart + offset == end { try more() }
    return rowStart + offset < end ? buffer[rowStart + offset] : nil
  }

  /// After a bad row: the row ends with its first line, and the next one begins behind it.
  ///
  /// What is longer than a row may be is thrown away as it comes.
  private func passFirstLine() throws(ByteSourceError) {
    fields.removeAll(keepingCapacity: true)
    var at = 0
    while true {
      if rowStart + at == end {
        if at > limits.row {
          // Nothing of so long a line is shown but its beginning.
          try discardLine()
          return
        }
        try more()
        if rowStart + at == end {
          (rowEnd, next) = (end, end)
          return
        }
      }
      let byte = buffer[rowStart + at]
      if byte == 0x0A || byte == 0x0D {
        let length = try lineEndLength(at)
        rowEnd = rowStart + at
        next = rowEnd + length
        lineOfNext = lineOfRow + 1
        return
      }
      at += 1
    }
  }

  private func discardLine() throws(ByteSourceError) {
    shown = Array(buffer[rowStart..<(rowStart + min(4_096, end - rowStart))])
    while true {
      rowStart = end
      (rowEnd, next) = (end, end)
      try more()
      guard rowStart < end else { return }
      if let lineEnd = buffer[rowStart..<end].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
        rowStart = lineEnd
        let length = try lineEndLength(0)
        rowEnd = rowStart
        next = rowStart + length
        lineOfNext = lineOfRow + 1
        return
      }
    }
  }
}
