import Values

extension LedgerReplay {
  /// Picks what is true up to the business date, puts it in order of priority and makes the events of it.
  mutating func gather(_ facts: CustomerFacts) {
    let placeOfInvoice = gatherInvoices(facts)
    gatherReceipts(facts)
    resolveNames(facts, placeOfInvoice)
    gatherDisputes(facts, placeOfInvoice)
    gatherReversals(facts)
  }

  /// Returns for every invoice record of the facts its place among `invoices`; nil for those left out.
  private mutating func gatherInvoices(_ facts: CustomerFacts) -> [Int?] {
    var order: [(source: Int, due: CivilDate, issued: CivilDate)] = []
    order.reserveCapacity(facts.invoices.count)
    for source in facts.invoices.indices where isBill(source, facts) {
      order.append((source, facts.invoices[source].fact.due, facts.invoices[source].fact.issued))
    }
    order.sortUnlessInOrder { one, other in
      if one.due != other.due { return one.due < other.due }
      if one.issued != other.issued { return one.issued < other.issued }
      return Self.isBefore(facts.invoices[one.source], facts.invoices[other.source])
    }
    var places = [Int?](repeating: nil, count: facts.invoices.count)
    invoices.reserveCapacity(order.count)
    events.reserveCapacity(order.count + facts.payments.count)
    for (place, entry) in order.enumerated() {
      places[entry.source] = place
      invoices.append(
        InvoiceState(
          source: entry.source, due: entry.due, amount: facts.invoices[entry.source].fact.amount.amount))
      events.append(Event(day: entry.issued, rank: .issue, place: place))
    }
    return places
  }

  /// Whether an invoice is issued by the business date, in this currency, and no credit.
  private func isBill(_ source: Int, _ facts: CustomerFacts) -> Bool {
    facts.invoices[source].fact.issued <= businessDate
      && facts.invoices[source].fact.amount.currency == currency
      && facts.invoices[source].fact.amount.amount.sign >= 0
  }

  /// The order of invoices with the same dates.
  private static func isBefore(_ one: Recorded<Invoice>, _ other: Recorded<Invoice>) -> Bool {
    if one.fact.id != other.fact.id { return one.fact.id < other.fact.id }
    if one.fact.amount.amount != other.fact.amount.amount {
      return one.fact.amount.amount < other.fact.amount.amount
    }
    return one.provenance.source < other.provenance.source
  }

  private mutating func gatherReceipts(_ facts: CustomerFacts) {
    func add(_ kind: FactKind, _ source: Int, _ date: CivilDate, _ amount: Decimal) {
      receipts.append(
        ReceiptState(kind: kind, source: source, date: date, amount: amount, unused: amount))
    }
    receipts.reserveCapacity(facts.payments.count + facts.creditNotes.count)
    for place in facts.invoices.indices {
      let (issued, amount) = (facts.invoices[place].fact.issued, facts.invoices[place].fact.amount)
      guard issued <= businessDate, amount.currency == currency, amount.amount.sign < 0 else { continue }
      add(.invoice, place, issued, -amount.amount)
    }
    for place in facts.creditNotes.indices {
      let (issued, amount) = (facts.creditNotes[place].fact.issued, facts.creditNotes[place].fact.amount)
      guard issued <= businessDate, amount.currency == currency, amount.amount.sign > 0 else { continue }
      add(.creditNote, place, issued, amount.amount)
    }
    for place in facts.payments.indices {
      let (date, amount) = (facts.payments[place].fact.date, facts.payments[place].fact.amount)
      guard date <= businessDate, amount.currency == currency, amount.amount.sign > 0 else { continue }
      add(.payment, place, date, amount.amount)
    }
    func rank(_ kind: FactKind) -> Int { kind == .invoice ? 0 : kind == .creditNote ? 1 : 2 }
    receipts.sortUnlessInOrder { one, other in
      if one.date != other.date { return one.date < other.date }
      if one.kind != other.kind { return rank(one.kind) < rank(other.kind) }
      let (left, right) = (LedgerReplay.record(of: one, facts), LedgerReplay.record(of: other, facts))
      if left.id != right.id { return left.id < right.id }
      if one.amount != other.amount { return one.amount < other.amount }
      if left.names != right.names { return (left.names ?? "") < (right.names ?? "") }
      return left.source < right.source
    }
    for (place, receipt) in receipts.enumerated() {
      events.append(Event(day: receipt.date, rank: .receipt, place: place))
    }
  }

  /// Finds the invoices that payments and credit notes name.
  private mutating func resolveNames(_ facts: CustomerFacts, _ placeOfInvoice: [Int?]) {
    var names: [String: Int]?
    for place in receipts.indices {
      guard let name = named(by: receipts[place], facts) else { continue }
      let known = names ?? invoiceNames(facts, placeOfInvoice)
      names = known
      let source = known[name]
      if let source, let invoice = placeOfInvoice[source] {
        receipts[place].named = invoice
      } else {
        let record = LedgerReplay.record(of: receipts[place], facts)
        observe(source, receipts[place].kind, record.id, names: name, facts)
      }
    }
  }

