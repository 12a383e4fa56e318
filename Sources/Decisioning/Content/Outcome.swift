/// What a decision means for an order.
///
/// The policy gives one of these as text; a text outside the list is a fault of the policy and refers.
public enum Outcome: String, CaseIterable, Hashable, Sendable {
  /// The order goes ahead.
  case accept
  /// The order goes ahead against a security deposit.
  case acceptWithDeposit = "accept with deposit"
  /// The order goes ahead against payment in advance.
  case prepayment
  /// The order is held until an employee has decided.
  case refer
  /// The order is refused.
  case decline
}
