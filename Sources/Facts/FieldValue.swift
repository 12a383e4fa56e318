public import Values

/// A field's value before it is checked: as text from a file, or already a number or date from an expression.
public enum FieldValue: Hashable, Sendable {
  /// Nothing there.
  case missing
  /// Text; blank text counts as nothing there.
  case text(String)
  /// A number.
  case number(Decimal)
  /// A date.
  case date(CivilDate)

  /// The word for an answer.
  public static func yesNo(_ answer: Bool) -> FieldValue { .text(answer ? "yes" : "no") }

  /// The value as canonical text; empty when nothing is there.
  public var text: String {
    switch self {
    case .missing: ""
    case .text(let text): text
    case .number(let number): number.description
    case .date(let date): date.description
    }
  }
}
