import Access
import DebtManagement
import Decisioning
import FactStore
import Facts
import Formats
import SQLite
import Safeguards
import Values

extension Command {
  /// `bonitas debt show`: one customer's debts and their time line.
  static let debtShow = Command(
    "debt show",
    summary: "Show a customer's debts: the time line, where each stands, what the law says of the next step.",
    positionals: [DebtOptions.customer], options: [DebtOptions.contract], takesTimes: .both,
    needs: .permission(.readPersonalData),
    examples: [
      Example("bonitas debt show CAST-14 --business-date 2026-06-30", "A customer who stopped paying.")
    ], run: Showing.run)
}

private enum Showing {
  static func run(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let number = try arguments.required(DebtOptions.customer)
    let (day, knownAt) = (arguments.businessDate(edge), arguments.knownAt(edge))
    let desk = try arguments.debtDesk(edge, on: day)
    let key = try arguments.debtor(number, edge)
    try arguments.recordRead(
      by: "debt show", of: [key], about: ["businessDate": .string("\(day)")], in: desk.store, edge)
    let (facts, findings, effects, wrongful) = try failing {
      try desk.store.read { reader throws(DebtError) in
        let facts = try desk.facts(of: key, on: day, knownAt: knownAt, reader)
        return (
          facts, try desk.findings(of: key, facts, on: day, knownAt: knownAt, reader),
          try desk.effects(of: key, reader), try desk.wrongful(of: key, reader)
        )
      }
    }
    let chosen = findings.filter { finding in
      arguments[DebtOptions.contract].map { finding.debt.contract == $0 } ?? true
    }
    let line = DebtTimeline(
      facts, effects, wrongful: wrongful, contract: arguments[DebtOptions.contract], until: day)
    if arguments.wantsJSON {
      edge.output.json([
        "customer": .string(number), "businessDate": .string(day.description),
        "cases": .array(chosen.map(\.json)), "timeline": .array(line.entries.map(\.json)),
      ])
      return .done
    }
    let name = facts.customer?.fact.name.map { ", \($0)" } ?? ""
    edge.output.line(visible("\(number)\(name)") + ", as of \(day)")
    if chosen.isEmpty { edge.output.line("Nothing is past due, and nothing is restricted.") }
    for finding in chosen {
      write(finding, desk.outlook(finding, facts), to: edge.output)
    }
    edge.output.line()
    edge.output.line(edge.output.style(.heading, "Time line"))
    line.write(to: edge.output)
    return .done
  }

  private static func write(_ finding: CaseFinding, _ report: SafeguardReport?, to output: TextStream) {
    let (debt, proposal) = (finding.debt, finding.proposal)
    output.line()
    output.line(
      output.style(.heading, visible("Contract \(debt.contract ?? "not named")"))
        + visible(", \(debt.commodity.rawValue), \(debt.jurisdiction), claim of the \(debt.claimant.words)"))
    var rows: [(String, String)] = [
      ("past due", "\(DebtOptions.amount(debt.amount.money)), \(counted(debt.daysPastDue, "day"))"),
      (
        "parts",
        "principal \(debt.amount.principal.text(fractionDigits: 2)), interest "
          + "\(debt.amount.interest.text(fractionDigits: 2)), penalty \(debt.amount.penalty.text(fractionDigits: 2)), "
          + "costs \(debt.amount.costs.text(fractionDigits: 2))"
      ),
      ("stage", (proposal.stage?.rawValue ?? "none") + (proposal.stageOn.map { " since \($0)" } ?? "")),
      ("next", "\(proposal.next?.rawValue ?? "none") – \(finding.words)"),
    ]
    if debt.disputed > 0 { rows.append(("disputed", debt.disputed.text(fractionDigits: 2))) }
    if debt.plan != .none { rows.append(("plan", debt.plan.rawValue)) }
    for hold in debt.holds {
      rows.append(("hold", "\(hold.id): \(hold.reason)" + (hold.until.map { ", until \($0)" } ?? "")))
    }
    for row in rows { output.hanging(indent: 2, head: row.0, headWidth: 8, body: visible(row.1)) }
    guard let report, !report.clocks.isEmpty else { return }
    output.line()
    var table = Table([
      .init("clock of the law"), .init("starts"), .init("runs"), .init("earliest"),
      .init("evidence", .left, .wraps),
    ])
    for clock in report.clocks {
      table.add([
        .init(clock.rule), .init(clock.startDay?.description ?? "not begun"),
        .init("\(clock.count.days) \(clock.count.unit.rawValue) days"),
        .init(clock.earliest?.description ?? "", clock.earliest == report.earliest ? .emphasis : .plain),
        .init(visible(clock.evidence.joined(separator: ", "))),
      ])
    }
    table.write(to: output, indent: 2)
    let standing = report.standing
    if !standing.isEmpty {
      output.wrapped(
        "Barred by law: "
          + visible(
            standing.map { bar in
              "\(bar.code.rawValue) (\(bar.rule)\(bar.evidence.isEmpty ? "" : ": " + bar.evidence.joined(separator: ", ")))"
            }.joined(separator: "; ")), indent: 2)
    }
  }
}

extension Contract.Claimant {
  fileprivate var words: String {
    switch self {
    case .supplier: "supplier"
    case .networkOperator: "network operator"
    }
  }
}
