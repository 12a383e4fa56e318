import Facts
import Values

/// A record of a customer with where it came from.
struct RecordOrigin: Hashable, Sendable {
  let kind: FactKind
  let record: String
  let trueFrom: CivilDate
  let provenance: Provenance

  /// How evidence names it.
  var evidence: String { "\(kind.rawValue):\(record)" }

  private init<Content: FactContent>(_ recorded: Recorded<Content>) {
    kind = Content.factKind
    record = recorded.record
    trueFrom = recorded.trueFrom
    provenance = recorded.provenance
  }

  /// The origins of all records, kind by kind.
  static func all(_ facts: CustomerFacts) -> [RecordOrigin] {
    var origins: [RecordOrigin] = []
    if let customer = facts.customer { origins.append(RecordOrigin(customer)) }
    origins += facts.contracts.map { RecordOrigin($0) }
    origins += facts.invoices.map { RecordOrigin($0) }
    origins += facts.creditNotes.map { RecordOrigin($0) }
    origins += facts.payments.map { RecordOrigin($0) }
    origins += facts.reversals.map { RecordOrigin($0) }
    origins += facts.debtNotices.map { RecordOrigin($0) }
    origins += facts.disputes.map { RecordOrigin($0) }
    origins += facts.registerEntries.map { RecordOrigin($0) }
    origins += facts.arrearsEntries.map { RecordOrigin($0) }
    origins += facts.noticeDeliveries.map { RecordOrigin($0) }
    origins += facts.complaints.map { RecordOrigin($0) }
    origins += facts.paymentPlans.map { RecordOrigin($0) }
    origins += facts.planInstalments.map { RecordOrigin($0) }
    origins += facts.protections.map { RecordOrigin($0) }
    origins += facts.dwellings.map { RecordOrigin($0) }
    origins += facts.deposits.map { RecordOrigin($0) }
    origins += facts.operatorConfirmations.map { RecordOrigin($0) }
    origins += facts.claimAssignments.map { RecordOrigin($0) }
    origins += facts.holds.map { RecordOrigin($0) }
    return origins
  }
}
