import Values

/// The chronological replay behind `Ledger`: state of every invoice and receipt of one currency.
struct LedgerReplay {
  struct InvoiceState {
    let source: Int
    let due: CivilDate
    let amount: Decimal
    var outstanding: Decimal = 0
    /// Sum of the amounts in open disputes of part of the invoice.
    var partlyDisputed: Decimal = 0
    /// Number of open disputes of the whole invoice.
    var wholeDisputes = 0
    var isIssued = false
    var isListedOpen = false
    var settledOn: CivilDate?
    /// Receipts that named the invoice before it was issued.
    var waiting: [Int] = []

    var disputed: Decimal { wholeDisputes > 0 ? outstanding : min(outstanding, partlyDisputed) }
    /// What money that does not name the invoice may settle.
    var available: Decimal { wholeDisputes > 0 ? 0 : max(0, outstanding - partlyDisputed) }
  }

  struct ReceiptState {
    let kind: FactKind
    let source: Int
    let date: CivilDate
    let amount: Decimal
    var unused: Decimal
    /// Place of the invoice named, among `invoices`.
    var named: Int?
    var reversedOn: CivilDate?
    /// The newest allocation of this receipt; the others follow through `earlier`.
    var latest: Int?
  }

  struct DisputeState {
    let invoice: Int
    let amount: Decimal?
  }

  struct Event: Comparable {
    enum Rank: Int {
      case issue, disputeOpens, disputeCloses, receipt, reversal

      /// What becomes due first, then money, then what is taken back.
      var stage: Int {
        switch self {
        case .issue, .disputeOpens, .disputeCloses: 0
        case .receipt: 1
        case .reversal: 2
        }
      }
    }
    let day: CivilDate
    let rank: Rank
    let place: Int

    static func < (left: Event, right: Event) -> Bool {
      if left.day != right.day { return left.day < right.day }
      if left.rank != right.rank { return left.rank.rawValue < right.rank.rawValue }
      return left.place < right.place
    }
  }

  let businessDate: CivilDate
  let currency: Currency
  /// In order of priority: oldest due first, then issued, then record id.
  var invoices: [InvoiceState] = []
  var receipts: [ReceiptState] = []
  var disputes: [DisputeState] = []
  var events: [Event] = []
  var allocations: [Allocation] = []
  var observations: [LedgerObservation] = []
  /// For each allocation the one before it of the same receipt.
  private var earlier: [Int?] = []
  /// Places of invoices with an available amount, the oldest due last; settled ones are dropped when met.
  private var open: [Int] = []
  /// Receipts with something unused, in order of time; those used up are skipped when met.
  private var held: [Int] = []
  private var firstHeld = 0

  init(_ facts: CustomerFacts, until businessDate: CivilDate, currency: Currency) {
    self.businessDate = businessDate
    self.currency = currency
    gather(facts)
  }

  var outstanding: Decimal { invoices.reduce(0) { $0 + $1.outstanding } }

  mutating func run() {
    events.sort()
    // Held credit goes out whenever a stage of a day is complete, and before new money of the day arrives.
    var unspent: Event?
    for event in events {
      if let last = unspent, last.day != event.day || last.rank.stage != event.rank.stage {
        spendCredit(on: last.day)
        unspent = nil
      }
      switch event.rank {
      case .issue: issue(event.place, on: event.day)
      case .disputeOpens: setDispute(event.place, isOpen: true)
      case .disputeCloses: setDispute(event.place, isOpen: false)
      case .receipt: receive(event.place, on: event.day)
      case .reversal: reverse(event.place, on: event.day)
      }
      if event.rank != .receipt { unspent = event }
    }
    if let last = unspent { spendCredit(on: last.day) }
  }

  private mutating func issue(_ place: Int, on day: CivilDate) {
    invoices[place].isIssued = true
    invoices[place].outstanding = invoices[place].amount
    if invoices[place].amount == 0 { invoices[place].settledOn = day }
    for receipt in invoices[place].waiting {
      let amount = min(receipts[receipt].unused, invoices[place].outstanding)
      allocate(amount, of: receipt, to: place, on: day, .reference)
    }
    listOpen(place)
  }

