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
  /// `bonitas debt list`: the open cases.
  static let debtList = Command(
    "debt list",
    summary: "List the open debts, where each stands on the ladder and what comes next.",
    discussion: """
      One line a contract with a debt past its due date, or with a restriction that is not undone. A step stands there \
      when it is due on the business date; otherwise what it waits for, or what of the law stands against it.
      """,
    options: [DebtOptions.customers, Listing.step, Listing.due, Listing.limit], takesTimes: .both,
    needs: .permission(.readPersonalData),
    examples: [
      Example("bonitas debt list --business-date 2026-06-30", "Every open debt of that day."),
      Example("bonitas debt list --due --business-date 2026-06-30", "Only where a step is due."),
    ], run: Listing.run)
}

private enum Listing {
  static let step = Option(
    "step",
    ValueKind<LadderStep>(placeholder: "STEP") { text in
      LadderStep(rawValue: text.replacing("-", with: " ")).map(Reading.value)
        ?? .problem(
          "is no step; there are "
            + LadderStep.allCases.map { $0.rawValue.replacing(" ", with: "-") }.joined(separator: ", "))
    }, "Only cases whose next step this is, as in debt-notice.")
  static let due = Flag("due", "Only cases whose next step is due.")
  static let limit = Option("limit", .integer("N", in: 1...1_000_000), "At most so many (default 50).")

  static func run(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let day = arguments.businessDate(edge)
    let desk = try arguments.debtDesk(edge, on: day)
    let numbers = arguments.all(DebtOptions.customers)
    let limit = arguments[Self.limit] ?? 50
    let step = arguments[Self.step]
    var (found, shown): (Int, [CaseFinding]) = (0, [])
    try failing {
      _ = try DebtPlanner(desk).examine(
        on: day, knownAt: arguments.knownAt(edge), only: numbers.isEmpty ? nil : Set(numbers)
      ) { finding, _ in
        if let step, finding.proposal.next != step { return }
        if arguments[Self.due], !finding.isDue { return }
        found += 1
        if shown.count < limit { shown.append(finding) }
      }
    }
    if !shown.isEmpty {
      let keys = try arguments.keys(of: shown.map(\.debt.customer), edge)
      try arguments.recordRead(
        by: "debt list", of: keys, about: ["cases": .number(Decimal(shown.count))], in: desk.store, edge)
    }
    if arguments.wantsJSON {
      edge.output.json(["cases": .array(shown.map(\.json)), "found": .number(Decimal(found))])
      return .done
    }
    guard found > 0 else {
      edge.output.line("No debt is open on \(day).")
      return .done
    }
    var table = Table([
      .init("customer"), .init("contract"), .init("law"), .init("supply"), .init("past due", .right),
      .init("days", .right), .init("stage"), .init("next"), .init("state", .left, .wraps),
    ])
    for finding in shown {
      let debt = finding.debt
      table.add([
        .init(visible(debt.customer)), .init(visible(debt.contract ?? "-")), .init("\(debt.jurisdiction)"),
        .init(debt.commodity.rawValue), .init(DebtOptions.amount(debt.amount.money)), .init(debt.daysPastDue),
        .init(finding.proposal.stage?.rawValue ?? "none"), .init(finding.proposal.next?.rawValue ?? "none"),
        .init(finding.words, finding.style),
      ])
    }
    table.write(to: edge.output)
    edge.output.line()
    edge.output.line(
      "\(counted(found, "case"))\(found > shown.count ? ", \(shown.count) of them shown (--limit)" : ""). "
        + "'bonitas debt show CUSTOMER' tells everything about one.")
    return .done
  }
}

extension CaseFinding {
  /// Whether a step is taken now, or would be if a person approved.
  var isDue: Bool {
    switch verdict {
    case .act, .approved: true
    case .wait, .barred, .awaitsApproval, .lifted: false
    }
  }

  /// What comes of the case today, in a few words.
  var words: String {
    switch verdict {
    case .act: proposal.needsApproval ? "due, a person has to approve" : "due"
    case .approved(let decision): "due, approved by \(decision)"
    case .awaitsApproval(let decision): "waits for a person: \(decision)"
    case .lifted(let decision): "lifted by \(decision)"
    case .barred(let report):
      report.standing.isEmpty
        ? "the law's time runs\(report.earliest.map { " until \($0)" } ?? "")"
        : "barred: " + report.standing.map { "\($0.code.rawValue) (\($0.rule))" }.joined(separator: ", ")
    case .wait:
      proposal.next == nil
        ? proposal.reason
        : "waits: \(proposal.waits.joined(separator: ", "))"
          + (proposal.lookAgainOn.map { ", looked at again \($0)" } ?? "")
    }
  }

  var style: TextStyle {
    switch verdict {
    case .act, .approved: .emphasis
    case .barred, .lifted: .bad
    case .wait, .awaitsApproval: .plain
    }
  }

  /// The case for machines.
  var json: JSONValue {
    var json = JSONObject()
    json["customer"] = .string(debt.customer)
    json["contract"] = debt.contract.map(JSONValue.string)
    json["commodity"] = .string(debt.commodity.rawValue)
    json["jurisdiction"] = .string(debt.jurisdiction.code)
    json["claimant"] = .string(debt.claimant.rawValue)
    json["opened"] = debt.openedOn.map { .string($0.description) }
    json["daysPastDue"] = .number(Decimal(debt.daysPastDue))
    json["principal"] = .number(debt.amount.principal)
    json["interest"] = .number(debt.amount.interest)
    json["penalty"] = .number(debt.amount.penalty)
    json["costs"] = .number(debt.amount.costs)
    json["currency"] = .string(debt.currency.code)
    json["disputed"] = .number(debt.disputed)
    json["invoices"] = .array(debt.invoices.map { .string($0.id) })
    json["stage"] = proposal.stage.map { .string($0.rawValue) }
    json["next"] = proposal.next.map { .string($0.rawValue) }
    json["due"] = .bool(isDue)
    json["reason"] = .string(proposal.reason)
    json["waits"] = .array(proposal.waits.map(JSONValue.string))
    json["rules"] = .array(proposal.rules.map(JSONValue.string))
    json["lookAgainOn"] = proposal.lookAgainOn.map { .string($0.description) }
    if case .barred(let report) = verdict {
      json["bars"] = .array(report.standing.map { .string("\($0.rule):\($0.code.rawValue)") })
      json["earliest"] = report.earliest.map { .string($0.description) }
    }
    return .object(json)
  }
}

extension Arguments {
  /// The keys of customers by their numbers, ascending.
  func keys(of numbers: [String], _ edge: Edge) throws(Failure) -> [Int] {
    let store = try store(edge)
    return try failing {
      try store.read { reader throws(SQLiteError) in
        var keys: Set<Int> = []
        for number in Set(numbers) { if let key = try reader.key(of: .number(number)) { keys.insert(key) } }
        return keys.sorted()
      }
    }
  }
}
