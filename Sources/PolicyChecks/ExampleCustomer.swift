public import FEEL

/// An invented customer that shows something about a policy: every input of the rating model, and what came of it.
///
/// Never only computed: the live model was evaluated with these inputs.
public struct ExampleCustomer: Sendable, Hashable {
  /// A named value.
  public struct Entry: Sendable, Hashable {
    /// The name of the input or decision.
    public let name: String
    /// Its value.
    public let value: Value

    /// Makes an entry.
    public init(name: String, value: Value) {
      self.name = name
      self.value = value
    }
  }

  /// The values of all inputs, in the model's order.
  public let inputs: [Entry]
  /// What the model makes of them: score, rating, outcomes.
  public let results: [Entry]
  /// The inputs that differ from those of a customer about whom there is nothing to say.
  public let remarkable: [Entry]
}
