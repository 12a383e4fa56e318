/// A FEEL range (DMN 1.5, 10.3.2.7): two ends, each open, closed or missing.
public struct ValueRange: Sendable, Hashable {
  /// How the range was written, which counts for equality: `(=10)` is not `[10..10]`.
  public enum Form: Sendable, Hashable {
    /// Two end points: `[1..10)`.
    case interval
    /// One comparison: `(<10)`, `(>=10)`.
    case comparison
    /// A comparison for equality: `(=10)`.
    case equality
    /// A comparison for inequality: `(!=10)`; the point stands in both ends and is the only value left out.
    case inequality
  }

  /// The lower end, or nil if there is none.
  public let low: Value?
  /// Whether the lower end belongs to the range.
  public let lowIncluded: Bool
  /// The upper end, or nil if there is none.
  public let high: Value?
  /// Whether the upper end belongs to the range.
  public let highIncluded: Bool
  /// How the range was written.
  public let form: Form

  /// Makes a range.
  public init(
    low: Value?, lowIncluded: Bool, high: Value?, highIncluded: Bool, form: Form = .interval
  ) {
    self.low = low
    self.lowIncluded = lowIncluded
    self.high = high
    self.highIncluded = highIncluded
    self.form = form
  }
}
