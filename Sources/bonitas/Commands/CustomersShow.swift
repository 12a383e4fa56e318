import Access
import Decisioning
import FactStore
import Facts
import Formats
import SQLite
import Values

extension Command {
  /// `bonitas customers show`: the ledger of one customer.
  static let customersShow = Command(
    "customers show",
    summary: "Show a customer's invoices and what settled them.",
    discussion: """
      The ledger as of the business date, as known at the instant: payments settle the invoice that they refer to, \
      else the oldest due first; what is left over is credit. A disputed amount is set aside. A returned payment \
      stands twice, the second time with a minus sign.
      """,
    positionals: [RatingOptions.customer], options: [RatingOptions.currency], takesTimes: .both,
    needs: .permission(.readPersonalData),
    examples: [
      Example("bonitas customers show CAST-02 --business-date 2026-06-30", "A customer who pays in parts.")
    ]
  ) { arguments, edge throws(Failure) in
    let number = try arguments.required(RatingOptions.customer)
    let date = arguments.businessDate(edge)
    let asOf = AsOf(businessDate: date, knownAt: arguments.knownAt(edge))
    let store = try arguments.store(edge)
    let (key, facts) = try failing {
      try store.read { reader throws(StoreError) -> (Int?, CustomerFacts?) in
        let key = try StoreError.wrapping { () throws(SQLiteError) in
          try reader.key(of: .number(number))
        }
        return (key, try key.map { key throws(StoreError) in try reader.facts(of: key, asOf: asOf) })
      }
    }
    guard let facts, let customer = facts.customer else {
      let reference = CustomerReference.number(number)
      throw Failure(
        facts == nil
          ? RatingError.unknownCustomer(reference) : .notArrived(reference, businessDate: date))
    }
    try arguments.recordRead(
      by: "customers show", of: key.map { [$0] } ?? [], about: ["businessDate": .string("\(date)")],
      in: store,
      edge)
    let ledger = (arguments.currency ?? facts.principalCurrency(on: date)).map {
      Ledger(facts, businessDate: date, currency: $0)
    }
    if arguments.wantsJSON {
      edge.output.json(describe(customer.fact, date, ledger))
      return .done
    }
    let name = customer.fact.name.map { ", \($0)" } ?? ""
    edge.output.line(
      visible("\(customer.fact.number)\(name), \(customer.fact.kind.rawValue), \(customer.fact.jurisdiction)")
        + ", customer since \(customer.fact.customerSince)")
    guard let ledger else {
      edge.output.line("No invoices up to \(date).")
      return .done
    }
    write(ledger, to: edge.output)
    return .done
  }

  private static func write(_ ledger: Ledger, to output: TextStream) {
    output.line("As of \(ledger.businessDate), amounts in \(ledger.currency)")
    output.line()
    var invoices = Table([
      .init("invoice"), .init("issued"), .init("due"), .init("amount", .right), .init("settled", .right),
      .init("open", .right), .init("disputed", .right), .init("days past due", .right), .init("settled on"),
    ])
    for invoice in ledger.invoices {
      invoices.add([
        .init(invoice.id), .init("\(invoice.issued)"), .init("\(invoice.due)"), amount(invoice.amount),
        amount(invoice.settled), amount(invoice.outstanding), amount(invoice.disputed),
        invoice.daysPastDue > 0 ? .init(invoice.daysPastDue, .warning) : "",
        .init(invoice.settledOn.map(\.description) ?? ""),
      ])
    }
    invoices.write(to: output)
    output.line()
    var allocations = Table([
      .init("date"), .init("record"), .init("invoice"), .init("amount", .right), .init("why"),
    ])
    for allocation in ledger.allocations {
      let receipt = ledger.receipts[allocation.receipt]
      allocations.add([
        .init("\(allocation.date)"), .init("\(receipt.kind.rawValue) \(receipt.id)"),
        .init(ledger.invoices[allocation.invoice].id), amount(allocation.amount),
        .init(words(allocation.reason)),
      ])
    }
    allocations.write(to: output)
    output.line()
    let totals = [
      ("open", ledger.outstanding), ("disputed", ledger.disputed), ("overdue", ledger.overdue),
      ("credit", ledger.credit),
    ]
    output.line(totals.map { "\($0) \($1.text(fractionDigits: 2))" }.joined(separator: ", "))
    for other in ledger.otherCurrencies {
      output.line("open in another currency: \(other.amount.text(fractionDigits: 2)) \(other.currency)")
    }
    for observation in ledger.observations {
      output.line(
        visible("\(observation.kind.rawValue) \(observation.id) names \(observation.names): ")
          + observation.code.rawValue)
    }
  }

  private static func amount(_ amount: Decimal) -> Table.Cell {
    amount.sign == 0 ? "" : .init(amount.text(fractionDigits: 2))
  }

  private static func words(_ reason: Allocation.Reason) -> String {
    switch reason {
    case .reference: "names the invoice"
    case .oldestDue: "oldest due"
    case .excess: "left over from the invoice named"
    case .credit: "credit held"
    case .reversal: "returned"
    }
  }

  private static func describe(_ customer: Customer, _ date: CivilDate, _ ledger: Ledger?) -> JSONValue {
    var json = JSONObject()
    json["customer"] = .string(customer.number)
    json["businessDate"] = .string(date.description)
    guard let ledger else { return .object(json) }
    json["currency"] = .string(ledger.currency.code)
    json["outstanding"] = .number(ledger.outstanding)
    json["disputed"] = .number(ledger.disputed)
    json["overdue"] = .number(ledger.overdue)
    json["credit"] = .number(ledger.credit)
    json["daysPastDue"] = .number(Decimal(ledger.daysPastDue))
    json["invoices"] = .array(
      ledger.invoices.map { invoice in
        [
          "invoice": .string(invoice.id), "issued": .string("\(invoice.issued)"),
          "due": .string("\(invoice.due)"),
          "amount": .number(invoice.amount), "settled": .number(invoice.settled),
          "outstanding": .number(invoice.outstanding), "disputed": .number(invoice.disputed),
          "daysPastDue": .number(Decimal(invoice.daysPastDue)),
          "settledOn": invoice.settledOn.map { .string("\($0)") } ?? .null,
        ]
      })
    json["allocations"] = .array(
      ledger.allocations.map { allocation in
        let receipt = ledger.receipts[allocation.receipt]
        return [
          "date": .string("\(allocation.date)"), "kind": .string(receipt.kind.rawValue),
          "record": .string(receipt.id), "invoice": .string(ledger.invoices[allocation.invoice].id),
          "amount": .number(allocation.amount), "reason": .string(allocation.reason.rawValue),
        ]
      })
    json["otherCurrencies"] = .array(
      ledger.otherCurrencies.map { ["amount": .number($0.amount), "currency": .string($0.currency.code)] })
    json["observations"] = .array(
      ledger.observations.map { observation in
        [
          "code": .string(observation.code.rawValue), "kind": .string(observation.kind.rawValue),
          "record": .string(observation.id), "names": .string(observation.names),
        ]
      })
    return .object(json)
  }
}
