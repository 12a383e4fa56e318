/// Header fields, kept as they stand on the wire: one block of lines and where in it each name and value lies.
///
/// Nothing is made a `String` before somebody asks for it. Names are compared without regard to case
/// (RFC 9110 section 5.1).
public struct HTTPFields: Sendable {
  /// Where one field lies in the block.
  struct Line: Sendable {
    var name: Range<Int32>
    var value: Range<Int32>
  }

  /// The lines, each with its CRLF; in a request the request line stands before them.
  private(set) var block: [UInt8]
  private(set) var lines: [Line]

  /// No fields.
  public init() {
    block = []
    lines = []
  }

  /// What the parser has read and checked.
  init(block: [UInt8], lines: [Line]) {
    self.block = block
    self.lines = lines
  }

  /// How many fields there are; a name that came twice counts twice.
  public var count: Int { lines.count }

  /// The value of the first field with this name.
  public subscript(name: String) -> String? {
    bytes(of: name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The value of the first field with this name, as bytes and without making a string.
  public func bytes(of name: String) -> ArraySlice<UInt8>? {
    var name = name
    return name.withUTF8 { wanted in
      for line in lines where isNamed(line, wanted) { return bytes(line.value) }
      return nil
    }
  }

  /// The values of all fields with this name, in their order.
  public func values(of name: String) -> [String] {
    var name = name
    return name.withUTF8 { wanted in
      lines.filter { isNamed($0, wanted) }.map { String(decoding: bytes($0.value), as: UTF8.self) }
    }
  }

  /// How many fields have this name.
  public func occurrences(of name: String) -> Int {
    var name = name
    return name.withUTF8 { wanted in lines.reduce(0) { $0 + (isNamed($1, wanted) ? 1 : 0) } }
  }

  /// All names and values, in their order.
  public var all: [(name: String, value: String)] {
    lines.map {
      (
        String(decoding: bytes($0.name), as: UTF8.self),
        String(decoding: bytes($0.value), as: UTF8.self)
      )
    }
  }

  /// Adds a field at the end.
  ///
  /// A value can never end its line: bytes that no value may hold become spaces (RFC 9110 section 5.5). A name that is no token
  /// is left out together with its value.
  public mutating func append(_ name: String, _ value: String) {
    var (name, value) = (name, value)
    name.withUTF8 { name in value.withUTF8 { value in append(name, value) } }
  }

  private mutating func append(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) {
    guard name.count > 0, name.allSatisfy(\.isTokenCharacter) else { return }
    // Room for what an answer has, so that it is not made in many steps.
    if lines.isEmpty {
      block.reserveCapacity(256)
      lines.reserveCapacity(4)
    }
    let start = Int32(clamping: block.count)
    block.append(contentsOf: name)
    let nameEnd = Int32(clamping: block.count)
    block.append(.colon)
    block.append(.space)
    let valueStart = Int32(clamping: block.count)
    if value.allSatisfy(\.isFieldValueCharacter) {
      block.append(contentsOf: value)
    } else {
      block.append(contentsOf: value.lazy.map { $0.isFieldValueCharacter ? $0 : .space })
    }
    lines.append(Line(name: start..<nameEnd, value: valueStart..<Int32(clamping: block.count)))
    block.append(.carriageReturn)
    block.append(.lineFeed)
  }

  /// The whole line of a field, its CRLF included.
  func wireLine(_ line: Line) -> ArraySlice<UInt8> {
    block[Int(line.name.lowerBound)..<Int(line.value.upperBound) + 2]
  }

  /// The bytes of a name or value.
  func bytes(_ range: Range<Int32>) -> ArraySlice<UInt8> {
    block[Int(range.lowerBound)..<Int(range.upperBound)]
  }

  private func isNamed(_ line: Line, _ wanted: UnsafeBufferPointer<UInt8>) -> Bool {
    guard line.name.count == wanted.count else { return false }
    let start = Int(line.name.lowerBound)
    for index in 0..<wanted.count where block[start + index].lowercased != wanted[index].lowercased {
      return false
    }
    return true
  }
}

extension HTTPFields: Equatable {
  /// The same names and values in the same order; names without regard to case.
  public static func == (left: HTTPFields, right: HTTPFields) -> Bool {
    left.count == right.count
      && zip(left.all, right.all).allSatisfy {
        $0.name.lowercased() == $1.name.lowercased() && $0.value == $1.value
      }
  }
}

extension HTTPFields: ExpressibleByDictionaryLiteral {
  /// The fields of a literal.
  public init(dictionaryLiteral elements: (String, String)...) {
    self.init()
    for (name, value) in elements { append(name, value) }
  }
}
