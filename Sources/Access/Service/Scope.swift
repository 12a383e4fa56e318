/// One thing that a service may ask of the order-intake service; the raw values are stored and typed.
public enum Scope: String, Sendable, CaseIterable, Comparable {
  /// Asks for decisions.
  case decide
  /// Reads decisions, explanations, ratings and the states of the sources.
  case read
  /// Enters what a customer contests.
  case contest
  /// Delivers facts.
  case facts
  /// Reads the figures of the service, which name nobody.
  case metrics

  /// Scopes stand in the order of their declaration.
  public static func < (one: Scope, other: Scope) -> Bool { one.place < other.place }

  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
