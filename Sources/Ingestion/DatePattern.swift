import Values

/// How dates are written in a column: `YYYY`, `MM` and `DD` with any other characters between them.
///
/// `M` and `D` alone also take one digit. What stands after the date, such as a time, is taken off with `*` at the
/// end of the pattern.
struct DatePattern: Sendable, Hashable {
  enum Outcome: Equatable {
    case date(CivilDate)
    /// It has the form of a date and is no day of the calendar.
    case impossible
    case mismatch
  }

  private enum Part: Hashable {
    case year, month, day
    case looseMonth, looseDay
    case literal(UInt8)
    case rest
  }

  let text: String
  private let parts: [Part]

  static let iso = DatePattern(validated: "YYYY-MM-DD", parts: Self.parts("YYYY-MM-DD") ?? [])

  /// Nil where the pattern does not name year, month and day once each.
  init?(_ text: String) {
    guard let parts = Self.parts(text) else { return nil }
    self.init(validated: text, parts: parts)
  }

  private init(validated text: String, parts: [Part]) {
    self.text = text
    self.parts = parts
  }

  private static func parts(_ text: String) -> [Part]? {
    let bytes = Array(text.utf8)
    var parts: [Part] = []
    var index = 0
    func run(_ letter: UInt8) -> Int {
      var end = index
      while end < bytes.count, bytes[end] == letter { end += 1 }
      return end - index
    }
    while index < bytes.count {
      let length: Int
      switch bytes[index] {
      case UInt8(ascii: "Y"):
        length = run(UInt8(ascii: "Y"))
        guard length == 4 else { return nil }
        parts.append(.year)
      case UInt8(ascii: "M"):
        length = run(UInt8(ascii: "M"))
        guard length <= 2 else { return nil }
        parts.append(length == 2 ? .month : .looseMonth)
      case UInt8(ascii: "D"):
        length = run(UInt8(ascii: "D"))
        guard length <= 2 else { return nil }
        parts.append(length == 2 ? .day : .looseDay)
      case UInt8(ascii: "*"):
        guard index == bytes.count - 1 else { return nil }
        length = 1
        parts.append(.rest)
      default:
        length = 1
        parts.append(.literal(bytes[index]))
      }
      index += length
    }
    let years = parts.count { $0 == .year }
    let months = parts.count { $0 == .month || $0 == .looseMonth }
    let days = parts.count { $0 == .day || $0 == .looseDay }
    return years == 1 && months == 1 && days == 1 ? parts : nil
  }

  /// Reads a whole text.
  func date(_ text: String) -> Outcome {
    let bytes = Array(text.utf8)
    var index = 0
    var (year, month, day) = (0, 0, 0)
    func digits(_ range: ClosedRange<Int>) -> Int? {
      var value = 0
      var count = 0
      while count < range.upperBound, index < bytes.count, (0x30...0x39).contains(bytes[index]) {
        value = value * 10 + Int(bytes[index] - 0x30)
        index += 1
        count += 1
      }
      return range.contains(count) ? value : nil
    }
    for part in parts {
      let found: Int?
      switch part {
      case .year:
        found = digits(4...4)
        year = found ?? 0
      case .month, .looseMonth:
        found = digits(part == .month ? 2...2 : 1...2)
        month = found ?? 0
      case .day, .looseDay:
        found = digits(part == .day ? 2...2 : 1...2)
        day = found ?? 0
      case .literal(let byte):
        found = index < bytes.count && bytes[index] == byte ? 0 : nil
        index += 1
      case .rest:
        found = 0
        index = bytes.count
      }
      if found == nil { return .mismatch }
    }
    guard index == bytes.count else { return .mismatch }
    return CivilDate(year: year, month: month, day: day).map { .date($0) } ?? .impossible
  }
}
