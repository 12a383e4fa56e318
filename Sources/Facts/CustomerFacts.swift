/// All facts of one customer as one read of the store returned them.
///
/// The store has already chosen: one business date, one instant of knowledge, superseded facts left out.
public struct CustomerFacts: Hashable, Sendable {
  /// The customer, or nil when only other records have named it so far.
  public var customer: Recorded<Customer>?
  /// Supply contracts.
  public var contracts: [Recorded<Contract>] = []
  /// Invoices, negative ones among them.
  public var invoices: [Recorded<Invoice>] = []
  /// Credit notes.
  public var creditNotes: [Recorded<CreditNote>] = []
  /// Payments, reversed ones among them.
  public var payments: [Recorded<Payment>] = []
  /// Reversals of payments.
  public var reversals: [Recorded<Reversal>] = []
  /// Debt notices sent.
  public var debtNotices: [Recorded<DebtNotice>] = []
  /// Disputes of invoices.
  public var disputes: [Recorded<Dispute>] = []
  /// Entries of public registers.
  public var registerEntries: [Recorded<RegisterEntry>] = []
  /// Entries of arrears registers.
  public var arrearsEntries: [Recorded<ArrearsEntry>] = []
  /// What became of debt notices.
  public var noticeDeliveries: [Recorded<NoticeDelivery>] = []
  /// Complaints about claims.
  public var complaints: [Recorded<Complaint>] = []
  /// Payment plans.
  public var paymentPlans: [Recorded<PaymentPlan>] = []
  /// Instalments of payment plans, those to come among them.
  public var planInstalments: [Recorded<PlanInstalment>] = []
  /// Statuses that protect the customer.
  public var protections: [Recorded<Protection>] = []
  /// What the law asks about the places supplied.
  public var dwellings: [Recorded<Dwelling>] = []
  /// Deposits, those given back among them.
  public var deposits: [Recorded<Deposit>] = []
  /// The network operator's confirmations.
  public var operatorConfirmations: [Recorded<OperatorConfirmation>] = []
  /// Claims handed over to collectors.
  public var claimAssignments: [Recorded<ClaimAssignment>] = []
  /// Holds.
  public var holds: [Recorded<Hold>] = []

  /// The facts of a customer of whom nothing is known yet.
  public init(customer: Recorded<Customer>? = nil) {
    self.customer = customer
  }

  /// How many facts there are.
  public var count: Int {
    (customer == nil ? 0 : 1) + contracts.count + invoices.count + creditNotes.count + payments.count
      + reversals.count + debtNotices.count + disputes.count + registerEntries.count + arrearsEntries.count
      + noticeDeliveries.count + complaints.count + paymentPlans.count + planInstalments.count
      + protections.count + dwellings.count + deposits.count + operatorConfirmations.count
      + claimAssignments.count + holds.count
  }

  /// Makes room for so many facts of a kind.
  public mutating func reserveCapacity(_ count: Int, for kind: FactKind) {
    guard count > 1 else { return }
    switch kind {
    case .customer: break
    case .contract: contracts.reserveCapacity(count)
    case .invoice: invoices.reserveCapacity(count)
    case .creditNote: creditNotes.reserveCapacity(count)
    case .payment: payments.reserveCapacity(count)
    case .reversal: reversals.reserveCapacity(count)
    case .debtNotice: debtNotices.reserveCapacity(count)
    case .dispute: disputes.reserveCapacity(count)
    case .registerEntry: registerEntries.reserveCapacity(count)
    case .arrearsEntry: arrearsEntries.reserveCapacity(count)
    case .noticeDelivery: noticeDeliveries.reserveCapacity(count)
    case .complaint: complaints.reserveCapacity(count)
    case .paymentPlan: paymentPlans.reserveCapacity(count)
    case .planInstalment: planInstalments.reserveCapacity(count)
    case .protection: protections.reserveCapacity(count)
    case .dwelling: dwellings.reserveCapacity(count)
    case .deposit: deposits.reserveCapacity(count)
    case .operatorConfirmation: operatorConfirmations.reserveCapacity(count)
    case .claimAssignment: claimAssignments.reserveCapacity(count)
    case .hold: holds.reserveCapacity(count)
    }
  }

  /// Adds a stored fact to the list of its kind.
  public mutating func append(_ fact: Fact, factID: Int, provenance: Provenance) {
    func recorded<Content: FactContent>(_ content: Content) -> Recorded<Content> {
      Recorded(factID: factID, fact: content, provenance: provenance)
    }
    switch fact {
    case .customer(let content): customer = recorded(content)
    case .contract(let content): contracts.append(recorded(content))
    case .invoice(let content): invoices.append(recorded(content))
    case .creditNote(let content): creditNotes.append(recorded(content))
    case .payment(let content): payments.append(recorded(content))
    case .reversal(let content): reversals.append(recorded(content))
    case .debtNotice(let content): debtNotices.append(recorded(content))
    case .dispute(let content): disputes.append(recorded(content))
    case .registerEntry(let content): registerEntries.append(recorded(content))
    case .arrearsEntry(let content): arrearsEntries.append(recorded(content))
    case .noticeDelivery(let content): noticeDeliveries.append(recorded(content))
    case .complaint(let content): complaints.append(recorded(content))
    case .paymentPlan(let content): paymentPlans.append(recorded(content))
    case .planInstalment(let content): planInstalments.append(recorded(content))
    case .protection(let content): protections.append(recorded(content))
    case .dwelling(let content): dwellings.append(recorded(content))
    case .deposit(let content): deposits.append(recorded(content))
    case .operatorConfirmation(let content): operatorConfirmations.append(recorded(content))
    case .claimAssignment(let content): claimAssignments.append(recorded(content))
    case .hold(let content): holds.append(recorded(content))
    }
  }
}
