import AuditLog
import Decisioning
import FactStore
import Facts
import Ingestion
import SQLite
import Values

/// Enters those of whom nothing is known yet, and rates them as the thin files that they are.
struct ProspectDesk {
  private let write: StoreTransaction
  private var batch: Batch?
  private var count = 0
  /// How many were entered.
  private(set) var entered = 0

  init(_ write: StoreTransaction) { self.write = write }

  /// Ends the batch of those who were entered, and gives it to be vouched for; nil where nobody was.
  func finish() throws(StoreError) -> AuditedRow? {
    guard let batch else { return nil }
    try write.complete(batch, rows: entered)
    return AuditedRow(.batch, batch.key)
  }

  /// Decides about somebody inside the write: enters who is not known yet, and what registers have said.
  ///
  /// Who was entered meanwhile is not entered again.
  mutating func prepare(
    _ request: DecisionRequest, _ pulls: [PullResult], _ rules: RulesInForce, audit: AuditLog
  ) throws(RatingError) -> PreparedRating {
    let reader = write.reader
    let reference = request.customer.reference
    var key = try RatingError.wrapping { () throws(SQLiteError) -> Int? in
      guard let known = try reader.key(of: reference), try reader.hasArrived(known) else { return nil }
      return known
    }
    if key == nil {
      do throws(StoreError) { try enter(request, on: rules.basis.businessDate) } catch {
        throw .facts(error)
      }
      key = try RatingError.wrapping { () throws(SQLiteError) in try reader.key(of: reference) }
    }
    guard let key else { throw .unknownCustomer(reference) }
    do throws(StoreError) { try write.record(pulls, customerKey: key, audit: audit) } catch {
      throw .facts(error)
    }
    if let prepared = try prepare(request, rules, key, reader) { return prepared }
    // Somebody whose facts were erased, and who comes again.
    do throws(StoreError) { try enter(request, on: rules.basis.businessDate) } catch {
      throw .facts(error)
    }
    if let prepared = try prepare(request, rules, key, reader) { return prepared }
    throw .unknownCustomer(reference)
  }

  private func prepare(
    _ request: DecisionRequest, _ rules: RulesInForce, _ key: Int, _ reader: FactReader
  ) throws(RatingError) -> PreparedRating? {
    let moment = try RatingError.wrapping { () throws(SQLiteError) in
      // Sees what this very write has stored, and that what was kept before no longer holds.
      try write.enterChanges()
      return try OnlineRater.Moment(
        businessDate: rules.basis.businessDate, knownAt: write.at, in: reader)
    }
    let question = OnlineRater.Question(
      customerKey: key, order: request.order, purpose: request.purpose)
    return try rules.rater.prepare(question, moment, reader)
  }

  /// Stores the customer as order intake knows them.
  private mutating func enter(_ request: DecisionRequest, on day: CivilDate) throws(StoreError) {
    let batch: Batch
    if let open = self.batch {
      batch = open
    } else {
      batch = try write.openBatch(
        BatchDescription(
          source: IntakeRecorder.source, file: nil, digest: nil, layout: IntakeRecorder.source,
          knownFrom: write.at))
      self.batch = batch
    }
    var (number, identifier) = ("", Identifier?.none)
    switch request.customer.reference {
    case .number(let given): number = given
    case .identifier(let given): (number, identifier) = (try freeNumber(), given)
    }
    _ = try write.store(
      .customer(
        Customer(
          number: number, kind: request.customer.kind, jurisdiction: request.jurisdiction,
          customerSince: day, name: request.customer.name, identifier: identifier)),
      in: batch, line: nil)
    entered += 1
  }

  /// A customer number that nobody has: the write and a count within it.
  private mutating func freeNumber() throws(StoreError) -> String {
    while true {
      count += 1
      let number = "P-\(write.sequence)-\(count)"
      let key = try StoreError.wrapping { () throws(SQLiteError) in
        try write.reader.key(of: .number(number))
      }
      if key == nil { return number }
    }
  }
}
