/// The facts that debt management itself makes: notices that were sent, what became of them, holds.
public enum DebtFacts {
  /// Their source.
  public static let source = "bonitas"
  /// What they are for.
  public static let purpose = "debt-management"
}
