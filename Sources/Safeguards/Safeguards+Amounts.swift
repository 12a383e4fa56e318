public import Facts
public import Values

/// By when service is to be restored once a debt is paid.
public struct ReleaseDuty: Hashable, Sendable {
  /// The last day by law.
  public let by: CivilDate
  /// Whether the published cost of the restoration has to be paid first (LV-G-3).
  public let costPaid: Bool
  /// The rule, as in `LV-E-4`.
  public let rule: String
}

extension Safeguards {
  /// What may be claimed beside the principal of these invoices on a day (LV-C-1 to LV-C-3, LV-E-6, LV-D-11).
  ///
  /// `notices` is how many notices of the debt were sent, the next one included; without one it is read from the facts.
  /// Nil where the contract is not known.
  public func amountCaps(
    contract: String, invoices: [String], currency: Currency, on day: CivilDate, facts: CustomerFacts,
    notices: Int? = nil
  ) -> ClaimLimits? {
    guard let claim = ClaimSubject(contract: contract, facts) else { return nil }
    let replay = ClaimReplay(facts, until: day, currency: currency)
    return ClaimLimits(
      Set(invoices).sorted().compactMap(replay.bill), on: day,
      notices: notices ?? Examination.noticesSent(contract, day, facts), law: law.entries(claim, on: day))
  }

  /// By when service has to be restored after a payment; nil where no provision says so.
  public func release(contract: String, paidOn day: CivilDate, facts: CustomerFacts) -> ReleaseDuty? {
    guard let claim = ClaimSubject(contract: contract, facts) else { return nil }
    let duties = law.entries(claim, on: day).compactMap { entry -> ReleaseDuty? in
      guard case .release(let release) = entry.rule, let by = self.day(release.count, after: day, claim)
      else {
        return nil
      }
      return ReleaseDuty(by: by, costPaid: release.costPaid, rule: entry.id)
    }
    return duties.min { $0.by < $1.by }
  }

  /// The tools that a claim allows on a day, whatever else stands against them.
  public func tools(_ claim: ClaimSubject, on day: CivilDate) -> Set<Tool> {
    law.entries(claim, on: day).reduce(into: []) { tools, entry in
      if case .tool(let allowed) = entry.rule { tools.formUnion(allowed) }
    }
  }
}
