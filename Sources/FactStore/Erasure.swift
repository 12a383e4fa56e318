import Values

/// What is left of facts that were erased: that they were, under which rule, and how many.
public struct Erasure: Hashable, Sendable {
  /// The key of the customer.
  public var customerKey: Int
  /// The data class that was erased; nil for all of the customer's facts.
  public var dataClass: String?
  /// The id of the rule that asked for it.
  public var rule: String
  /// How many facts were erased.
  public var facts: Int
  /// The number of the write that erased them.
  public var sequence: Int
  /// Who erased them.
  public var actor: String
  /// When.
  public var at: Instant
}
