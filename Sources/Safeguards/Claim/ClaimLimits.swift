public import Values

/// What the law lets a creditor claim beside the principal; nil where no provision speaks of it.
public struct ClaimLimits: Hashable, Sendable {
  /// What was billed under the claim's invoices.
  public let billed: Decimal
  /// What of it is open.
  public let outstanding: Decimal
  /// The most interest: what the statutory rate gives (LV-C-1), and at most the open principal (LV-C-3).
  public let interest: Decimal?
  /// The most contractual penalty (LV-C-2, LV-E-6).
  public let penalty: Decimal?
  /// The most costs of recovery (LV-D-11).
  public let costs: Decimal?

  /// The limits for bills on a day, by these entries; `notices` were sent about the debt.
  init(_ bills: [ClaimBill], on day: CivilDate, notices: Int, law: [DebtLawEntry]) {
    billed = bills.reduce(0) { $0 + $1.billed }
    outstanding = bills.reduce(0) { $0 + $1.outstanding }
    var limits: [LawCap.Subject: Decimal] = [:]
    func lower(_ subject: LawCap.Subject, to limit: Decimal) {
      limits[subject] = min(limits[subject] ?? limit, limit)
    }
    for entry in law {
      switch entry.rule {
      case .interest(let interest):
        let sum = bills.reduce(Decimal.zero) { sum, bill in
          sum
            + bill.accrued(until: day, turns: interest.turns(bill.due, day)) {
              interest.rate(on: $0).divided(by: 36_500) ?? 0
            }
        }
        lower(.interest, to: sum)
      case .cap(let cap):
        switch cap.limit {
        case .share(let share):
          lower(cap.subject, to: share * (cap.subject == .interest ? outstanding : billed))
        case .perDay(let share):
          lower(cap.subject, to: bills.reduce(0) { $0 + $1.accrued(until: day, turns: []) { _ in share } })
        case .acts(let first, let other): lower(cap.subject, to: notices > 1 ? first + other : first)
        }
      default: break
      }
    }
    interest = limits[.interest]
    penalty = limits[.penalty]
    costs = limits[.costs]
  }
}

extension LawInterest {
  /// The days before those on which the rate may change: the last of June and of December.
  fileprivate func turns(_ from: CivilDate, _ until: CivilDate) -> [CivilDate] {
    guard !base.isEmpty, from.year <= until.year else { return [] }
    return (from.year...until.year).flatMap { year in
      [(6, 30), (12, 31)].compactMap { CivilDate(year: year, month: $0.0, day: $0.1) }
    } + base.compactMap { $0.from.adding(days: -1) }
  }
}
