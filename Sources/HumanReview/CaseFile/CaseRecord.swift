import Facts
import Formats
import Values

/// A raw record in a case file: every field as it was stored, and where it came from.
public struct CaseRecord: Hashable, Sendable {
  /// How evidence names it: `invoice:INV-14-06`.
  public let name: String
  /// What it is.
  public let kind: FactKind
  /// The fields that have a value, by their names in the canonical layout.
  public let fields: [Field]
  /// The day from which it is true.
  public let trueFrom: CivilDate
  /// The store's number of the fact; a corrected record has another one.
  public let factID: Int
  /// Source, file, line, since when it is known.
  public let provenance: Provenance

  /// Whether a rating reads it.
  var isRated: Bool { FactKind.rating.contains(kind) }

  /// One field.
  public struct Field: Hashable, Sendable {
    /// The column of the canonical layout.
    public let name: String
    /// The value as it would stand in a file.
    public let value: String
  }

  private init<Content: FactContent>(_ recorded: Recorded<Content>, _ fact: (Content) -> Fact) {
    kind = Content.factKind
    name = "\(kind.rawValue):\(recorded.record)"
    fields = zip(kind.fields, fact(recorded.fact).fieldValues).compactMap { field, value in
      value == .missing ? nil : Field(name: field.name.rawValue, value: value.text)
    }
    trueFrom = recorded.trueFrom
    factID = recorded.factID
    provenance = recorded.provenance
  }

  /// All records, kind by kind.
  static func all(_ facts: CustomerFacts) -> [CaseRecord] {
    var records: [CaseRecord] = []
    records.reserveCapacity(facts.count)
    if let customer = facts.customer { records.append(CaseRecord(customer, Fact.customer)) }
    records += facts.contracts.map { CaseRecord($0, Fact.contract) }
    records += facts.invoices.map { CaseRecord($0, Fact.invoice) }
    records += facts.creditNotes.map { CaseRecord($0, Fact.creditNote) }
    records += facts.payments.map { CaseRecord($0, Fact.payment) }
    records += facts.reversals.map { CaseRecord($0, Fact.reversal) }
    records += facts.debtNotices.map { CaseRecord($0, Fact.debtNotice) }
    records += facts.disputes.map { CaseRecord($0, Fact.dispute) }
    records += facts.registerEntries.map { CaseRecord($0, Fact.registerEntry) }
    records += facts.arrearsEntries.map { CaseRecord($0, Fact.arrearsEntry) }
    records += facts.noticeDeliveries.map { CaseRecord($0, Fact.noticeDelivery) }
    records += facts.complaints.map { CaseRecord($0, Fact.complaint) }
    records += facts.paymentPlans.map { CaseRecord($0, Fact.paymentPlan) }
    records += facts.planInstalments.map { CaseRecord($0, Fact.planInstalment) }
    records += facts.protections.map { CaseRecord($0, Fact.protection) }
    records += facts.dwellings.map { CaseRecord($0, Fact.dwelling) }
    records += facts.deposits.map { CaseRecord($0, Fact.deposit) }
    records += facts.operatorConfirmations.map { CaseRecord($0, Fact.operatorConfirmation) }
    records += facts.claimAssignments.map { CaseRecord($0, Fact.claimAssignment) }
    records += facts.holds.map { CaseRecord($0, Fact.hold) }
    return records
  }

  /// The names of the sources that a customer's records come from.
  public static func sources(of facts: CustomerFacts) -> Set<String> {
    Set(all(facts).map(\.provenance.source))
  }

  /// The record for machines.
  public var json: JSONValue {
    var fields = JSONObject()
    for field in self.fields { fields[field.name] = .string(field.value) }
    return [
      "record": .string(name), "kind": .string(kind.rawValue), "fields": .object(fields),
      "trueFrom": .string(trueFrom.description), "source": .string(provenance.source),
      "file": provenance.file.map(JSONValue.string) ?? .null,
      "line": provenance.line.map { .number(Decimal($0)) } ?? .null,
      "knownFrom": .string(provenance.knownFrom.description),
      "sequence": .number(Decimal(provenance.sequence)),
      "contentHash": .string(provenance.contentHash.hexadecimal),
    ]
  }
}

/// What became of the records since the decision under the case was made.
public struct RecordNews: Hashable, Sendable {
  /// What happened.
  public enum Change: String, CaseIterable, Hashable, Sendable {
    /// It came in, or came true, after the decision.
    case new
    /// It says something else than the decision saw.
    case corrected
    /// It is no longer this customer's.
    case gone
  }

  /// What happened.
  public let change: Change
  /// The record as it is now; as the decision saw it where it is gone.
  public let record: CaseRecord

  /// What changed between the records that a decision saw and those of now, in the order of their days.
  static func between(_ seen: [CaseRecord], _ now: [CaseRecord]) -> [RecordNews] {
    let before = Dictionary(grouping: seen, by: \.name)
    let after = Set(now.map(\.name))
    let known = Set(seen.map(\.factID))
    var news = now.filter { !known.contains($0.factID) }.map { record in
      RecordNews(change: before[record.name] == nil ? .new : .corrected, record: record)
    }
    news += seen.filter { !after.contains($0.name) }.map { RecordNews(change: .gone, record: $0) }
    return news.sorted { ($0.record.trueFrom, $0.record.name) < ($1.record.trueFrom, $1.record.name) }
  }
}
