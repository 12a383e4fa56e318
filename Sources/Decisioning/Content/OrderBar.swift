/// A provision of the law that kept a decision from the outcome that the policy gave.
public struct OrderBar: Hashable, Sendable {
  /// Instead of a provision: a person's judgement has to be looked at again.
  public static let lookAgain = "look-again"
  /// Instead of a provision: automated decisions have been stopped.
  public static let stopSwitch = "stop-switch"

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
