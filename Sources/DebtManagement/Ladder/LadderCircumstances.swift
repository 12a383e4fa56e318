import FEEL
public import Facts
public import Values

/// All that `service-restriction.dmn` looks at, on one day.
///
/// Numbers of days are 0 where what they count from has not happened.
public struct LadderCircumstances: Hashable, Sendable {
  /// Whether a restriction is asked for or there.
  public enum Restriction: String, CaseIterable, Hashable, Sendable {
    /// Neither.
    case none
    /// The operator has a request that it has not answered.
    case requested
    /// Supply is interrupted or limited.
    case inEffect = "in effect"
  }

  /// The country of the delivery point.
  public var jurisdiction: Jurisdiction
  /// What the contract supplies.
  public var commodity: Contract.Commodity
  /// Whose claim it is.
  public var claimant: Contract.Claimant
  /// As what the customer has the contract.
  public var customerType: Contract.CustomerType
  /// The customer's rating; nil where there is none.
  public var rating: String?
  /// What is past due of what the next step would be about, disputed amounts left out.
  public var overdue: Decimal
  /// Days since the earliest overdue invoice was due.
  public var daysPastDue: Int
  /// The last step that is proven complete; nil where none is.
  public var stage: LadderStep?
  /// Days since it was complete.
  public var daysSinceStage = 0
  /// A step begun and not proven yet; nil where there is none.
  public var stepInHand: LadderStep?
  /// Days since it was begun.
  public var daysInHand = 0
  /// Days since the debt notice was received.
  public var daysSinceDebtNotice = 0
  /// Days since the restriction warning was sent.
  public var daysSinceWarning = 0
  /// Working days since the restriction warning was sent.
  public var workingDaysSinceWarning = 0
  /// Whether the last day to pay is over that the newest warning or termination notice states.
  public var isDeadlinePassed = false
  /// Days since the termination notice was sent.
  public var daysSinceTerminationNotice = 0
  /// For how many days supply is interrupted.
  public var daysRestricted = 0
  /// Whether the law gives time for a passing inability to pay.
  public var isTemporarilyInsolvent = false
  /// Whether the dwelling is a permanent home that is not warm without electricity.
  public var hasElectricHeating = false
  /// Whether it is the heating season.
  public var isHeatingSeason = false
  /// How the payment plan stands.
  public var plan = PlanStanding.none
  /// Whether the claim is in dispute.
  public var isDisputed = false
  /// Whether somebody holds it.
  public var isOnHold = false
  /// Whether the household is protected.
  public var isProtected = false
  /// Whether the processing of the data is restricted.
  public var isDataRestricted = false
  /// Whether insolvency proceedings are open.
  public var isInsolvent = false
  /// Whether the claim is with a collector.
  public var isSold = false
  /// Whether the customer has died.
  public var isDeceased = false
  /// Whether a person is still looking at a decision about it.
  public var isUnderReview = false
  /// Whether a restriction is asked for or there.
  public var restriction = Restriction.none
  /// Whether all that is overdue, or that the restriction names, is paid.
  public var isPaid = false

  /// Circumstances in which nothing is known beside these.
  public init(
    jurisdiction: Jurisdiction, commodity: Contract.Commodity, claimant: Contract.Claimant,
    customerType: Contract.CustomerType, rating: String? = nil, overdue: Decimal, daysPastDue: Int,
    stage: LadderStep? = nil
  ) {
    self.jurisdiction = jurisdiction
    self.commodity = commodity
    self.claimant = claimant
    self.customerType = customerType
    self.rating = rating
    self.overdue = overdue
    self.daysPastDue = daysPastDue
    self.stage = stage
  }
}

extension LadderCircumstances {
  /// The inputs of the model, by their names.
  enum Input: String, CaseIterable, Sendable {
    case jurisdiction = "Jurisdiction"
    case commodity = "Commodity"
    case claimant = "Claimant"
    case customerType = "Customer type"
    case rating = "Rating"
    case overdue = "Overdue amount"
    case daysPastDue = "Days past due"
    case stage = "Stage"
    case daysSinceStage = "Days since stage"
    case stepInHand = "Step in hand"
    case daysInHand = "Days in hand"
    case daysSinceDebtNotice = "Days since debt notice"
    case daysSinceWarning = "Days since warning"
    case workingDaysSinceWarning = "Working days since warning"
    case deadlinePassed = "Deadline passed"
    case daysSinceTerminationNotice = "Days since termination notice"
    case daysRestricted = "Days restricted"
    case temporaryInsolvency = "Temporary insolvency"
    case electricHeating = "Electric heating"
    case heatingSeason = "Heating season"
    case plan = "Plan"
    case disputed = "Disputed"
    case onHold = "On hold"
    case protected = "Protected"
    case dataRestricted = "Data restricted"
    case insolvent = "Insolvent"
    case sold = "Sold"
    case deceased = "Deceased"
    case pendingReview = "Pending review"
    case restriction = "Restriction"
    case debtPaid = "Debt paid"
  }

  /// The word for no step.
  static let none = "none"

  /// The value of an input.
  func value(_ input: Input) -> Value {
    func count(_ number: Int) -> Value { .number(Decimal(max(0, number))) }
    func step(_ step: LadderStep?) -> Value { .string(step?.rawValue ?? Self.none) }
    return switch input {
    case .jurisdiction: .string(jurisdiction.code)
    case .commodity: .string(commodity.rawValue)
    case .claimant: .string(claimant.rawValue)
    case .customerType: .string(customerType.rawValue)
    case .rating: rating.map { .string($0) } ?? .null
    case .overdue: .number(max(0, overdue))
    case .daysPastDue: count(daysPastDue)
    case .stage: step(stage)
    case .daysSinceStage: count(daysSinceStage)
    case .stepInHand: step(stepInHand)
    case .daysInHand: count(daysInHand)
    case .daysSinceDebtNotice: count(daysSinceDebtNotice)
    case .daysSinceWarning: count(daysSinceWarning)
    case .workingDaysSinceWarning: count(workingDaysSinceWarning)
    case .deadlinePassed: .boolean(isDeadlinePassed)
    case .daysSinceTerminationNotice: count(daysSinceTerminationNotice)
    case .daysRestricted: count(daysRestricted)
    case .temporaryInsolvency: .boolean(isTemporarilyInsolvent)
    case .electricHeating: .boolean(hasElectricHeating)
    case .heatingSeason: .boolean(isHeatingSeason)
    case .plan: .string(plan.rawValue)
    case .disputed: .boolean(isDisputed)
    case .onHold: .boolean(isOnHold)
    case .protected: .boolean(isProtected)
    case .dataRestricted: .boolean(isDataRestricted)
    case .insolvent: .boolean(isInsolvent)
    case .sold: .boolean(isSold)
    case .deceased: .boolean(isDeceased)
    case .pendingReview: .boolean(isUnderReview)
    case .restriction: .string(restriction.rawValue)
    case .debtPaid: .boolean(isPaid)
    }
  }
}
