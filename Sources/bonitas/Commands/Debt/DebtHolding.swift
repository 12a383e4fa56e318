import Access
import AuditLog
import DebtManagement
import Decisioning
import FactStore
import Facts
import Formats
import SQLite
import Safeguards
import Values

extension Command {
  /// `bonitas debt hold`: leaves a debt alone.
  static let debtHold = Command(
    "debt hold",
    summary: "Leave a customer's debt alone for a time: all of it, a contract's or an invoice's.",
    discussion: """
      A hold is a fact with a reason, an end and a name. While it holds nothing new is begun about the debt, and a \
      restriction that has not been carried out is taken back. --lift ends a hold from today on.
      """,
    positionals: [DebtOptions.customer],
    options: [DebtOptions.contract, Holding.invoice, Holding.reason, Holding.until, Holding.lift],
    takesTimes: .businessDate, needs: .permission(.manageDebt),
    examples: [
      Example(
        "bonitas debt hold CAST-14 --reason \"meter is being checked\" --until 2030-08-01",
        "Nothing is done about the debt until then.")
    ], run: Holding.run)
}

private enum Holding {
  static let invoice = Option("invoice", .name("INVOICE"), "Only this invoice.")
  static let reason = Option("reason", .text("TEXT"), "Why; kept with the hold.", isRequired: true)
  static let until = Option("until", .date, "The day from which it holds no longer.")
  static let lift = Option("lift", .name("HOLD"), "End this hold from today on, instead of placing one.")

  static func run(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let number = try arguments.required(DebtOptions.customer)
    let reason = try arguments.required(Self.reason)
    guard reason.contains(where: \.isLetter) else {
      throw Failure("no-reason", "A reason in words is needed: --reason \"what is being waited for\".")
    }
    let day = arguments.businessDate(edge)
    let (store, audit, actor) = (try arguments.store(edge), try edge.auditLog(), arguments.actor)
    let key = try arguments.debtor(number, edge)
    try requireKnown(arguments, number, key, edge, on: day)
    if let until = arguments[until], until <= day {
      throw Failure(usage: .conflict("--until \(until) is not after \(day): the hold would never hold."))
    }
    let lifted = try arguments[lift].map { id throws(Failure) in
      try Self.hold(id, of: number, arguments, edge, on: day)
    }
    let hold = try failing {
      try store.write(actor: actor, at: edge.now, purpose: "debt-management") {
        write throws(StoreError) in
        var hold =
          lifted
          ?? Hold(
            id: "H-\(write.sequence)", customer: .number(number), contract: arguments[DebtOptions.contract],
            invoice: arguments[invoice], from: day, until: arguments[until], reason: reason, placedBy: actor)
        if lifted != nil { hold.until = day }
        try write.source(named: DebtFacts.source, purpose: DebtFacts.purpose)
        let batch = try write.openBatch(
          BatchDescription(
            source: DebtFacts.source, file: nil, digest: nil, layout: FactKind.hold.layout,
            knownFrom: write.at))
        _ = try write.store(.hold(hold), in: batch, line: nil)
        try write.complete(batch, rows: 1)
        var about = JSONObject()
        about["act"] = .string(lifted == nil ? "held" : "hold lifted")
        about["reason"] = .string(reason)
        try StoreError.wrapping { () throws(SQLiteError) in
          _ = try audit.append(
            AuditNote(.ingestion, rows: [AuditedRow(.batch, batch.key)], about: about), in: write.sql)
        }
        return hold
      }
    }
    let what = hold.invoice ?? hold.contract ?? "everything"
    if arguments.wantsJSON {
      edge.output.json([
        "hold": .string(hold.id), "customer": .string(number), "of": .string(what),
        "from": .string(hold.from.description), "until": hold.until.map { .string($0.description) } ?? .null,
      ])
    } else if lifted != nil {
      edge.output.line("Hold \(hold.id) ends on \(day).")
    } else {
      edge.output.line(
        "Hold \(hold.id): \(visible(what)) of \(visible(number)) is left alone from \(hold.from)"
          + (hold.until.map { " to the day before \($0)" } ?? " until somebody lifts it") + ".")
    }
    return .done
  }

  /// Refuses a contract or an invoice that the customer does not have: such a hold would hold nothing.
  private static func requireKnown(
    _ arguments: Arguments, _ number: String, _ key: Int, _ edge: Edge, on day: CivilDate
  ) throws(Failure) {
    let (contract, invoice) = (arguments[DebtOptions.contract], arguments[Self.invoice])
    if contract == nil, invoice == nil { return }
    let store = try arguments.store(edge)
    let facts = try failing {
      try store.read { reader throws(StoreError) in
        try reader.facts(
          of: key, asOf: AsOf(businessDate: day, knownAt: edge.now), kinds: [.contract, .invoice])
      }
    }
    if let contract, !facts.contracts.contains(where: { $0.fact.id == contract }) {
      throw .unknownContract(contract, of: number, on: day)
    }
    if let invoice, !facts.invoices.contains(where: { $0.fact.id == invoice }) {
      throw Failure(
        "unknown-invoice",
        "\(visible(number)) has no invoice \(visible(invoice)) on \(day). 'bonitas debt show' tells them.")
    }
  }

  private static func hold(
    _ id: String, of number: String, _ arguments: Arguments, _ edge: Edge, on day: CivilDate
  ) throws(Failure) -> Hold {
    let store = try arguments.store(edge)
    let found = try failing {
      try store.read { reader throws(StoreError) -> Hold? in
        let key = try StoreError.wrapping { () throws(SQLiteError) in try reader.key(of: .number(number)) }
        guard let key else { return nil }
        return try reader.facts(of: key, asOf: AsOf(businessDate: day, knownAt: edge.now), kinds: [.hold])
          .holds.first { $0.fact.id == id }?.fact
      }
    }
    guard let found else {
      throw Failure(
        "unknown-hold",
        "There is no hold \(visible(id)) of \(visible(number)). 'bonitas debt show' lists them.")
    }
    return found
  }
}
