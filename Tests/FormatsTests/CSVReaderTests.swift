import Formats
import TestSupport
import Testing

@Suite struct CSVReaderTests {
  private enum Row: Equatable {
    case row(Int, [String])
    case bad(String, line: Int, column: Int, raw: String)
  }

  private func rows(
    _ bytes: [UInt8], delimiter: Character = ",", encoding: TextEncoding = .utf8, fields: Int? = nil,
    limits: CSVLimits = CSVLimits()
  ) throws -> [Row] {
    let dialect = CSVDialect(delimiter: delimiter.asciiValue ?? 0x2C, encoding: encoding)
    let reader = CSVReader(ByteSource(bytes), dialect: dialect, limits: limits)
    reader.expectedFields = fields
    var rows: [Row] = []
    while true {
      switch try reader.step() {
      case .row: rows.append(.row(reader.line, reader.texts))
      case .bad(let problem):
        #expect(problem.sentence.contains("line \(problem.position.line)"))
        rows.append(
          .bad(
            problem.code, line: problem.position.line, column: problem.position.column, raw: reader.rawText))
      case .end: return rows
      }
    }
  }

  private func rows(_ text: String, fields: Int? = nil, limits: CSVLimits = CSVLimits()) throws -> [Row] {
    try rows(Array(text.utf8), fields: fields, limits: limits)
  }

