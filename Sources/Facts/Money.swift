public import Values

/// An exact amount of one currency.
public struct Money: Hashable, Sendable, CustomStringConvertible {
  /// How much.
  public var amount: Decimal
  /// Of which currency.
  public var currency: Currency

  /// An amount of a currency.
  public init(_ amount: Decimal, _ currency: Currency) {
    self.amount = amount
    self.currency = currency
  }

  /// The canonical amount and the code, as in `10.5 EUR`.
  public var description: String { "\(amount.description) \(currency.code)" }
}
