import AuditLog
import FactStore
import Facts
import SQLite
import Values

/// Rates customers with one rule set on one store: reads the facts, decides, records.
public struct Rater: Sendable {
  /// The store of facts and decisions.
  public let store: FactStore
  /// The rule set.
  public let ruleSet: RuleSet
  /// Where every decision is entered.
  public let audit: AuditLog

  /// Rates with a rule set on a store.
  public init(store: FactStore, ruleSet: RuleSet, audit: AuditLog) {
    self.store = store
    self.ruleSet = ruleSet
    self.audit = audit
  }

  /// Makes one automated decision about a customer and records it.
  ///
  /// - Parameters:
  ///   - customer: the customer's number or another identifier.
  ///   - businessDate: the day that the decision is to hold for.
  ///   - knownAt: what became known later is not used.
  ///   - currency: the currency to rate; nil for the one of most of the customer's invoices.
  ///   - order: the order that is asked about; nil to rate the customer alone.
  ///   - actor: who asks.
  ///   - at: the instant of recording.
  public func rate(
    _ customer: CustomerReference, businessDate: CivilDate, knownAt: Instant, currency: Currency? = nil,
    order: Order? = nil, actor: String, at: Instant
  ) throws(RatingError) -> DecisionRecord {
    let read = try self.read(
      customer, businessDate: businessDate, knownAt: knownAt, currency: currency, order: order)
    guard let content = ruleSet.decide(read.facts, read.situation) else {
      throw .notArrived(customer, businessDate: businessDate)
    }
    let id = try store.write(actor: actor, at: at, purpose: "rate") {
      transaction throws(RatingError) -> DecisionID in
      try RatingError.wrapping { () throws(SQLiteError) in
        let ruleSetKey = try RuleSetStore.keep(
          ruleSet, sequence: transaction.sequence, audit: audit, in: transaction.sql)
        let draft = DecisionDraft(
          content, ruleSet, customerKey: read.key, readSequence: read.sequence, knownAt: knownAt,
          purpose: order == nil ? .rating : .order)
        return try DecisionStore.append(
          draft, ruleSet, ruleSetKey: ruleSetKey, sequence: transaction.sequence, audit: audit,
          in: transaction.sql)
      }
    }
    do {
      let record = try store.read { reader throws(DecisionStoreError) in
        try DecisionStore.decision(id, in: reader.sql)
      }
      if let record { return record }
    } catch {
      throw .decisions(error)
    }
    throw .unknownDecision(id)
  }

  /// The facts of a customer and what else a decision about them is asked, all of one snapshot.
  public func read(
    _ customer: CustomerReference, businessDate: CivilDate, knownAt: Instant, currency: Currency? = nil,
    order: Order? = nil
  ) throws(RatingError) -> (key: Int, sequence: Int, facts: CustomerFacts, situation: Situation) {
    try store.read { reader throws(RatingError) in
      let sequence = try RatingError.wrapping { () throws(SQLiteError) in try reader.lastSequence() }
      let asOf = AsOf(businessDate: businessDate, knownAt: knownAt, sequence: sequence)
      guard let key = try RatingError.wrapping({ () throws(SQLiteError) in try reader.key(of: customer) })
      else {
        throw .unknownCustomer(customer)
      }
      let (facts, situation) = try Self.read(key, asOf: asOf, currency: currency, order: order, reader)
      if facts.customer == nil, let erasure = try Self.erasures(of: key, after: 0, reader).last {
        throw .erased(customer, erasure)
      }
      return (key, sequence, facts, situation)
    }
  }

  /// What a recorded decision was made of: its rule set's files, and the facts and the situation that it saw.
  public static func material(
    of record: DecisionRecord, _ reader: FactReader
  ) throws(RatingError) -> (files: RuleSetFiles, facts: CustomerFacts, situation: Situation) {
    let content = record.content
    let files: RuleSetFiles
    do throws(DecisionStoreError) {
      files = try RuleSetStore.files(content.ruleSet, in: reader.sql)
    } catch {
      throw .decisions(error)
    }
    let (facts, situation) = try read(
      record.customerKey,
      asOf: AsOf(
        businessDate: content.businessDate, knownAt: record.knownAt, sequence: record.readSequence),
      currency: content.currency, order: content.order, proposal: content.proposal,
      judgement: content.ownJudgement, reader)
    return (files, facts, situation)
  }

  static func erasures(
    of key: Int, after sequence: Int, _ reader: FactReader
  ) throws(RatingError) -> [Erasure] {
    do { return try reader.erasures(of: key, after: sequence) } catch { throw .facts(error) }
  }

  /// What a person decided about a customer earlier and a decision has to heed.
  static func judgement(
    _ key: Int, order: Order?, _ asOf: AsOf, _ reader: FactReader
  ) throws(RatingError) -> GivenJudgement? {
    do throws(DecisionStoreError) {
      return try DecisionStore.judgements(
        customerKeys: [key], order: order?.reference, on: asOf.businessDate, knownAt: asOf.knownAt,
        sequence: asOf.sequence ?? Int.max, in: reader.sql)[key]
    } catch {
      throw .decisions(error)
    }
  }

  /// - Parameters:
  ///   - judgement: what a person decides now; nil where it is the automation that decides.
  ///   - sources: which registers have been loaded, where that is known.
  static func read(
    _ key: Int, asOf: AsOf, currency: Currency?, order: Order?, proposal: ServiceProposal? = nil,
    judgement: Judgement? = nil, sources known: LoadedSources? = nil, _ reader: FactReader
  ) throws(RatingError) -> (CustomerFacts, Situation) {
    let given: GivenJudgement?
    if let judgement {
      given = .made(judgement)
    } else {
      given = try self.judgement(key, order: order, asOf, reader)
    }
    do {
      let facts = try reader.facts(of: key, asOf: asOf)
      let open = try facts.customer.map { customer throws(StoreError) in
        try reader.openQuarantine(of: customer.fact, asOf: asOf)
      }
      let pulls = try reader.pulls(of: key, asOf: asOf)
      let (sources, previous) = try StoreError.wrapping {
        () throws(SQLiteError) -> (LoadedSources, PreviousRating?) in
        let previous = try DecisionStore.previous(
          customerKey: key, before: asOf.businessDate, knownAt: asOf.knownAt,
          sequence: asOf.sequence ?? Int.max, in: reader.sql)
        if let known { return (known, previous) }
        return (try LoadedSources(reader, asOf: asOf), previous)
      }
      return (
        facts,
        Situation(
          businessDate: asOf.businessDate, currency: currency, sources: sources.with(pulls.answered),
          quarantinedRecords: open ?? 0, order: order, proposal: proposal, previous: previous,
          judgement: given, silentSources: pulls.silent)
      )
    } catch {
      throw .facts(error)
    }
  }
}