  @Test func readsQuotesLineEndsAndEmptyFields() throws {
    #expect(
      try rows("a,b,c\r\n1,\"x,\"\"y\"\"\r\nz\",\n,,\n\n\"\",\"\",ā")
        == [
          .row(1, ["a", "b", "c"]), .row(2, ["1", "x,\"y\"\r\nz", ""]), .row(4, ["", "", ""]),
          .row(6, ["", "", "ā"]),
        ])
    #expect(try rows("\u{FEFF}nimi\nx\r\ry\n") == [.row(1, ["nimi"]), .row(2, ["x"]), .row(4, ["y"])])
    #expect(try rows("") == [])
    #expect(try rows("\n\n\"\"\n") == [.row(3, [""])])
    #expect(try rows("a,") == [.row(1, ["a", ""])])
  }

  @Test func readsTheRegisterRow() throws {
    let text = "name;before;without\n\"IK \"\"D.Luxe\"\"\";IK;\"\"\n"
    #expect(
      try rows(Array(text.utf8), delimiter: ";")
        == [.row(1, ["name", "before", "without"]), .row(2, ["IK \"D.Luxe\"", "IK", ""])])
  }

  @Test func badRowsDoNotEndTheReading() throws {
    #expect(
      try rows("a,b\n1,2\nx\"y,2\n\"q\"x,1\n1,2,3\n5\n6,7\n", fields: 2)
        == [
          .row(1, ["a", "b"]), .row(2, ["1", "2"]),
          .bad("csv-stray-quote", line: 3, column: 2, raw: "x\"y,2"),
          .bad("csv-stray-quote", line: 4, column: 3, raw: "\"q\"x,1"),
          .bad("csv-field-count", line: 5, column: 5, raw: "1,2,3"),
          .bad("csv-field-count", line: 6, column: 2, raw: "5"),
          .row(7, ["6", "7"]),
        ])
  }

  @Test func aQuoteThatNobodyClosesSwallowsNoGoodRow() throws {
    #expect(
      try rows("a,b\n1,\"open\n2,x\n3,y\n")
        == [
          .row(1, ["a", "b"]), .bad("csv-unterminated-quote", line: 2, column: 3, raw: "1,\"open"),
          .row(3, ["2", "x"]),
          .row(4, ["3", "y"]),
        ])
    let long = "1,\"" + String(repeating: "x,\n", count: 100) + "\n2,z\n"
    let limits = CSVLimits(field: 50, columns: 10, row: 1_000, block: 16)
    #expect(
      try rows(long, limits: limits).first == .bad("csv-field-too-long", line: 1, column: 3, raw: "1,\"x,"))
    #expect(try rows(long, limits: limits).last == .row(102, ["2", "z"]))
  }

  @Test func boundsFieldsColumnsAndRows() throws {
    let limits = CSVLimits(field: 40, columns: 5, row: 100, block: 16)
    let wide = String(repeating: "1,", count: 6) + "\nok\n"
    #expect(
      try rows(wide, limits: limits).map { if case .bad(let code, _, _, _) = $0 { code } else { "" } } == [
        "csv-too-many-fields", "",
      ])
    let endless = String(repeating: "x", count: 50_000) + "\r\nok\n"
    let read = try rows(endless, limits: limits)
    #expect(read.last == .row(2, ["ok"]))
    guard case .bad("csv-field-too-long", 1, 1, let raw) = read.first else {
      Issue.record("\(read)")
      return
    }
    #expect(raw.utf8.count <= 4_096)
    #expect(try rows(String(repeating: "x", count: 50_000), limits: limits).count == 1)
  }

  @Test func notesWrongEncodingAndZeroBytes() throws {
    let bytes = Array("a,b\nā,".utf8) + [0xE2, 0x0A] + Array("1,2\n".utf8)
    #expect(
      try rows(bytes)[1...] == [
        .bad("invalid-encoding", line: 2, column: 3, raw: "ā,\u{FFFD}"), .row(3, ["1", "2"]),
      ])
    #expect(
      try rows(Array("a\n".utf8) + [0x31, 0, 0x0A, 0x32])[1...] == [
        .bad("csv-nul-character", line: 2, column: 2, raw: "1\u{0}"), .row(3, ["2"]),
      ])
    let baltic: [UInt8] = [0xD0, 0x2C, 0x22, 0xE2, 0x22, 0x22, 0x22, 0x2C, 0x81, 0x0A]
    #expect(
      try rows(baltic, encoding: .windows1257) == [
        .bad("invalid-encoding", line: 1, column: 9, raw: "Š,\"ā\"\"\",\u{FFFD}")
      ])
    #expect(try rows(Array(baltic.dropLast(3)), encoding: .windows1257) == [.row(1, ["Š", "ā\""])])
  }

  @Test func tellsWhereFieldsBegin() throws {
    let reader = CSVReader(ByteSource(Array("āā,\"x\ny\",z\n".utf8)))
    #expect(try reader.step() == .row)
    #expect(reader.position(1).column == 4 && reader.position(1).line == 1)
    #expect(reader.position(2).line == 2 && reader.position(2).column == 4)
    #expect(reader.withBytes(2) { Array($0) } == Array("z".utf8))
    #expect(reader.text(7) == "")
  }

  /// A row must not depend on where the blocks of the file happen to end.
  @Test func blocksDoNotShow() throws {
    var random = SeededGenerator(seed: 3)
    let alphabet = Array("ab,\"\n\r;ā ".utf8)
    for _ in 0..<400 {
      let bytes = (0..<Int.random(in: 0...120, using: &random)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      }
      let whole = try rows(bytes, limits: CSVLimits(block: 4_096))
      #expect(try rows(bytes, limits: CSVLimits(block: 16)) == whole)
    }
  }

  @Test func whatIsWrittenReadsBack() throws {
    var random = SeededGenerator(seed: 5)
    let alphabet = Array("ab,\"\n\r;ā ")
    var written: [[String]] = []
    var writer = CSVWriter()
    for _ in 0..<300 {
      let row = (0..<3).map { _ in
        String(
          (0..<Int.random(in: 0...6, using: &random)).map { _ in
            alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
          })
      }
      written.append(row)
      writer.row(row)
    }
    let read = try rows(writer.take(), limits: CSVLimits(block: 16)).map { row -> [String] in
      if case .row(_, let texts) = row { texts } else { [] }
    }
    #expect(read == written)
    writer.row([""])
    #expect(writer.text == "\"\"\n")
  }
}
