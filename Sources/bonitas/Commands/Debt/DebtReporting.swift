import Access
import DebtManagement
import Decisioning
import Explanation
import FactStore
import Facts
import Formats
import SQLite
import Safeguards
import Values

extension Command {
  /// `bonitas debt report`: the gate before every report to a credit bureau.
  static let debtReport = Command(
    "debt report",
    summary: "Say which debts may be reported to a credit bureau, since when and why, and what is due then.",
    discussion: """
      A decision of its own, whatever the ladder does: the clocks of the law, a warning that is proven, the state of \
      objections. Without a customer it lists all debts. A report is refreshed each quarter and when the debt changes, \
      corrected when something stands against it, ended when the debt is paid. For that bonitas has to know what the \
      bureau was told: --record enters that it is told today what is due, as the answer says, into the database and the \
      audit log.
      """,
    positionals: [Reporting.customer],
    options: [
      DebtOptions.contract, Reporting.reportable, Reporting.duty, Reporting.limit, Reporting.language,
      Reporting.record,
    ], takesTimes: .businessDate, needs: .permission(.readPersonalData),
    examples: [
      Example("bonitas debt report --business-date 2026-06-30", "Every debt of that day."),
      Example(
        "bonitas debt report CAST-14 --business-date 2026-06-30 --language lv",
        "The debts of one customer, with the reasons in Latvian."),
      Example(
        "bonitas debt report --duty correct --business-date 2026-06-30",
        "Only where something that was reported has to be corrected."),
    ], run: Reporting.run)
}

private enum Reporting {
  static let customer = Positional(
    "CUSTOMER", .name("CUSTOMER"), "The customer number; all customers without it.", isRequired: false)
  static let reportable = Flag("reportable", "Only debts that may be reported.")
  static let duty = Option(
    "duty", .choice(ReportingDecision.Duty.allCases.filter { $0 != .nothing }.map(\.rawValue)),
    "Only debts of which the bureau is to be told this.")
  static let limit = Option(
    "limit", .integer("N", in: 1...1_000_000), "Show at most so many of the list (default 50).")
  static let language = Option(
    "language", .choice(Language.allCases.map(\.rawValue)), "The language of the reasons (default en).")
  static let record = Flag("record", "Enter that the bureau is told what is due.")

  static func run(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let (day, number) = (arguments.businessDate(edge), arguments[customer])
    // What is entered here, a customer may have to answer for: that takes more than reading.
    if arguments[record], let actor = arguments.signedIn, !actor.may(.manageDebt) {
      throw Failure(AccessError.notPermitted(.manageDebt, actor))
    }
    let desk = try arguments.debtDesk(edge, on: day)
    let texts = try failing {
      try TextCatalogue(
        desk.ruleSet.files, language: arguments[language].flatMap(Language.init(rawValue:)) ?? .english)
    }
    try requireKnown(arguments, number, edge, on: day)
    let (contract, duty) = (arguments[DebtOptions.contract], arguments[Self.duty])
    var found: [DebtDesk.KeyedReport] = []
    let progress = Progress("debt report", unit: "customers", on: edge.errors)
    let seen = try failing {
      try desk.reports(
        on: day, knownAt: arguments.knownAt(edge), only: number.map { [$0] },
        progress: { progress.report($0, of: $1) }
      ) { report in
        let decision = report.decision
        if let contract, decision.contract != contract { return }
        if let duty, decision.duty.rawValue != duty { return }
        if arguments[reportable], !decision.mayReport { return }
        found.append(report)
      }
    }
    progress.finish()
    if !found.isEmpty {
      try arguments.recordRead(
        by: "debt report", of: Set(found.map(\.key)).sorted(), about: ["businessDate": .string("\(day)")],
        in: desk.store, edge)
    }
    let kept =
      arguments[record]
      ? try failing {
        try desk.record(found, seen: seen, actor: arguments.actor, clock: { Edge.currentInstant() })
      } : nil
    let shown = number == nil ? Array(found.prefix(arguments[limit] ?? 50)) : found
    if arguments.wantsJSON {
      var json = JSONObject()
      json["businessDate"] = .string(day.description)
      json["decisions"] = .array(
        try shown.map { report throws(Failure) in try self.json(report.decision, texts) })
      json["found"] = .number(Decimal(found.count))
      json["recorded"] = kept.map { .number(Decimal($0.count)) }
      edge.output.json(.object(json))
    } else if found.isEmpty {
      edge.output.line("No such debt is open on \(day), and nothing of the kind was reported.")
    } else if let number {
      edge.output.line(visible(number) + ", as of \(day)")
      for report in found { try write(report.decision, texts, desk.safeguards.law, to: edge.output) }
    } else {
      list(shown.map(\.decision), of: found.count, to: edge.output)
    }
    guard let kept else { return .done }
    let due = found.filter { $0.decision.duty != .nothing }.count
    if !arguments.wantsJSON {
      edge.output.line()
      edge.output.line("\(counted(kept.count, "decision")) entered: the bureau is told.")
    }
    if kept.count < due {
      edge.errors.line(
        "\(counted(due - kept.count, "decision")) not entered: something was stored meanwhile, or told for a later "
          + "day. 'bonitas debt report' decides anew.")
    }
    return kept.count < due ? .refused : .done
  }

