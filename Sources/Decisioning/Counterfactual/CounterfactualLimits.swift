/// How far counterfactuals are looked for.
public struct CounterfactualLimits: Hashable, Sendable {
  /// The days from the business date to the day by which a proposed payment is to be made.
  public var daysToPay = 14
  /// How many months ahead a date is looked for.
  public var months = 24
  /// For how many months after its date the better decision must still be given, at a re-rating each month.
  ///
  /// Three months are the 90 days for which a rating is valid.
  public var lastingMonths = 3
  /// The days from issue to due date of the bills of a customer who has not had any yet.
  public var daysOfFirstBill = 14
  /// How many variations are told.
  public var variations = 3
  /// How often the rules may be run for one explanation.
  public var runs = 250
  /// How many facts may be gone through for one explanation, over all runs; a customer has some hundred.
  public var facts = 2_000_000

  /// The limits as they are meant.
  public init() {}
}
