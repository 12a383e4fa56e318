/// How a record names the customer it is about.
public enum CustomerReference: Hashable, Sendable, CustomStringConvertible {
  /// By the supplier's customer number.
  case number(String)
  /// By a code that a state or register gave.
  case identifier(Identifier)

  /// The supplier's customer number, where the record has it.
  public var number: String? {
    if case .number(let number) = self { number } else { nil }
  }

  /// The number or the identifier as text for people.
  public var description: String {
    switch self {
    case .number(let number): number
    case .identifier(let identifier): identifier.description
    }
  }
}
