import Decisioning
import Facts
import Values

/// Puts what is known of a customer in the order of the days.
struct Timeline {
  let facts: CustomerFacts
  let today: CivilDate
  private let seen: Set<Int>
  /// One ledger a currency.
  private let ledgers: [Ledger]
  private var entries: [TimelineEntry] = []

  /// - Parameters:
  ///   - facts: what is known now.
  ///   - today: the day to whose end it is told.
  ///   - seen: the numbers of the facts that the decision saw; nil where there is none.
  init(_ facts: CustomerFacts, today: CivilDate, seen: Set<Int>) {
    self.facts = facts
    self.today = today
    self.seen = seen
    ledgers = Set(facts.invoices.map(\.fact.amount.currency)).sorted().map {
      Ledger(facts, businessDate: today, currency: $0)
    }
  }

  /// The entries, the newest first; of one day, what came first stands last.
  mutating func newestFirst(with decisions: [DecisionRecord]) -> [TimelineEntry] {
    tellContracts()
    tellInvoices()
    tellMoney()
    tellNoticesAndDisputes()
    tellRegisters()
    tellDebt()
    for decision in decisions {
      let content = decision.content
      entries.append(
        TimelineEntry(
          date: content.businessDate, what: "decision", record: decision.id.description, amount: nil,
          detail: "rating \(content.rating ?? "none"), \(content.outcome.rawValue), \(decision.involvement)",
          weight: .plain, isNews: false))
    }
    return entries.enumerated().sorted { left, right in
      left.element.date != right.element.date
        ? left.element.date > right.element.date : left.offset > right.offset
    }.map(\.element)
  }

  mutating func add<Content: FactContent>(
    _ recorded: Recorded<Content>, on date: CivilDate? = nil, _ what: String, _ amount: Money? = nil,
    _ detail: String = "", _ weight: TimelineEntry.Weight = .plain
  ) {
    let date = date ?? recorded.trueFrom
    guard date <= today else { return }
    entries.append(
      TimelineEntry(
        date: date, what: what, record: "\(Content.factKind.rawValue):\(recorded.record)", amount: amount,
        detail: detail, weight: weight, isNews: !seen.contains(recorded.factID)))
  }

  private mutating func tellContracts() {
    for contract in facts.contracts {
      add(contract, "contract", nil, contract.fact.commodity.rawValue)
      if let end = contract.fact.end { add(contract, on: end, "contract ended") }
    }
  }

  private mutating func tellInvoices() {
    let standings = Dictionary(ledgers.flatMap(\.invoices).map { ($0.factID, $0) }) { first, _ in first }
    for invoice in facts.invoices {
      guard let standing = standings[invoice.factID] else {
        add(
          invoice, "invoice", invoice.fact.amount,
          invoice.fact.amount.amount.sign < 0 ? "in the customer's favour" : "due \(invoice.fact.due)")
        continue
      }
      let (detail, weight) = words(standing)
      add(invoice, "invoice", invoice.fact.amount, detail, weight)
    }
  }

  private func words(_ invoice: InvoiceStanding) -> (String, TimelineEntry.Weight) {
    let due = "due \(invoice.due)"
    if let day = invoice.settledOn {
      return invoice.daysLate > 0
        ? ("\(due), settled \(day), \(Self.days(invoice.daysLate)) late", .warning)
        : ("\(due), settled \(day)", .good)
    }
    let open = invoice.outstanding.text(fractionDigits: 2)
    var parts = [due, "\(open) open"]
    if invoice.disputed.sign > 0 { parts.append("\(invoice.disputed.text(fractionDigits: 2)) disputed") }
    if invoice.daysPastDue > 0 { parts.append("\(Self.days(invoice.daysPastDue)) overdue") }
    return (
      parts.joined(separator: ", "),
      invoice.daysPastDue > 0 ? .bad : invoice.disputed.sign > 0 ? .warning : .plain
    )
  }

  static func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(count) days" }

  private mutating func tellMoney() {
    var uses: [Int: String] = [:]
    var returned: Set<Int> = []
    for ledger in ledgers {
      var settled = [[String]](repeating: [], count: ledger.receipts.count)
      for allocation in ledger.allocations where allocation.amount.sign > 0 {
        let invoice = ledger.invoices[allocation.invoice].id
        if !settled[allocation.receipt].contains(invoice) { settled[allocation.receipt].append(invoice) }
      }
      for (receipt, invoices) in zip(ledger.receipts, settled) {
        var parts = invoices.isEmpty ? [] : [Self.list(invoices, "for")]
        if receipt.unused.sign > 0 {
          parts.append("\(receipt.unused.text(fractionDigits: 2)) kept as credit")
        }
        if let day = receipt.reversedOn {
          parts.append("returned \(day)")
          returned.insert(receipt.factID)
        }
        uses[receipt.factID] = parts.joined(separator: ", ")
      }
    }
    for note in facts.creditNotes {
      add(note, "credit note", note.fact.amount, uses[note.factID] ?? "", .good)
    }
    for payment in facts.payments {
      add(
        payment, "payment", payment.fact.amount, uses[payment.factID] ?? "",
        returned.contains(payment.factID) ? .warning : .good)
    }
    for reversal in facts.reversals {
      let amount = facts.payments.first { $0.record == reversal.fact.payment }?.fact.amount
      let reason = reversal.fact.reason.map { ": \($0)" } ?? ""
      add(reversal, "payment returned", amount, reversal.fact.payment + reason, .bad)
    }
  }

  /// Some names with a word before them, at most three.
  private static func list(_ names: [String], _ word: String) -> String {
    let shown = names.prefix(3).joined(separator: ", ")
    return "\(word) \(shown)" + (names.count > 3 ? " and \(names.count - 3) more" : "")
  }

  private mutating func tellNoticesAndDisputes() {
    for notice in facts.debtNotices {
      let about = (notice.fact.invoice ?? notice.fact.contract).map { ", about \($0)" } ?? ""
      add(
        notice, Self.words(notice.fact.type), notice.fact.amount, notice.fact.channel.rawValue + about,
        .warning)
    }
    for dispute in facts.disputes {
      let amount = dispute.fact.amount
      let isOpen = dispute.fact.closed.map { $0 > today } ?? true
      add(
        dispute, "dispute", amount, dispute.fact.invoice + (isOpen ? ", open" : ""),
        isOpen ? .warning : .plain)
      if let closed = dispute.fact.closed {
        add(
          dispute, on: closed, "dispute closed", amount,
          dispute.fact.invoice + (dispute.fact.outcome.map { ", \($0.rawValue)" } ?? ""))
      }
    }
  }

  private mutating func tellRegisters() {
    for entry in facts.registerEntries {
      add(entry, "register entry", nil, "\(entry.fact.type.rawValue), \(entry.fact.register)", .bad)
      if let until = entry.fact.until {
        add(entry, on: until, "register entry ended", nil, entry.fact.type.rawValue, .good)
      }
    }
    for entry in facts.arrearsEntries {
      let age = entry.fact.ageMonths.map { "\($0) months old" }
      add(
        entry, "arrears reported", entry.fact.amount,
        [entry.fact.register, age].compactMap(\.self).joined(separator: ", "), .bad)
      if let cleared = entry.fact.cleared {
        add(entry, on: cleared, "arrears cleared", entry.fact.amount, "", .good)
      }
    }
  }
}
