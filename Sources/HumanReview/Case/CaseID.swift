/// The name of a case: its kind, and the number of what it was opened for.
///
/// `R-17`, `C-17` and `A-17` were opened for decision D-17, `Q-5` for records of the fifth file that was loaded.
public struct CaseID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Why a person has to look.
  public let kind: CaseKind
  /// The number of the decision or file.
  public let number: Int

  /// The case of a kind that was opened for a number.
  public init(_ kind: CaseKind, _ number: Int) {
    self.kind = kind
    self.number = number
  }

  /// The name as people write it: `C-17`, `c-17` or `c17`.
  public init?(_ text: some StringProtocol) {
    guard let kind = CaseKind(letter: text.prefix(1)) else { return nil }
    var digits = text.dropFirst()
    if digits.first == "-" { digits = digits.dropFirst() }
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let number = Int(digits), number > 0
    else { return nil }
    self.init(kind, number)
  }

  /// `C-17`.
  public var description: String { "\(kind.letter)-\(number)" }

  /// By number, then by letter: the order in which equally urgent cases stand in the queue.
  public static func < (left: CaseID, right: CaseID) -> Bool {
    (left.number, left.kind.letter) < (right.number, right.kind.letter)
  }
}
