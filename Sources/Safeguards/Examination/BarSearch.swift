import Facts
import Values

/// Finds what forbids a request: what the law data name, and what is checked whatever they say.
struct BarSearch {
  let request: RestrictionRequest
  let facts: CustomerFacts
  let records: BarRecords
  let bills: [ClaimBill]
  let limits: ClaimLimits
  /// The entries in force on the day of the request that are about the tool, and those about no tool.
  let today: [DebtLawEntry]

  /// Whether an entry allows the tool for such a claim.
  var isToolAllowed: Bool { tool != nil }

  private var tool: DebtLawEntry? {
    today.first { if case .tool(let tools) = $0.rule { tools.contains(request.tool) } else { false } }
  }

  func findings() -> [BarFinding] {
    var findings: [BarFinding] = []
    for entry in today {
      guard case .bar(let code, _) = entry.rule else { continue }
      let evidence = records.evidence(code)
      findings.append(
        BarFinding(code: code, rule: entry.id, stands: !evidence.isEmpty, evidence: evidence.sorted()))
    }
    func enter(_ code: BarCode, _ rule: String?, _ evidence: [String]) {
      findings.append(
        BarFinding(
          code: code, rule: rule ?? BarFinding.always, stands: !evidence.isEmpty, evidence: evidence.sorted())
      )
    }
    enter(.toolNotAllowed, tool?.id, tool == nil ? [request.tool.rawValue] : [])
    enter(.unknownContract, nil, [])
    checkInvoices(enter)
    checkAmounts(enter)
    return findings
  }

  // MARK: what is checked whatever the data say

  private func checkInvoices(_ enter: (BarCode, String?, [String]) -> Void) {
    func check(_ code: BarCode, _ evidence: [String]) { enter(code, nil, evidence) }
    let known = Dictionary(facts.invoices.map { ($0.fact.id, $0.fact) }) { first, _ in first }
    let named = request.invoices.compactMap { known[$0] }
    let unknown = request.invoices.filter { known[$0]?.issued ?? .latest > request.on }
    check(.unknownInvoice, request.invoices.isEmpty ? [request.contract] : unknown)
    check(.otherContract, named.filter { !bills($0) }.map(\.id))
    check(.invoiceTwice, Set(request.invoices).count < request.invoices.count ? request.invoices : [])
    check(
      .notOverdue,
      bills.filter { $0.due >= request.on || $0.outstanding <= 0 }.map(\.id)
        + named.filter { $0.amount.amount < 0 }.map(\.id))
    check(.notSupply, named.filter { ![.supply, .network].contains($0.subject ?? .supply) }.map(\.id))
    check(.otherCurrency, named.filter { $0.amount.currency != request.amount.currency }.map(\.id))
    check(.unconvertedMoney, unconvertedMoney(known))
    var limits: [(rule: String, years: Int)] = []
    for entry in today { if case .limitation(let years, _) = entry.rule { limits.append((entry.id, years)) } }
    let old = bills.filter { bill in
      limits.contains { bill.due.adding(months: 12 * $0.years).map { $0 < request.on } ?? false }
    }
    enter(.timeBarred, limits.first?.rule, old.map(\.id))
  }

  /// Whether an invoice bills the contract: it names it, or the customer has no other.
  private func bills(_ invoice: Invoice) -> Bool {
    if let contract = invoice.contract { return contract == request.contract }
    return Set(facts.contracts.map(\.fact.id)) == [request.contract]
  }

  /// Money of another currency that names the claim, or nothing that is known.
  private func unconvertedMoney(_ known: [String: Invoice]) -> [String] {
    let since = bills.map(\.issued).min() ?? request.on
    func concerns(_ invoice: String?, _ date: CivilDate, _ amount: Money) -> Bool {
      guard date <= request.on, amount.currency != request.amount.currency else { return false }
      if let invoice, let other = known[invoice] {
        return request.invoices.contains(invoice) && other.amount.currency == request.amount.currency
      }
      return since <= date
    }
    return facts.payments.map(\.fact).filter {
      concerns($0.invoice, $0.date, $0.amount) && !records.isReversed($0.id)
    }.map(\.id)
      + facts.creditNotes.map(\.fact).filter { concerns($0.invoice, $0.issued, $0.amount) }.map(\.id)
  }

  private func checkAmounts(_ enter: (BarCode, String?, [String]) -> Void) {
    let principal = request.amount.amount
    func check(_ code: BarCode, _ rule: String?, _ stands: Bool) {
      enter(code, rule, stands ? [request.contract] : [])
    }
    let parts = [request.interest, request.penalty, request.costs]
    check(.notPositive, nil, principal <= 0 || parts.contains { $0 < 0 })
    check(.amountTooHigh, nil, principal > limits.outstanding)
    var floors: [(rule: String, amount: Decimal)] = []
    var noCut: (rule: String, holds: Bool)?
    for entry in today {
      if case .floor(let amount, _) = entry.rule { floors.append((entry.id, amount)) }
      if case .noCutDays(let days) = entry.rule {
        noCut = (entry.id, noCut?.holds ?? false || days.contains(request.on))
      }
    }
    let floor = floors.max { $0.amount < $1.amount }
    check(.underFloor, floor?.rule, min(principal, limits.outstanding) < floor?.amount ?? 0)
    check(.interestTooHigh, rule(.interest), limits.interest.map { request.interest > $0 } ?? false)
    check(.penaltyTooHigh, rule(.penalty), limits.penalty.map { request.penalty > $0 } ?? false)
    check(.costsTooHigh, rule(.costs), limits.costs.map { request.costs > $0 } ?? false)
    check(.noCutDay, noCut?.rule, noCut?.holds ?? false)
  }

  private func rule(_ subject: LawCap.Subject) -> String? {
    today.first { entry in
      if case .cap(let cap) = entry.rule { return cap.subject == subject }
      if case .interest = entry.rule { return subject == .interest }
      return false
    }?.id
  }
}
