public import Formats

/// What a simulated register answers about one subject: one answer after the other, then from the beginning again.
public struct RegisterScript: Hashable, Sendable {
  /// Whom a register is asked about.
  public struct Subject: Hashable, Sendable {
    /// The scheme of the code, such as `LV-PERSONAL`.
    public var scheme: String
    /// The code without hyphens.
    public var code: String
  }

  /// One answer.
  public struct Answer: Hashable, Sendable {
    /// How long it is waited before.
    public var afterMilliseconds: Int
    /// What is sent.
    public var content: Content
  }

  /// What is sent.
  public enum Content: Hashable, Sendable {
    /// Entries as the file has them, right or wrong, in an answer that names the subject.
    case entries([JSONValue])
    /// An answer without entries: `withheld` or `erased`.
    case state(String)
    /// A status that says that there is no answer, perhaps with the seconds after which to ask again.
    case status(Int, retryAfterSeconds: Int?)
    /// Any text, as it stands.
    case raw(String, status: Int, contentType: String)
    /// So many bytes.
    case filler(Int)
    /// Nothing, ever.
    case silence
  }

  /// What the subject shows, for people.
  public var description: String
  /// Whom it is about.
  public var subject: Subject
  /// The answers, at least one.
  public var answers: [Answer]
}
