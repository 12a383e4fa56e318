import Formats

/// What one decision of the rating model came to.
public struct DecidedValue: Hashable, Sendable {
  /// The decision's name in `credit-rating.dmn`.
  public var name: String
  /// Its value.
  public var value: JSONValue

  /// A decision and its value.
  public init(name: String, value: JSONValue) {
    self.name = name
    self.value = value
  }
}
