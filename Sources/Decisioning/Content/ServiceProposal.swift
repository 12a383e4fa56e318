import Facts
import Formats
import Values

/// A step of debt management that a decision proposes: what would become of the supply of one contract, and why.
///
/// Whoever makes it has proven it; the decision keeps it whole, so that a person who approves it and whoever carries it
/// out speak of the same. Debt management and review know each other through it alone.
public struct ServiceProposal: Hashable, Sendable {
  /// The proposer's reference; decisions about the same proposal supersede one another, and no other decision.
  public var reference: String
  /// The step, by the name that `service-restriction.dmn` gives it.
  public var step: String
  /// The contract.
  public var contract: String
  /// What the contract supplies.
  public var commodity: Contract.Commodity
  /// Where it supplies it.
  public var deliveryPoint: String?
  /// The claim, all its parts together.
  public var amount: Money
  /// The invoices that the claim consists of.
  public var invoices: [String]
  /// The digest of the certificate that it is lawful; nil for a step that needs none.
  public var certificate: Digest?
  /// The codes of the reasons, the most important first.
  public var reasons: [String]

  /// A proposal.
  public init(
    reference: String, step: String, contract: String, commodity: Contract.Commodity,
    deliveryPoint: String? = nil, amount: Money, invoices: [String] = [], certificate: Digest? = nil,
    reasons: [String] = []
  ) {
    self.reference = reference
    self.step = step
    self.contract = contract
    self.commodity = commodity
    self.deliveryPoint = deliveryPoint
    self.amount = amount
    self.invoices = invoices
    self.certificate = certificate
    self.reasons = reasons
  }

  /// The proposal with a name for every value.
  public var json: JSONValue {
    [
      "reference": .string(reference), "step": .string(step), "contract": .string(contract),
      "commodity": .string(commodity.rawValue), "deliveryPoint": .text(deliveryPoint),
      "amount": .number(amount.amount), "currency": .string(amount.currency.code),
      "invoices": .array(invoices.map(JSONValue.string)), "certificate": .text(certificate?.hexadecimal),
      "reasons": .array(reasons.map(JSONValue.string)),
    ]
  }
}

extension ServiceProposal {
  private static let places = 10

  /// The proposal as a content stores it; nil where it is none.
  init?(stored: JSONValue) {
    guard let places = stored.arrayValue, places.count == Self.places,
      let reference = places[0].stringValue, let step = places[1].stringValue,
      let contract = places[2].stringValue,
      let commodity = places[3].stringValue.flatMap(Contract.Commodity.init(rawValue:)),
      let deliveryPoint = places[4].optional(\.stringValue), let amount = places[5].numberValue,
      let currency = places[6].stringValue.flatMap({ Currency($0) }),
      let invoices = places[7].all(\.stringValue),
      let certificate = places[8].optional({ $0.stringValue.flatMap { Digest(hexadecimal: $0) } }),
      let reasons = places[9].all(\.stringValue)
    else { return nil }
    self.init(
      reference: reference, step: step, contract: contract, commodity: commodity,
      deliveryPoint: deliveryPoint, amount: Money(amount, currency), invoices: invoices,
      certificate: certificate, reasons: reasons)
  }
}

extension JSONWriter {
  mutating func proposal(_ proposal: ServiceProposal) {
    beginArray()
    for text in [proposal.reference, proposal.step, proposal.contract, proposal.commodity.rawValue] {
      string(text)
    }
    text(proposal.deliveryPoint)
    number(proposal.amount.amount)
    string(proposal.amount.currency.code)
    texts(proposal.invoices)
    text(proposal.certificate?.hexadecimal)
    texts(proposal.reasons)
    endArray()
  }
}

extension DecisionContent {
  /// The reference of what the decision is about: of the proposal, else of the order; nil where it is the customer.
  public var matterReference: String? { proposal?.reference ?? order?.reference }
}
