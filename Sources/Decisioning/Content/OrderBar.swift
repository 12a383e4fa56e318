/// A provision of the law that kept a decision from the outcome that the policy gave.
public struct OrderBar: Hashable, Sendable {
  /// Instead of a provision: a person's judgement has to be looked at again.
  public static let lookAgain = "look-again"
  /// Instead of a provision: automated decisions have been stopped.
  public static let stopSwitch = "stop-switch"

  /// Instead of a provision: what such a bar begins with where a source gave no answer; the source's name follows.
  private static let silentPrefix = "silent-source:"

  /// Instead of a provision: a source gave no answer that can be used.
  public static func silent(_ source: String) -> String { silentPrefix + source }

  /// The source that gave no answer; nil where the bar is of another kind.
  public var silentSource: String? {
    provision.hasPrefix(Self.silentPrefix) ? String(provision.dropFirst(Self.silentPrefix.count)) : nil
  }

  /// The id of the provision in `law/`, `LawProvision.noPermission`, or one of the above.
  public var provision: String
  /// The outcome that the provision does not allow.
  public var barred: Outcome
  /// The outcome that stands instead; the same where people decided in spite of the provision.
  public var instead: Outcome

  /// Whether people decided in spite of it.
  public var isOverruled: Bool { barred == instead }

  /// A provision and what it made of the outcome.
  public init(provision: String, barred: Outcome, instead: Outcome) {
    self.provision = provision
    self.barred = barred
    self.instead = instead
  }
}
