import FEEL

/// A part of a value's line that no rule tells apart: a point, or everything between two neighbouring points.
struct Atom: Sendable {
  /// Which values the atom stands for.
  enum Extent: Sendable {
    /// The value that is not known.
    case null
    case point(Value)
    /// Everything between two points, the points themselves left out; nil is without end.
    case between(Value?, Value?)
    /// Every text but these.
    case others([Value])
  }

  let extent: Extent
  /// One of the values.
  let sample: Value

  /// Whether a value is one of the atom's.
  func contains(_ value: Value) -> Bool {
    switch extent {
    case .null: return value.isNull
    case .point(let point): return Value.isSame(point, value)
    case .between(let low, let high):
      guard value.ordersLike(sample) else { return false }
      return (low.map { Value.compare($0, value) == .less } ?? true)
        && (high.map { Value.compare(value, $0) == .less } ?? true)
    case .others(let points): return value.string != nil && !points.contains { Value.isSame($0, value) }
    }
  }
}

extension Value {
  /// Whether both are of one kind that has an order.
  fileprivate func ordersLike(_ other: Value) -> Bool { Value.compare(self, other) != nil }
}