  private mutating func setDispute(_ place: Int, isOpen: Bool) {
    let dispute = disputes[place]
    if let amount = dispute.amount {
      invoices[dispute.invoice].partlyDisputed += isOpen ? amount : -amount
    } else {
      invoices[dispute.invoice].wholeDisputes += isOpen ? 1 : -1
    }
    if !isOpen { listOpen(dispute.invoice) }
  }

  private mutating func receive(_ place: Int, on day: CivilDate) {
    let named = receipts[place].named
    var isSpoken = false
    if let named {
      if invoices[named].isIssued {
        let amount = min(receipts[place].unused, invoices[named].outstanding)
        allocate(amount, of: place, to: named, on: day, .reference)
        isSpoken = true
      } else {
        invoices[named].waiting.append(place)
      }
    }
    while receipts[place].unused > 0, let invoice = oldestOpen() {
      let amount = min(receipts[place].unused, invoices[invoice].available)
      allocate(amount, of: place, to: invoice, on: day, isSpoken ? .excess : .oldestDue)
    }
    if receipts[place].unused > 0 { held.append(place) }
  }

  private mutating func reverse(_ place: Int, on day: CivilDate) {
    guard receipts[place].reversedOn == nil else { return }
    receipts[place].reversedOn = day
    receipts[place].unused = 0
    var undone: [Allocation] = []
    var next = receipts[place].latest
    while let allocation = next {
      undone.append(allocations[allocation])
      next = earlier[allocation]
    }
    for allocation in undone.reversed() {
      invoices[allocation.invoice].outstanding += allocation.amount
      invoices[allocation.invoice].settledOn = nil
      record(-allocation.amount, of: place, to: allocation.invoice, on: day, .reversal)
      listOpen(allocation.invoice)
    }
  }

  private mutating func spendCredit(on day: CivilDate) {
    while firstHeld < held.count {
      let receipt = held[firstHeld]
      guard receipts[receipt].unused > 0 else {
        firstHeld += 1
        continue
      }
      guard let invoice = oldestOpen() else { return }
      let amount = min(receipts[receipt].unused, invoices[invoice].available)
      allocate(amount, of: receipt, to: invoice, on: day, .credit)
    }
  }

  private mutating func allocate(
    _ amount: Decimal, of receipt: Int, to invoice: Int, on day: CivilDate, _ reason: Allocation.Reason
  ) {
    guard amount > 0 else { return }
    receipts[receipt].unused -= amount
    invoices[invoice].outstanding -= amount
    if invoices[invoice].outstanding == 0 { invoices[invoice].settledOn = day }
    record(amount, of: receipt, to: invoice, on: day, reason)
  }

  private mutating func record(
    _ amount: Decimal, of receipt: Int, to invoice: Int, on day: CivilDate, _ reason: Allocation.Reason
  ) {
    earlier.append(receipts[receipt].latest)
    receipts[receipt].latest = allocations.count
    allocations.append(
      Allocation(date: day, receipt: receipt, invoice: invoice, amount: amount, reason: reason))
  }

  /// The oldest due invoice with an available amount.
  private mutating func oldestOpen() -> Int? {
    while let last = open.last {
      if invoices[last].available > 0 { return last }
      invoices[last].isListedOpen = false
      open.removeLast()
    }
    return nil
  }

  private mutating func listOpen(_ place: Int) {
    guard invoices[place].isIssued, !invoices[place].isListedOpen, invoices[place].available > 0 else {
      return
    }
    invoices[place].isListedOpen = true
    // The list is descending; binary search for the first place whose invoice is older due.
    var low = 0
    var high = open.count
    while low < high {
      let middle = (low + high) / 2
      if open[middle] > place { low = middle + 1 } else { high = middle }
    }
    open.insert(place, at: low)
  }
}
