import Access
import DebtManagement
import Decisioning
import FactStore
import Facts
import Formats
import Ingestion
import SQLite
import Safeguards
import Values

extension Command {
  /// `bonitas debt plan`: what would be done.
  static let debtPlan = Command(
    "debt plan",
    summary: "Say what debt management would do on a day; nothing is done.",
    discussion: """
      Goes through every customer with a debt and writes down the steps that are due, how many and how much of each, \
      and who is barred by what. --output keeps the plan as a file for 'bonitas debt apply'; the file carries a digest, \
      so what was edited by hand is refused.
      """,
    options: [Planning.output, DebtOptions.customers], takesTimes: .both,
    needs: .permission(.readPersonalData),
    examples: [
      Example("bonitas debt plan --business-date 2026-06-30", "What would be done that day."),
      Example(
        "bonitas debt plan --business-date 2026-06-30 --output plan.json", "The same, kept to be applied."),
    ], run: Planning.run)
}

private enum Planning {
  static let output = Option("output", .path("FILE"), "Keep the plan in this file.")

  static func run(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let day = arguments.businessDate(edge)
    let desk = try arguments.debtDesk(edge, on: day)
    let numbers = arguments.all(DebtOptions.customers)
    let progress = Progress("debt plan", unit: "customers", on: edge.errors)
    let plan = try failing {
      try DebtPlanner(desk).plan(
        on: day, knownAt: arguments.knownAt(edge), only: numbers.isEmpty ? nil : Set(numbers),
        progress: { progress.report($0, of: $1) })
    }
    progress.finish()
    let customers = plan.actions.map(\.customer) + plan.barred.map(\.customer)
    if !customers.isEmpty {
      try arguments.recordRead(
        by: "debt plan", of: try arguments.keys(of: customers, edge),
        about: ["plan": .string(plan.digest.hexadecimal)], in: desk.store, edge)
    }
    if let path = arguments[output] {
      let file = try OutputFile(path, sparing: arguments.database(edge))
      try file.write(plan.json.canonicalBytes + [0x0A])
      try file.finish()
    }
    if arguments.wantsJSON {
      edge.output.json(plan.json)
    } else {
      write(plan, to: edge.output)
      if let path = arguments[output] {
        edge.output.line("'bonitas debt apply \(visible(path))' does it; run \(plan.run).")
      } else if !plan.actions.isEmpty {
        edge.output.line("With --output FILE it is kept, so that 'bonitas debt apply FILE' can do it.")
      }
    }
    return .done
  }

  static func write(_ plan: DebtPlan, to output: TextStream) {
    output.line("Plan for \(plan.businessDate): \(counted(plan.cases, "open case")).")
    if !plan.actions.isEmpty {
      output.line()
      var table = Table([
        .init("step"), .init("law"), .init("cases", .right), .init("amount", .right),
        .init("by a person", .right),
      ])
      for group in plan.groups {
        table.add([
          .init(group.step.rawValue, .emphasis), .init(group.jurisdiction.code), .init(group.count),
          .init(DebtOptions.amount(group.amount)), .init(group.approvals),
        ])
      }
      table.write(to: output)
    }
    if !plan.barred.isEmpty {
      output.line()
      var table = Table([
        .init("barred"), .init("contract"), .init("step"), .init("earliest"), .init("because", .left, .wraps),
      ])
      for barred in plan.barred {
        table.add([
          .init(visible(barred.customer)), .init(visible(barred.contract ?? "-")),
          .init(barred.step.rawValue),
          .init(barred.earliest?.description ?? ""),
          .init(visible(barred.bars.isEmpty ? "time runs" : barred.bars.joined(separator: ", "))),
        ])
      }
      table.write(to: output)
    }
    output.line()
  }
}

extension DebtPlan {
  /// Actions of one step, country and currency.
  struct Group {
    var step: LadderStep
    var jurisdiction: Jurisdiction
    var count: Int
    var amount: Money
    var approvals: Int
  }

  /// The actions by step, country and currency, in the order of the ladder.
  var groups: [Group] {
    var groups: [Group] = []
    for action in actions {
      let place = groups.firstIndex {
        $0.step == action.step && $0.jurisdiction == action.jurisdiction
          && $0.amount.currency == action.amount.currency
      }
      if let place {
        groups[place].count += 1
        groups[place].amount.amount += action.amount.amount
        groups[place].approvals += action.needsApproval ? 1 : 0
      } else {
        groups.append(
          Group(
            step: action.step, jurisdiction: action.jurisdiction, count: 1, amount: action.amount,
            approvals: action.needsApproval ? 1 : 0))
      }
    }
    let order = LadderStep.allCases
    return groups.sorted { left, right in
      let (l, r) = (order.firstIndex(of: left.step) ?? 0, order.firstIndex(of: right.step) ?? 0)
      return (l, left.jurisdiction.code, left.amount.currency) < (
        r, right.jurisdiction.code, right.amount.currency
      )
    }
  }
}
