public import Values

/// A notice that told the customer of a debt.
public struct DebtNotice: FactContent {
  /// How a notice was sent.
  public enum Channel: String, CaseIterable, Hashable, Sendable {
    /// Ordinary letter.
    case letter
    /// Registered letter.
    case registeredLetter
    /// Electronic mail.
    case email
    /// Text message.
    case sms
    /// The supplier's self-service portal.
    case portal
    /// Telephone call.
    case phone
    /// Any other way.
    case other
  }

  /// What a notice is in law and policy.
  public enum NoticeType: String, CaseIterable, Hashable, Sendable {
    /// A friendly reminder, which the law does not know.
    case reminder
    /// The notice that begins recovery (Latvian Law on Extrajudicial Recovery of Debt, s. 7).
    case debtNotice
    /// The warning before supply is restricted.
    case restrictionWarning
    /// An offer to pay by instalments.
    case planOffer
    /// An offer or demand to pay in advance.
    case prepaymentOffer
    /// A demand for security.
    case depositRequest
    /// The notice of the end of the contract.
    case terminationNotice
    /// The warning that the debt will be reported to a credit bureau.
    case bureauWarning
  }

  /// What kind of address a notice went to.
  ///
  /// The address itself is personal data and is not kept with the notice.
  public enum AddressKind: String, CaseIterable, Hashable, Sendable {
    /// The postal address of the contract.
    case contract
    /// The declared residence.
    case declared
    /// The e-mail address given for contact.
    case contactEmail
    /// The customer's account in the self-service portal.
    case portalAccount
  }

  /// The notice's record id.
  public var id: String
  /// The customer.
  public var customer: CustomerReference
  /// The invoice that it is about; nil when it is about the whole debt.
  public var invoice: String?
  /// The day of sending.
  public var sent: CivilDate
  /// How it was sent.
  public var channel: Channel
  /// The debt that it names, if it names an amount.
  public var amount: Money?
  /// What it is; nil where nothing was stated: it then proves nothing but that something was sent.
  public var type: NoticeType?
  /// The contract that it is about, if it names one.
  public var contract: String?
  /// The last day to pay that it states, if it states one.
  public var deadline: CivilDate?
  /// How much of `amount` is principal, in its currency; zero or more.
  public var principal: Decimal?
  /// How much of `amount` is interest.
  public var interest: Decimal?
  /// How much of `amount` is contractual penalty.
  public var penalty: Decimal?
  /// How much of `amount` is the cost of recovery.
  public var costs: Decimal?
  /// What kind of address it went to.
  public var addressKind: AddressKind?
  /// The hash of the text as it was sent.
  public var contentHash: Digest?
  /// Name and version of the template of the text.
  public var template: String?
  /// The language of the text.
  public var language: Customer.Language?

  /// A notice as one record states it.
  public init(
    id: String, customer: CustomerReference, invoice: String? = nil, sent: CivilDate, channel: Channel,
    amount: Money? = nil, type: NoticeType? = nil, contract: String? = nil, deadline: CivilDate? = nil,
    principal: Decimal? = nil, interest: Decimal? = nil, penalty: Decimal? = nil, costs: Decimal? = nil,
    addressKind: AddressKind? = nil, contentHash: Digest? = nil, template: String? = nil,
    language: Customer.Language? = nil
  ) {
    self.id = id
    self.customer = customer
    self.invoice = invoice
    self.sent = sent
    self.channel = channel
    self.amount = amount
    self.type = type
    self.contract = contract
    self.deadline = deadline
    self.principal = principal
    self.interest = interest
    self.penalty = penalty
    self.costs = costs
    self.addressKind = addressKind
    self.contentHash = contentHash
    self.template = template
    self.language = language
  }

  /// The kind of fact.
  public static var factKind: FactKind { .debtNotice }
  /// The day of sending.
  public var trueFrom: CivilDate { sent }
}
