import Values

extension LedgerReplay {
  /// How every invoice stands after the replay.
  func standings(_ facts: CustomerFacts) -> [InvoiceStanding] {
    invoices.map { state in
      let disputed = state.disputed
      let isPastDue = businessDate > state.due
      let overdue = isPastDue ? state.outstanding - disputed : 0
      let daysPastDue = overdue > 0 ? state.due.days(until: businessDate) : 0
      let daysLate = state.settledOn.map { max(0, state.due.days(until: $0)) } ?? daysPastDue
      return InvoiceStanding(
        id: facts.invoices[state.source].fact.id, factID: facts.invoices[state.source].factID,
        issued: facts.invoices[state.source].fact.issued, due: state.due,
        amount: state.amount, settled: state.amount - state.outstanding, outstanding: state.outstanding,
        disputed: disputed, overdue: overdue, daysPastDue: daysPastDue, settledOn: state.settledOn,
        daysLate: daysLate)
    }
  }

  /// How every payment, credit note and negative invoice stands after the replay.
  func receiptStandings(_ facts: CustomerFacts) -> [Receipt] {
    receipts.map { state in
      func receipt<Content>(_ recorded: Recorded<Content>) -> Receipt {
        Receipt(
          kind: state.kind, id: recorded.record, factID: recorded.factID, date: state.date,
          amount: state.amount, unused: state.unused, reversedOn: state.reversedOn)
      }
      return switch state.kind {
      case .creditNote: receipt(facts.creditNotes[state.source])
      case .payment: receipt(facts.payments[state.source])
      default: receipt(facts.invoices[state.source])
      }
    }
  }
}