  /// The invoice that a receipt names.
  private func named(by receipt: ReceiptState, _ facts: CustomerFacts) -> String? {
    switch receipt.kind {
    case .creditNote: facts.creditNotes[receipt.source].fact.invoice
    case .payment: facts.payments[receipt.source].fact.invoice
    default: nil
    }
  }

  private mutating func gatherDisputes(_ facts: CustomerFacts, _ placeOfInvoice: [Int?]) {
    var names: [String: Int]?
    for dispute in facts.disputes where dispute.fact.opened <= businessDate {
      let fact = dispute.fact
      let known = names ?? invoiceNames(facts, placeOfInvoice)
      names = known
      guard let source = known[fact.invoice], let invoice = placeOfInvoice[source] else {
        observe(known[fact.invoice], .dispute, fact.id, names: fact.invoice, facts)
        continue
      }
      let opened = max(fact.opened, facts.invoices[source].fact.issued)
      if let closed = fact.closed, closed <= opened { continue }
      var amount = fact.amount?.amount
      if let money = fact.amount, money.currency != currency {
        amount = nil
        observations.append(
          LedgerObservation(
            code: .disputeInOtherCurrency, kind: .dispute, id: fact.id, names: fact.invoice))
      }
      events.append(Event(day: opened, rank: .disputeOpens, place: disputes.count))
      if let closed = fact.closed, closed <= businessDate {
        events.append(Event(day: closed, rank: .disputeCloses, place: disputes.count))
      }
      disputes.append(DisputeState(invoice: invoice, amount: amount))
    }
    observations.sort { ($0.kind.rawValue, $0.id, $0.names) < ($1.kind.rawValue, $1.id, $1.names) }
  }

  private mutating func gatherReversals(_ facts: CustomerFacts) {
    let reversals = facts.reversals.filter { $0.fact.date <= businessDate }
      .sorted { ($0.fact.date, $0.fact.id, $0.fact.payment) < ($1.fact.date, $1.fact.id, $1.fact.payment) }
    guard !reversals.isEmpty else { return }
    var places: [String: Int] = [:]
    for (place, receipt) in receipts.enumerated() where receipt.kind == .payment {
      let id = facts.payments[receipt.source].fact.id
      if places[id] == nil { places[id] = place }
    }
    var elsewhere: Set<String> = []
    for payment in facts.payments
    where payment.fact.amount.currency != currency && payment.fact.date <= businessDate {
      elsewhere.insert(payment.fact.id)
    }
    var reversed: Set<Int> = []
    for reversal in reversals.map(\.fact) {
      func observe(_ code: LedgerObservation.Code) {
        observations.append(
          LedgerObservation(code: code, kind: .reversal, id: reversal.id, names: reversal.payment))
      }
      guard let place = places[reversal.payment] else {
        // The replay of the other currency takes care of a payment in it.
        if !elsewhere.contains(reversal.payment) { observe(.unknownPayment) }
        continue
      }
      guard reversed.insert(place).inserted else {
        observe(.paymentAlreadyReversed)
        continue
      }
      let paid = receipts[place].date
      if reversal.date < paid { observe(.reversedBeforePaid) }
      events.append(Event(day: max(reversal.date, paid), rank: .reversal, place: place))
    }
  }

  /// Record numbers of the invoices issued up to the business date, in any currency; our own currency comes first.
  private func invoiceNames(_ facts: CustomerFacts, _ placeOfInvoice: [Int?]) -> [String: Int] {
    var names: [String: Int] = [:]
    names.reserveCapacity(facts.invoices.count)
    for invoice in invoices {
      let id = facts.invoices[invoice.source].fact.id
      if names[id] == nil { names[id] = invoice.source }
    }
    for place in facts.invoices.indices
    where placeOfInvoice[place] == nil && facts.invoices[place].fact.issued <= businessDate {
      let id = facts.invoices[place].fact.id
      if names[id] == nil { names[id] = place }
    }
    return names
  }

  private mutating func observe(
    _ source: Int?, _ kind: FactKind, _ id: String, names name: String, _ facts: CustomerFacts
  ) {
    let isForeign = source.map { facts.invoices[$0].fact.amount.currency != currency } ?? false
    observations.append(
      LedgerObservation(
        code: isForeign ? .invoiceInOtherCurrency : .unknownInvoice, kind: kind, id: id, names: name))
  }

  private static func record(
    of receipt: ReceiptState, _ facts: CustomerFacts
  ) -> (id: String, names: String?, source: String) {
    switch receipt.kind {
    case .creditNote:
      let note = facts.creditNotes[receipt.source]
      return (note.fact.id, note.fact.invoice, note.provenance.source)
    case .payment:
      let payment = facts.payments[receipt.source]
      return (payment.fact.id, payment.fact.invoice, payment.provenance.source)
    default:
      let invoice = facts.invoices[receipt.source]
      return (invoice.fact.id, nil, invoice.provenance.source)
    }
  }
}

extension Array {
  /// Sorts, after a look whether there is anything to do: facts mostly lie in the order of their dates.
  fileprivate mutating func sortUnlessInOrder(by isBefore: (Element, Element) -> Bool) {
    for place in indices.dropFirst() where isBefore(self[place], self[place - 1]) {
      sort(by: isBefore)
      return
    }
  }
}
