public import Decisioning
public import Facts
public import Values

extension DebtCase {
  /// What a case is derived from beside the customer's facts.
  public struct Surroundings: Sendable {
    /// The effects of earlier steps, in the order of storing.
    public var effects: [EffectStanding]
    /// The customer's rating; nil where there is none.
    public var rating: String?
    /// The contracts about which a person is still looking at a decision.
    public var contractsUnderReview: Set<String>
    /// The working days by country.
    public var calendars: Calendars
    /// The rates of statutory interest.
    public var interest: InterestRates

    /// Surroundings.
    public init(
      effects: [EffectStanding] = [], rating: String? = nil, contractsUnderReview: Set<String> = [],
      calendars: Calendars, interest: InterestRates
    ) {
      self.effects = effects
      self.rating = rating
      self.contractsUnderReview = contractsUnderReview
      self.calendars = calendars
      self.interest = interest
    }
  }

  /// The cases of a customer at the end of a day, in the order of their contracts, the one without a contract last.
  ///
  /// One a contract and currency; an invoice that names no contract belongs to the customer's only one. Facts that are true
  /// only after the day are passed over, and what two sources tell counts once. A customer of whom there is no record has none.
  public static func cases(
    facts: CustomerFacts, on day: CivilDate, _ surroundings: Surroundings
  ) -> [DebtCase] {
    let facts = facts.countedOnce
    guard let customer = facts.customer?.fact else { return [] }
    let contracts = facts.contracts.map(\.fact).filter { $0.start <= day }
    let only = contracts.count == 1 ? contracts.first?.id : nil
    let known = Set(contracts.map(\.id))
    var cases: [DebtCase] = []
    for currency in Set(facts.invoices.map(\.fact.amount.currency)).sorted() {
      let ledger = Ledger(facts, businessDate: day, currency: currency)
      let bills = Dictionary(facts.invoices.map { ($0.factID, $0.fact) }) { first, _ in first }
      var places: [String?: [Int]] = [:]
      for (place, standing) in ledger.invoices.enumerated() {
        let named = bills[standing.factID]?.contract
        let contract = named.flatMap { known.contains($0) ? $0 : nil } ?? (named == nil ? only : nil)
        places[contract, default: []].append(place)
      }
      for contract in known.sorted().map(Optional.some) + [nil] {
        guard let places = places[contract] else { continue }
        let derived = DebtCase(
          customer, contracts.first { $0.id == contract }, facts, on: day, surroundings,
          CaseLedger(ledger, places: places, bills: bills))
        if let derived { cases.append(derived) }
      }
    }
    return cases
  }

