public import Facts
public import Values

/// The dated law of a rule set: it stands above the policy.
public struct Law: Hashable, Sendable {
  /// The provisions, by file and in the order of each file.
  public let provisions: [LawProvision]
  /// The provisions that bar or allow each outcome: few of all, and asked with every decision.
  private let provisionsAbout: [Outcome: [LawProvision]]

  /// The law of these provisions.
  public init(provisions: [LawProvision]) {
    self.provisions = provisions
    var about: [Outcome: [LawProvision]] = [:]
    for provision in provisions {
      switch provision.effect {
      case .orderBar(let outcomes, _), .permission(let outcomes):
        for outcome in outcomes { about[outcome, default: []].append(provision) }
      default: break
      }
    }
    provisionsAbout = about
  }

  /// What an outcome is asked to be lawful for.
  public struct Question: Sendable {
    /// The day of the decision.
    public var day: CivilDate
    /// The country whose law is asked.
    public var jurisdiction: Jurisdiction
    /// The kind of customer.
    public var customer: Customer.Kind
    /// Nil where no order is named: what any commodity's law bars is then barred.
    public var commodity: Contract.Commodity?
    /// What the law makes exceptions for.
    public var circumstances: Set<LawProvision.Circumstance>

    /// Makes a question.
    public init(
      day: CivilDate, jurisdiction: Jurisdiction, customer: Customer.Kind, commodity: Contract.Commodity?,
      circumstances: Set<LawProvision.Circumstance>
    ) {
      self.day = day
      self.jurisdiction = jurisdiction
      self.customer = customer
      self.commodity = commodity
      self.circumstances = circumstances
    }
  }

  /// The outcome that the law leaves of the policy's, and the provisions that stood against it.
  ///
  /// A bar only ever refers: the law keeps an order from being refused or burdened, an employee finds what is allowed.
  public func lawful(_ outcome: Outcome, _ question: Question) -> (outcome: Outcome, bars: [OrderBar]) {
    let needsPermission = question.customer != .business && Self.needsPermission.contains(outcome)
    let provisions = provisionsAbout[outcome] ?? []
    // Most outcomes are nothing that any provision speaks of.
    if provisions.isEmpty, !needsPermission { return (outcome, []) }
    let applying = provisions.filter {
      $0.applies(
        on: question.day, jurisdiction: question.jurisdiction.code, customer: question.customer)
    }
    func concerns(_ provision: LawProvision, whereUnknown: Bool) -> Bool {
      guard let commodities = provision.commodities else { return true }
      return question.commodity.map(commodities.contains) ?? whereUnknown
    }
    for provision in applying {
      if case .orderBar(_, let unless) = provision.effect,
        concerns(provision, whereUnknown: true), unless.isDisjoint(with: question.circumstances)
      {
        return (.refer, [OrderBar(provision: provision.id, barred: outcome, instead: .refer)])
      }
    }
    guard needsPermission else { return (outcome, []) }
    let allowed = applying.contains { provision in
      if case .permission = provision.effect { concerns(provision, whereUnknown: false) } else { false }
    }
    if allowed { return (outcome, []) }
    return (
      .refer, [OrderBar(provision: LawProvision.noPermission, barred: outcome, instead: .refer)]
    )
  }

  /// What a household is asked for only where a provision allows it.
  private static let needsPermission: Set<Outcome> = [.acceptWithDeposit, .prepayment]

  /// The ids of the provisions that allow an automated decision for a purpose on a day.
  func legalBasis(_ purpose: DecisionPurpose, on day: CivilDate) -> [String] {
    provisions.filter { provision in
      if case .legalBasis(let purposes) = provision.effect {
        purposes.contains(purpose) && provision.from <= day && day <= (provision.until ?? day)
      } else {
        false
      }
    }.map(\.id)
  }

  /// Within how many days a contested decision of a day is answered; nil where no provision says so.
  public func contestAnswerDays(on day: CivilDate) -> Int? {
    for provision in provisions {
      if case .contest(let days) = provision.effect, provision.from <= day, day <= (provision.until ?? day) {
        return days
      }
    }
    return nil
  }

  /// The provision of an id that was in force on a day.
  public func provision(_ id: String, on day: CivilDate) -> LawProvision? {
    provisions.first { $0.id == id && $0.from <= day && day <= ($0.until ?? day) }
  }
}
