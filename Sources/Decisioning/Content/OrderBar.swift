/// A provision of the law that kept a decision from the outcome that the policy gave.
public struct OrderBar: Hashable, Sendable {
  /// The id of the provision in `law/`, or `LawProvision.noPermission`.
  public var provision: String
  /// The outcome that the provision does not allow.
  public var barred: Outcome
  /// The outcome that stands instead.
  public var instead: Outcome

  /// A provision and what it made of the outcome.
  public init(provision: String, barred: Outcome, instead: Outcome) {
    self.provision = provision
    self.barred = barred
    self.instead = instead
  }
}
