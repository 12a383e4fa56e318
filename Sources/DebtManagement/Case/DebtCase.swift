public import Facts
public import Values

/// The open debt of one contract, or what stands of a restriction after it was paid: derived from facts, never stored.
///
/// It is opened on the day after the earliest open invoice was due, and closed when nothing past due is open any more and
/// no restriction is left to be undone.
public struct DebtCase: Hashable, Sendable {
  /// The supplier's customer number.
  public let customer: String
  /// The contract; nil for invoices that name none where the customer has several: these can only be reminded of.
  public let contract: String?
  /// What the contract supplies.
  public let commodity: Contract.Commodity
  /// Where it supplies it.
  public let deliveryPoint: String?
  /// Whose law applies: that of the delivery point, else of the customer.
  public let jurisdiction: Jurisdiction
  /// Whose claim it is.
  public let claimant: Contract.Claimant
  /// As what the customer has the contract.
  public let customerType: Contract.CustomerType
  /// The language that the customer is written to; nil where none was chosen.
  public let language: Customer.Language?
  /// The day at whose end the case stands.
  public let day: CivilDate
  /// The day after the earliest open invoice was due; nil where all is paid.
  public let openedOn: CivilDate?
  /// What is past due and not disputed, in its parts.
  public let amount: ClaimAmount
  /// The part of what is past due that is set aside because it is disputed.
  public let disputed: Decimal
  /// The open invoices past due, oldest due first.
  public let invoices: [ClaimInvoice]
  /// The first day after the case's on which an open invoice is past due that is not yet; nil where there is none.
  let nextDueOn: CivilDate?
  /// Whether all is paid that the restriction names, and where it names nothing, all that was past due.
  public let isPaid: Bool
  /// The notices of this delinquency, in the order of sending.
  public let notices: [NoticeStanding]
  /// The effects of earlier steps that never became void.
  public let effects: [EffectStanding]
  /// What is asked for and what is there of restrictions.
  public let restriction: RestrictionStanding
  /// How the payment plan stands.
  public let plan: PlanStanding
  /// The days after those on which instalments of it fall due.
  let planDays: [CivilDate]
  /// The operator's confirmations about the contract.
  let confirmations: [OperatorConfirmation]
  /// The holds in force on the claim, the contract or the customer.
  public let holds: [Hold]
  /// The open disputes, complaints and proceedings about the claim, as `kind:id`.
  public let disputes: [String]
  /// The statuses in force that protect the customer.
  public let protections: [Protection]
  /// The open insolvency entry; nil where there is none.
  public let insolvency: RegisterEntry?
  /// Who has the claim; nil where it is ours.
  public let assignment: ClaimAssignment?
  /// Whether the customer is known to have died.
  public let isDeceased: Bool
  /// Whether the delivery point is a permanent home that is not warm without electricity.
  public let hasElectricHeating: Bool
  /// The security that is held for the contract; never a payment.
  public let deposit: Decimal
  /// The customer's rating; nil where there is none.
  public let rating: String?
  /// Whether a person is still looking at a decision about it.
  public let isUnderReview: Bool
  /// The working days of the jurisdiction.
  let calendar: WorkingCalendar

  /// Days since the earliest open invoice was due.
  public var daysPastDue: Int { openedOn.map { $0.days(until: day) + 1 } ?? 0 }

  /// The currency of the amounts.
  public var currency: Currency { amount.currency }

  /// The notice of a step about any of these invoices that was proven first on a day at or after another; nil where none
  /// was.
  func proven(
    _ step: LadderStep, about claimed: [ClaimInvoice], from start: CivilDate?, by day: CivilDate
  ) -> NoticeStanding? {
    notices.filter { notice in
      notice.step == step && claimed.contains(where: notice.names) && start.map { notice.sent >= $0 } ?? true
        && notice.provenOn.map { $0 <= day } ?? false
    }.min { ($0.provenOn ?? .latest, $0.id) < ($1.provenOn ?? .latest, $1.id) }
  }
}
