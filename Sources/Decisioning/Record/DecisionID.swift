/// The number of a decision in its store, written `D-17`.
public struct DecisionID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number, counted from 1 in the order of recording.
  public let number: Int

  /// The id with this number.
  public init(_ number: Int) { self.number = number }

  /// The id as people write it: `D-17`, `d-17` or `17`.
  public init?(_ text: some StringProtocol) {
    let digits = text.hasPrefix("D-") || text.hasPrefix("d-") ? text.dropFirst(2) : text[...]
    guard !digits.isEmpty, digits.allSatisfy(\.isASCII), digits.allSatisfy(\.isNumber),
      let number = Int(digits), number > 0
    else { return nil }
    self.number = number
  }

  /// `D-17`.
  public var description: String { "D-\(number)" }

  /// Orders decisions by when they were recorded.
  public static func < (left: DecisionID, right: DecisionID) -> Bool { left.number < right.number }
}
