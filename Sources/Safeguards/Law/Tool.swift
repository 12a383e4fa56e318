/// What may be done to the service of a debtor, each with rules of its own in law.
public enum Tool: String, CaseIterable, Hashable, Sendable {
  /// A request to the network operator to interrupt supply.
  case disconnectionRequest
  /// A device that limits the power.
  case powerLimit
  /// The end of the contract.
  case contractTermination
}