  private init?(
    _ customer: Customer, _ contract: Contract?, _ facts: CustomerFacts, on day: CivilDate,
    _ surroundings: Surroundings, _ ledger: CaseLedger
  ) {
    let effects = surroundings.effects.filter { $0.contract == contract?.id && $0.progress != .void }
    let restriction = RestrictionStanding(facts, surroundings.effects, contract, on: day)
    let isRestricted =
      restriction.terminatedOn == nil && (restriction.requested != nil || restriction.inEffect != nil)
    let ids = Set(ledger.ids)
    let insolvency = facts.registerEntries.map(\.fact).first {
      $0.type == .insolvency && $0.isInForce(on: day)
    }
    let type = contract?.customerType ?? (customer.kind == .business ? .business : .household)
    let country = contract?.jurisdiction ?? customer.jurisdiction
    // It stops with insolvency too (LV-C-3).
    let invoices = ledger.pastDue(
      on: day, rates: surroundings.interest.rates(country, type),
      interestUntil: min(day, insolvency?.since ?? day))
    guard !invoices.isEmpty || isRestricted else { return nil }
    let openedOn = invoices.first.flatMap { $0.due.adding(days: 1) }
    let protections = facts.protections.map(\.fact).filter { $0.isInForce(on: day) }
    self.customer = customer.number
    self.contract = contract?.id
    commodity = contract?.commodity ?? .other
    deliveryPoint = contract?.deliveryPoint
    jurisdiction = country
    claimant = contract?.claimant ?? .supplier
    customerType = type
    language = customer.language
    self.day = day
    self.openedOn = openedOn
    amount = ClaimAmount(invoices, currency: ledger.currency)
    disputed = invoices.reduce(0) { $0 + $1.disputed }
    self.invoices = invoices
    nextDueOn = ledger.nextDue(on: day)
    // What a restriction names has to be settled whatever else is owed, for gas with what restoring costs (LV-G-3).
    isPaid =
      restriction.invoices.isEmpty
      ? invoices.isEmpty : ledger.isSettled(restriction.invoices, commodity: commodity)
    let letters = Dictionary(effects.map { ($0.id, $0.invoices) }) { first, _ in first }
    notices = facts.debtNotices.map(\.fact).filter { $0.contract == contract?.id }
      .compactMap { NoticeStanding($0, naming: letters[$0.id], facts, on: day) }
      .filter { notice in
        openedOn.map { notice.sent >= $0 } ?? false && restriction.undoneOn.map { notice.sent >= $0 } ?? true
      }
      .sorted { ($0.sent, $0.id) < ($1.sent, $1.id) }
    self.effects = effects
    self.restriction = restriction
    plan = PlanStanding(facts, contract: contract?.id, on: day, received: ledger.received)
    planDays = PlanStanding.days(facts, contract: contract?.id)
    confirmations = facts.operatorConfirmations.map(\.fact).filter {
      $0.contract == contract?.id && $0.date <= day
    }
    holds = facts.holds.map(\.fact).filter { hold in
      hold.isInForce(on: day)
        && Self.concerns(hold.contract, hold.invoice, contract: contract?.id, invoices: ids)
    }
    disputes = Self.disputes(facts, contract: contract?.id, invoices: ids, on: day)
    self.protections = protections
    self.insolvency = insolvency
    assignment = facts.claimAssignments.map(\.fact)
      .first { $0.contract == contract?.id && $0.isInForce(on: day) }
    isDeceased =
      protections.contains { $0.kind == .deceased }
      || facts.registerEntries.contains { $0.fact.type == .deceased && $0.fact.isInForce(on: day) }
    hasElectricHeating = facts.dwellings.contains { dwelling in
      dwelling.fact.isInForce(on: day) && dwelling.fact.deliveryPoint == contract?.deliveryPoint
        && dwelling.fact.isPermanentHome && dwelling.fact.needsElectricityToHeat
    }
    deposit = facts.deposits.map(\.fact)
      .filter { $0.contract == contract?.id && $0.date <= day && $0.amount.currency == ledger.currency }
      .reduce(0) { $0 + $1.amount.amount }
    rating = surroundings.rating
    isUnderReview = contract.map { surroundings.contractsUnderReview.contains($0.id) } ?? false
    calendar = surroundings.calendars[jurisdiction]
  }

  /// Whether something about a contract, an invoice or everything concerns a case.
  private static func concerns(
    _ named: String?, _ invoice: String?, contract: String?, invoices: Set<String>
  ) -> Bool {
    if let invoice { return invoices.contains(invoice) }
    return named == nil || named == contract
  }

  /// What is open of disputes and complaints about a claim.
  ///
  /// An objection that was answered with reasons stands no longer, though it is not closed (LV-B-1).
  private static func disputes(
    _ facts: CustomerFacts, contract: String?, invoices: Set<String>, on day: CivilDate
  ) -> [String] {
    let disputes = facts.disputes.map(\.fact).filter { $0.isOpen(on: day) && invoices.contains($0.invoice) }
    let complaints = facts.complaints.map(\.fact).filter { complaint in
      guard complaint.isOpen(on: day) else { return false }
      if complaint.kind == .objection, let replied = complaint.repliedOn, replied <= day { return false }
      return concerns(complaint.contract, complaint.invoice, contract: contract, invoices: invoices)
    }
    return disputes.map { "dispute:\($0.id)" } + complaints.map { "complaint:\($0.id)" }
  }
}
