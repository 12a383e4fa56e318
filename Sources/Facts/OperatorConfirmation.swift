public import Values

/// What the network operator did about a request, as it confirmed.
public struct OperatorConfirmation: FactContent {
  /// What was done.
  public enum Event: String, CaseIterable, Hashable, Sendable {
    /// Supply was interrupted.
    case disconnected
    /// The power was limited.
    case limited
    /// Supply was restored.
    case restored
    /// The request was refused.
    case refused
    /// The request was withdrawn before anything was done.
    case withdrawn
    /// The contract was terminated.
    case terminated
  }

  /// The record id.
  public var id: String
  /// The customer.
  public var customer: CustomerReference
  /// The contract.
  public var contract: String
  /// The id of the request (the effect) that this answers.
  public var request: String
  /// What was done.
  public var event: Event
  /// The day on which it was done.
  public var date: CivilDate

  /// A confirmation as one record states it.
  public init(
    id: String, customer: CustomerReference, contract: String, request: String, event: Event, date: CivilDate
  ) {
    self.id = id
    self.customer = customer
    self.contract = contract
    self.request = request
    self.event = event
    self.date = date
  }

  /// The kind of fact.
  public static var factKind: FactKind { .operatorConfirmation }
  /// The day on which it was done.
  public var trueFrom: CivilDate { date }
}
