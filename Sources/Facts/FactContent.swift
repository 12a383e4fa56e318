public import Values

/// What every kind of fact tells about itself: its record id, its customer and since when it is true.
public protocol FactContent: Hashable, Sendable {
  /// The kind of fact.
  static var factKind: FactKind { get }
  /// The record id that the source gave; unique within the source and kind.
  var id: String { get }
  /// The customer that the fact is about.
  var customer: CustomerReference { get }
  /// The business date from which the fact is true.
  var trueFrom: CivilDate { get }
}
