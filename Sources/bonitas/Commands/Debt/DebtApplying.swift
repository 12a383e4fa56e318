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
  /// `bonitas debt apply`: does what a plan says.
  static let debtApply = Command(
    "debt apply",
    summary: "Do what a plan says, as far as it still holds.",
    discussion: """
      Each action is examined anew, by the policy, the law and the facts of this moment: a case whose facts have \
      changed is refused and told. Letters and requests go to the outbox; what a person has to approve becomes a \
      proposal in the review queue. The same plan applied again does nothing twice.
      """,
    positionals: [Applying.plan], takesTimes: .businessDate, needs: .permission(.manageDebt),
    examples: [
      Example(
        "bonitas debt apply plan.json --business-date 2026-06-30", "Does what 'debt plan' wrote down.")
    ], run: Applying.run)

  /// `bonitas debt revert`: takes a run back.
  static let debtRevert = Command(
    "debt revert",
    summary: "Take back what a run of debt management has in the outbox, as far as nothing left.",
    positionals: [Applying.run], needs: .permission(.manageDebt),
    examples: [
      Example("bonitas debt revert plan.json", "Takes back what applying this plan has put into the outbox.")
    ], run: Applying.revert)
}

private enum Applying {
  static let plan = Positional("PLAN", .path("FILE"), "The file that 'bonitas debt plan --output' wrote.")
  static let run = Positional(
    "RUN", .name("RUN"), "The name of the run, as R-0123456789abcdef, or its plan's file.")

  static func run(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let path = try arguments.required(plan)
    let plan = try failing { try DebtPlan(try ByteSource(path: path).readAll(limit: DebtOptions.fileLimit)) }
    let day = arguments.businessDate(edge)
    let desk = try arguments.debtDesk(edge, on: day)
    let progress = Progress("debt apply", unit: "actions", on: edge.errors)
    let report = try failing {
      // Payments that came in meanwhile are answered first.
      _ = try ReleaseFollower(desk, actor: arguments.actor).run(on: day, clock: Edge.currentInstant)
      return try DebtApplication(desk, actor: arguments.actor).apply(
        plan, on: day, clock: Edge.currentInstant, progress: { progress.report($0, of: plan.actions.count) })
    }
    progress.finish()
    if arguments.wantsJSON {
      edge.output.json(json(plan, report))
      return report.refused.isEmpty ? .done : .refused
    }
    edge.output.line("Run \(plan.run) for \(plan.businessDate):")
    edge.output.line("  \(counted(report.effects.count, "effect")) in the outbox")
    edge.output.line("  \(counted(report.proposals.count, "proposal")) in the review queue")
    if report.known > 0 { edge.output.line("  \(counted(report.known, "action")) done before") }
    if !report.refused.isEmpty {
      edge.output.line("  \(counted(report.refused.count, "action")) refused:")
      var table = Table([.init("customer"), .init("contract"), .init("step"), .init("because")])
      for (place, code) in report.refused.sorted(by: { $0.key < $1.key }) {
        let action = plan.actions[place]
        table.add([
          .init(visible(action.customer)), .init(visible(action.contract ?? "-")),
          .init(action.step.rawValue),
          .init(code, .warning),
        ])
      }
      table.write(to: edge.output, indent: 4)
    }
    edge.output.line("'bonitas outbox list --run \(plan.run)' shows what is to leave.")
    return report.refused.isEmpty ? .done : .refused
  }

  private static func json(_ plan: DebtPlan, _ report: DebtApplication.Report) -> JSONValue {
    func keyed<Value>(_ map: [Int: Value], _ value: (Value) -> String, _ name: String) -> JSONValue {
      .array(
        map.sorted { $0.key < $1.key }.map { place, item in
          let action = plan.actions[place]
          return [
            "customer": .string(action.customer), "contract": action.contract.map { .string($0) } ?? .null,
            "step": .string(action.step.rawValue), name: .string(value(item)),
          ]
        })
    }
    return [
      "run": .string(plan.run), "known": .number(Decimal(report.known)),
      "effects": keyed(report.effects, { $0 }, "effect"),
      "proposals": keyed(report.proposals, { $0.description }, "decision"),
      "refused": keyed(report.refused, { $0 }, "because"),
    ]
  }

  static func revert(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let named = try arguments.required(Self.run)
    let run =
      named.wholeMatch(of: /R-[0-9a-f]{16}/) != nil
      ? named
      : try failing { try DebtPlan(try ByteSource(path: named).readAll(limit: DebtOptions.fileLimit)) }.run
    let (store, audit) = (try arguments.store(edge), try edge.auditLog())
    let (reverted, left) = try failing {
      try store.write(actor: arguments.actor, at: edge.now, purpose: "debt-management") {
        write throws(OutboxError) in
        try OutboxStore.revert(run: run, in: write, audit: audit)
      }
    }
    if reverted.isEmpty, left.isEmpty {
      throw Failure(
        "unknown-run",
        "Nothing of a run \(visible(run)) waits or has left. 'bonitas outbox list' shows the runs.")
    }
    if arguments.wantsJSON {
      edge.output.json([
        "run": .string(run), "reverted": .array(reverted.map(JSONValue.string)),
        "left": .array(left.map(JSONValue.string)),
      ])
    } else {
      edge.output.line("\(counted(reverted.count, "effect")) of \(visible(run)) taken back.")
      if !left.isEmpty {
        edge.output.line(
          "\(counted(left.count, "effect")) had left and stay: what a restriction took is given back by payment, or by "
            + "'bonitas debt hold' before it is carried out.")
      }
    }
    return left.isEmpty ? .done : .refused
  }
}
