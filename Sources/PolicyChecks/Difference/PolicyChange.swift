/// One thing in which two rule sets differ, in words, with a customer about whom they decide differently.
public struct PolicyChange: Sendable, Hashable {
  /// What kind of thing changed.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The results of a table for some regions of its inputs.
    case region
    /// A row of a table that collects: where it applies, or what it gives.
    case row
    /// A characteristic came or went.
    case characteristic
    /// The FEEL text of a decision.
    case logic
    /// The FEEL text of a feature or of a step towards one.
    case feature
    /// The declared values of a type.
    case type
    /// An input or decision came or went.
    case element
    /// A text of an explanation.
    case text
    /// A provision of the law.
    case law
    /// A file that cannot be compared, or of which nothing more is told.
    case file
  }

  /// What kind of thing changed.
  public let kind: Kind
  /// The file within the rules folder.
  public let file: String
  /// The decision, type, text or provision.
  public let element: String
  /// Where, and what is given instead of what.
  public let sentence: String
  /// A text before and after, where a text changed.
  public let texts: Texts?
  /// Somebody whom the change meets, evaluated by both rule sets.
  public let example: ComparedCustomer?

  /// A text before and after; nil where it was not there.
  public struct Texts: Sendable, Hashable {
    /// The text in the first rule set.
    public let before: String?
    /// The text in the second.
    public let after: String?
  }

  init(
    _ kind: Kind, file: String, element: String, _ sentence: String, texts: Texts? = nil,
    example: ComparedCustomer? = nil
  ) {
    self.kind = kind
    self.file = file
    self.element = element
    self.sentence = sentence
    self.texts = texts
    self.example = example
  }
}

/// An invented customer with what each of two rule sets makes of it; both were evaluated.
public struct ComparedCustomer: Sendable, Hashable {
  /// All inputs, those of either rule set.
  public let inputs: [ExampleCustomer.Entry]
  /// The inputs that differ from those of a customer about whom there is nothing to say.
  public let remarkable: [ExampleCustomer.Entry]
  /// What the first rule set makes of it.
  public let before: [ExampleCustomer.Entry]
  /// What the second rule set makes of it.
  public let after: [ExampleCustomer.Entry]

  /// The customer in words: what is remarkable, and what each side decides.
  public var words: String {
    let told = remarkable.isEmpty ? "an ordinary customer" : remarkable.map(\.words).joined(separator: "; ")
    return "\(told) → before: \(before.map(\.words).joined(separator: ", "));"
      + " now: \(after.map(\.words).joined(separator: ", "))"
  }
}