  /// Refuses a customer that there is not, and a contract that is not the customer's.
  private static func requireKnown(
    _ arguments: Arguments, _ number: String?, _ edge: Edge, on day: CivilDate
  ) throws(Failure) {
    let contract = arguments[DebtOptions.contract]
    guard let number else {
      if contract == nil { return }
      throw Failure(usage: .conflict("--contract is one of a customer's: name the customer as well."))
    }
    let (key, store) = (try arguments.debtor(number, edge), try arguments.store(edge))
    guard let contract else { return }
    let facts = try failing {
      try store.read { reader throws(StoreError) in
        try reader.facts(
          of: key, asOf: AsOf(businessDate: day, knownAt: arguments.knownAt(edge)), kinds: [.contract])
      }
    }
    if !facts.contracts.contains(where: { $0.fact.id == contract }) {
      throw .unknownContract(contract, of: number, on: day)
    }
  }

  private static func json(
    _ decision: ReportingDecision, _ texts: TextCatalogue
  ) throws(Failure) -> JSONValue {
    var json = decision.json
    json["sentences"] = .array(try failing { try decision.sentences(texts) }.map(JSONValue.string))
    return .object(json)
  }

  private static func write(
    _ decision: ReportingDecision, _ texts: TextCatalogue, _ law: DebtLaw, to output: TextStream
  ) throws(Failure) {
    output.line()
    output.line(output.style(.heading, visible("Contract \(decision.contract ?? "not named")")))
    var rows = [
      (
        "past due",
        "\(DebtOptions.amount(decision.amount)), \(decision.invoices.joined(separator: ", "))"
          + (decision.firstDelay.map { ", late since \($0)" } ?? "")
      ),
      (
        "report",
        decision.mayReport
          ? "may be reported" + (decision.since.map { ", since \($0)" } ?? "")
          : "is not reported" + (decision.since.map { $0 > decision.day ? ", not before \($0)" : "" } ?? "")
      ),
    ]
    for (place, sentence) in try failing({ try decision.sentences(texts) }).enumerated() {
      rows.append((place == 0 ? "because" : "", "\(sentence) (\(decision.reasons[place].rawValue))"))
    }
    for (place, rule) in decision.rules.enumerated() {
      let entry = law.entries.last { $0.id == rule && $0.isInForce(on: decision.day) }
      rows.append((place == 0 ? "law" : "", rule + (entry.map { ": \($0.source)" } ?? "")))
    }
    if let last = decision.last {
      rows.append(
        ("reported", "\(DebtOptions.amount(Money(last.amount, decision.amount.currency))) on \(last.on)"))
    }
    if decision.duty != .nothing { rows.append(("due", decision.due)) }
    if decision.duty != .refresh, let day = decision.refreshBy { rows.append(("refresh", "by \(day)")) }
    if let until = decision.until { rows.append(("kept", "no longer than to \(until)")) }
    for row in rows { output.hanging(indent: 2, head: row.0, headWidth: 8, body: visible(row.1)) }
  }

  private static func list(_ decisions: [ReportingDecision], of found: Int, to output: TextStream) {
    var table = Table([
      .init("customer"), .init("contract"), .init("past due", .right), .init("late since"), .init("report"),
      .init("since"), .init("due"), .init("because", .left, .wraps),
    ])
    for decision in decisions {
      table.add([
        .init(visible(decision.customer)), .init(visible(decision.contract ?? "-")),
        .init(DebtOptions.amount(decision.amount)), .init(decision.firstDelay?.description ?? ""),
        decision.mayReport ? .init("may be", .emphasis) : "no",
        .init(decision.since?.description ?? ""),
        .init(decision.due, decision.duty == .correct || decision.duty == .end ? .warning : .plain),
        .init(decision.reasons.map(\.rawValue).joined(separator: ", ")),
      ])
    }
    table.write(to: output)
    output.line()
    output.line(
      "\(counted(found, "debt"))\(found > decisions.count ? ", \(decisions.count) of them shown (--limit)" : ""). "
        + "'bonitas debt report CUSTOMER' tells the reasons in words.")
  }
}

extension ReportingDecision {
  /// What the bureau is to be told, and by when.
  fileprivate var due: String {
    switch duty {
    case .nothing: ""
    case .report: "report"
    case .refresh: "refresh" + (reasons.contains(.changed) ? "" : refreshBy.map { " by \($0)" } ?? "")
    case .correct: "correct" + (correctBy.map { " by \($0)" } ?? "")
    case .end: "end" + (correctBy.map { " by \($0)" } ?? "")
    }
  }
}
