/// How long things took, counted in classes.
public struct LatencyHistogram: Hashable, Sendable {
  /// The upper bounds of the classes in milliseconds, each included; what took longer is in one class more.
  public static let boundsMilliseconds = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000]

  /// How many fell into each class; one more than there are bounds.
  public private(set) var counts = [Int](repeating: 0, count: boundsMilliseconds.count + 1)
  /// All milliseconds together.
  public private(set) var sumMilliseconds = 0

  /// Nothing counted.
  public init() {}

  /// How many were counted.
  public var count: Int { counts.reduce(0, &+) }

  /// Counts one.
  public mutating func add(milliseconds: Int) {
    let place = Self.boundsMilliseconds.firstIndex { milliseconds <= $0 } ?? Self.boundsMilliseconds.count
    counts[place] &+= 1
    sumMilliseconds &+= max(0, milliseconds)
  }
}
