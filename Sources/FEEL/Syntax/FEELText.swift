public import Values

/// A FEEL text taken apart without its scope: words, texts in quotes, numbers, calls.
///
/// The tokens of FEEL depend on the names in scope; for telling what a text mentions, words suffice.
public struct FEELText: Sendable {
  /// Something in a text whose value changes while text and inputs stay the same.
  public enum Volatile: Hashable, Sendable {
    /// A call of a function that reads the clock.
    case clock(function: String)
    /// A zone by name, whose tables change.
    case zone(id: String)
  }

  /// The words outside quotes, in order.
  public private(set) var words: [String] = []
  /// The texts in quotes.
  public private(set) var strings: [String] = []
  /// The numbers, each also with the other sign.
  public private(set) var numbers: [Decimal] = []
  /// The words that a `(` follows.
  public private(set) var calls: Set<String> = []

  /// Takes a text apart; it need not be correct.
  public init(_ text: String) {
    var rest = text[...]
    while let first = rest.first {
      if first == "\"" {
        rest = takeString(rest.dropFirst())
      } else if rest.hasPrefix("//") {
        rest = rest.drop { !$0.isNewline }
      } else if rest.hasPrefix("/*") {
        rest = rest.firstRange(of: "*/").map { rest[$0.upperBound...] } ?? ""
      } else if first.isLetter || first == "_" {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        words.append(String(word))
        rest = rest.dropFirst(word.count)
        if rest.drop(while: \.isWhitespace).first == "(" { calls.insert(String(word)) }
      } else if first.isNumber {
        var digits = rest.prefix { $0.isNumber || $0 == "." }
        // `1..5` is a range, not a number.
        if let dots = digits.firstRange(of: "..") { digits = digits[..<dots.lowerBound] }
        if let number = Decimal(digits) { numbers += [number, -number] }
        rest = rest.dropFirst(max(1, digits.count))
      } else {
        rest = rest.dropFirst()
      }
    }
  }

  private mutating func takeString(_ text: Substring) -> Substring {
    var value = ""
    var rest = text
    while let next = rest.popFirst() {
      if next == "\"" { break }
      value.append(next)
      if next == "\\", let escaped = rest.popFirst() { value.append(escaped) }
    }
    strings.append(value)
    return rest
  }

  /// The numbers and texts as values.
  public var literals: [Value] { numbers.map(Value.number) + strings.map(Value.string) }

  /// What makes the value of the text change under a caller who keeps text and inputs.
  public var volatileParts: [Volatile] {
    let clocks = ["now", "today"].filter(calls.contains).map { Volatile.clock(function: $0) }
    let zones = strings.compactMap(Self.zone).map { Volatile.zone(id: $0) }
    return clocks + zones
  }

  /// The zone that a time or a date and time names: `2026-06-30T12:00:00@Europe/Riga`.
  private static func zone(_ text: String) -> String? {
    guard let sign = text.lastIndex(of: "@"),
      text[..<sign].contains(where: \.isNumber) || sign == text.startIndex
    else { return nil }
    let id = text[text.index(after: sign)...]
    guard let first = id.first, first.isLetter,
      id.contains("/") || id.allSatisfy({ $0.isLetter || $0 == "_" })
    else { return nil }
    return String(id)
  }
}
