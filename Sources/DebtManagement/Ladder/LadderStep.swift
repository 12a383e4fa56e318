/// A step of the ladder from the first reminder of a debt to the end of supply, and back.
///
/// The raw value is the name by which `service-restriction.dmn` gives it.
public enum LadderStep: String, CaseIterable, Hashable, Sendable {
  /// A friendly word that an invoice is open.
  case reminder
  /// The written notice that recovery out of court begins with (LV-D-1).
  case debtNotice = "debt notice"
  /// The warning that service will be restricted (LV-E-1, LV-G-1, EE-E-1).
  case restrictionWarning = "restriction warning"
  /// An offer to pay in instalments.
  case planOffer = "plan offer"
  /// An offer to pay in advance from now on.
  case prepaymentOffer = "prepayment offer"
  /// A request for a security deposit.
  case depositRequest = "deposit request"
  /// No new orders of the customer are taken.
  case noNewOrders = "no new orders"
  /// A request to the network operator to limit the power (EE-E-6).
  case powerLimit = "power limit"
  /// A request to the network operator to disconnect (LV-E-1, LV-G-1, EE-E-1).
  case disconnectionRequest = "disconnection request"
  /// The notice that the contract will be terminated (EE-E-9).
  case terminationNotice = "termination notice"
  /// The end of the contract (LV-E-5, EE-E-9).
  case contractTermination = "contract termination"
  /// A request to the network operator to restore what a restriction took.
  case release
  /// The withdrawal of a request that has not been carried out.
  case withdrawal

  /// Whether it takes service or the contract from the customer, so that it needs a certificate.
  public var isRestriction: Bool {
    switch self {
    case .powerLimit, .disconnectionRequest, .contractTermination: true
    default: false
    }
  }

  /// Whether it goes to the customer as a letter or a message.
  public var isNotice: Bool {
    switch self {
    case .reminder, .debtNotice, .restrictionWarning, .planOffer, .prepaymentOffer, .depositRequest,
      .terminationNotice:
      true
    default: false
    }
  }

  /// Whether it goes to the network operator as a request.
  public var isOperatorRequest: Bool {
    switch self {
    case .powerLimit, .disconnectionRequest, .release, .withdrawal: true
    default: false
    }
  }
}
