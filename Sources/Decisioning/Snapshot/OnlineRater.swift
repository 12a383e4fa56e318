import FactStore
import Facts
import SQLite
import Values

/// Decides about customers one at a time, from what was kept of their facts where that still holds.
///
/// What it decides is what `RuleSet.decide` decides over the facts, byte for byte. A class for the same reason as the rule set.
public final class OnlineRater: Sendable {
  /// The rule set that decides.
  public let ruleSet: RuleSet
  /// The key under which the store keeps it.
  public let ruleSetKey: Int
  /// Where snapshots are kept in memory; nil for who reads each once.
  private let cache: FeatureSnapshotCache?

  /// What is asked.
  public struct Question: Sendable {
    /// The store's key of the customer.
    public var customerKey: Int
    /// The order that is asked about; nil to rate the customer alone.
    public var order: Order?
    /// What the decision is asked for.
    public var purpose: DecisionPurpose

    /// A question about a customer.
    public init(customerKey: Int, order: Order?, purpose: DecisionPurpose) {
      self.customerKey = customerKey
      self.order = order
      self.purpose = purpose
    }
  }

  /// The moment at which questions are answered, and what is the same for all customers; all requests of a turn share it.
  public final class Moment: Sendable {
    /// The day that the decision is to hold for, the instant of knowledge, and the last write that can be seen.
    public let asOf: AsOf
    /// Which registers have been loaded.
    public let sources: LoadedSources
    /// Whether a register was ever asked about anybody.
    let hasPulls: Bool
    /// Which state of the kept snapshots this is.
    let snapshotGeneration: Int

    /// The moment that a snapshot of the database shows; what an earlier one has found loaded is not looked up again.
    ///
    /// - Parameters:
    ///   - sequence: the last write that can be seen, where it is known.
    ///   - hasPulls: whether a register was ever asked about anybody, where it is known.
    public init(
      businessDate: CivilDate, knownAt: Instant, sequence: Int? = nil, hasPulls: Bool? = nil,
      after earlier: Moment? = nil, in reader: FactReader
    ) throws(SQLiteError) {
      let sequence = if let sequence { sequence } else { try reader.lastSequence() }
      let asOf = AsOf(businessDate: businessDate, knownAt: knownAt, sequence: sequence)
      self.asOf = asOf
      let isEarlier = earlier.map {
        ($0.asOf.sequence ?? .max) <= (asOf.sequence ?? 0) && $0.asOf.knownAt <= asOf.knownAt
      }
      sources = try LoadedSources(reader, asOf: asOf, earlier: isEarlier == true ? earlier?.sources : nil)
      self.hasPulls = if let hasPulls { hasPulls } else { try reader.hasPulls() }
      snapshotGeneration = try FeatureSnapshotStore.generation(in: reader.sql)
    }

    /// What the pulls about a customer mean.
    func pulls(
      of key: Int, _ reader: FactReader
    ) throws(RatingError) -> FactReader.Pulls {
      guard hasPulls else { return FactReader.Pulls() }
      do { return try reader.pulls(of: key, asOf: asOf) } catch { throw .facts(error) }
    }
  }

  /// Decides with a rule set that the store keeps.
  public init(_ ruleSet: RuleSet, key: Int, cache: FeatureSnapshotCache? = nil) {
    self.ruleSet = ruleSet
    ruleSetKey = key
    self.cache = cache
  }

  /// Fills the cache with what is kept for a moment, as far as there is room.
  public func fillCache(_ moment: Moment, _ reader: FactReader) throws(SQLiteError) {
    guard let cache else { return }
    try FeatureSnapshotStore.each(
      for: moment.asOf.businessDate, ruleSetKey: ruleSetKey, atMost: cache.capacity, in: reader.sql
    ) { cache.keep($1, of: $0, moment, ruleSetKey: ruleSetKey) }
  }

  /// Decides; nothing is written.
  ///
  /// Nil where no customer record has arrived.
  public func prepare(
    _ question: Question, _ moment: Moment, _ reader: FactReader
  ) throws(RatingError) -> PreparedRating? {
    if let kept = try prepareKept(question, moment, reader) { return kept }
    return try prepareFromFacts(question, moment, reader)
  }

  /// Decides from what was kept of the facts alone; nothing is written.
  ///
  /// Nil where nothing was kept that holds.
  ///
  /// - Parameter number: the number of the customer, where it is not certain that the key is theirs; nil is given for
  ///   another's key then.
  public func prepareKept(
    _ question: Question, ofCustomer number: String? = nil, _ moment: Moment, _ reader: FactReader
  ) throws(RatingError) -> PreparedRating? {
    let key = question.customerKey
    if let cached = cache?.stored(key, moment, ruleSetKey: ruleSetKey),
      try RatingError.wrapping({ () throws(SQLiteError) in
        try reader.isUntouched(key, since: cached.sequence)
      }),
      let prepared = try prepare(cached, question, ofCustomer: number, moment, reader)
    {
      return prepared
    }
    let stored = try RatingError.wrapping { () throws(SQLiteError) in
      try FeatureSnapshotStore.stored(
        of: key, for: moment.asOf.businessDate, ruleSetKey: ruleSetKey, in: reader)
    }
    guard let stored else { return nil }
    cache?.keep(stored, of: key, moment, ruleSetKey: ruleSetKey)
    return try prepare(stored, question, ofCustomer: number, moment, reader)
  }

  /// Decides from what was kept; nil where it is of another customer, where a register was loaded since, or where what is needed
  /// was left out of the cache.
  private func prepare(
    _ stored: FeatureSnapshotStore.Stored, _ question: Question, ofCustomer number: String?,
    _ moment: Moment, _ reader: FactReader
  ) throws(RatingError) -> PreparedRating? {
    let asOf = moment.asOf
    let pulls = try moment.pulls(of: question.customerKey, reader)
    let sources = moment.sources.with(pulls.answered)
    let mayBeJudged = try RatingError.wrapping { () throws(SQLiteError) in
      try JudgedCustomers.following(reader.sql).mayContain(question.customerKey)
    }
    let judgement =
      mayBeJudged ? try Rater.judgement(question.customerKey, order: question.order, asOf, reader) : nil
    if judgement == nil, pulls.silent.isEmpty,
      let rated = RatedSnapshot(bytes: stored.rated, ruleSet.layout)
    {
      guard number == nil || rated.number == number, rated.sources == sources else { return nil }
      return PreparedRating(
        rated.decide(question, asOf, features: stored.features, ruleSet), rated.jurisdiction)
    }
    guard !stored.basis.isEmpty,
      let kept = snapshot(stored, of: question.customerKey, for: asOf.businessDate),
      number == nil || kept.assessment.number == number,
      // A register that was loaded since makes "no entry" knowledge, which touches every customer at once.
      kept.standing.sources == sources
    else { return nil }
    let situation = Situation(
      businessDate: asOf.businessDate, sources: sources,
      quarantinedRecords: kept.standing.quarantinedRecords, order: question.order,
      previous: kept.standing.previous, judgement: judgement, silentSources: pulls.silent)
    let content = ruleSet.conclude(kept.assessment, situation)
    return PreparedRating(
      draft(content, question, asOf, encodedFeatures: kept.encodedFeatures), snapshot: nil,
      kept.assessment.jurisdiction)
  }

  private func snapshot(
    _ stored: FeatureSnapshotStore.Stored, of key: Int, for businessDate: CivilDate
  ) -> FeatureSnapshot? {
    FeatureSnapshot(
      customerKey: key, businessDate: businessDate, sequence: stored.sequence,
      basis: Array(stored.basis), encodedFeatures: Array(stored.features), names: ruleSet.featureNames)
  }

  /// The snapshot of one customer; nil where no customer record has arrived, or where it cannot be kept.
  public func snapshot(
    of customerKey: Int, _ moment: Moment, _ reader: FactReader
  ) throws(RatingError) -> FeatureSnapshot? {
    let (facts, situation) = try Rater.read(
      customerKey, asOf: moment.asOf, currency: nil, order: nil, sources: moment.sources, reader)
    return try ruleSet.assess(facts, situation).flatMap { assessment throws(RatingError) in
      try snapshot(assessment, situation, customerKey, moment.asOf, reader)
    }
  }

  /// A customer of a portfolio who has no snapshot that holds, with what one is made of.
  public struct Member: Sendable {
    fileprivate let customer: PortfolioCustomer
    fileprivate let previous: PreviousRating?
    fileprivate let sources: LoadedSources
    fileprivate let isComing: Bool
  }

  /// Those of some customers who have no snapshot that holds.
  public func members(
    _ customers: [PortfolioCustomer], _ moment: Moment, _ reader: FactReader
  ) throws(RatingError) -> [Member] {
    var sources: [Int: LoadedSources] = [:]
    for customer in customers {
      sources[customer.key] = moment.sources.with(try moment.pulls(of: customer.key, reader).answered)
    }
    return try RatingError.wrapping { () throws(SQLiteError) in
      let asOf = moment.asOf
      var open: [PortfolioCustomer] = []
      for customer in customers {
        let kept = try FeatureSnapshotStore.stored(
          of: customer.key, for: asOf.businessDate, ruleSetKey: ruleSetKey, in: reader
        ).flatMap { snapshot($0, of: customer.key, for: asOf.businessDate) }
        if kept?.standing.sources != sources[customer.key] { open.append(customer) }
      }
      let previous = try DecisionStore.previous(
        customerKeys: open.map(\.key), before: asOf.businessDate, knownAt: asOf.knownAt,
        sequence: asOf.sequence ?? Int.max, in: reader.sql)
      var members: [Member] = []
      for customer in open {
        members.append(
          Member(
            customer: customer, previous: previous[customer.key],
            sources: sources[customer.key] ?? moment.sources,
            isComing: try reader.hasFacts(of: customer.key, knownAfter: asOf.knownAt)))
      }
      return members
    }
  }

  /// The snapshot of a customer of the portfolio; nil where it cannot be kept.
  public func snapshot(_ member: Member, _ moment: Moment) -> FeatureSnapshot? {
    let asOf = moment.asOf
    let situation = Situation(
      businessDate: asOf.businessDate, sources: member.sources,
      quarantinedRecords: member.customer.openQuarantine, previous: member.previous)
    guard !member.isComing, let assessment = ruleSet.assess(member.customer.facts, situation) else {
      return nil
    }
    return snapshot(assessment, situation, member.customer.key, asOf)
  }

  /// Decides from the facts, whatever was kept of them; nothing is written.
  ///
  /// Nil where no customer record has arrived.
  public func prepareFromFacts(
    _ question: Question, _ moment: Moment, _ reader: FactReader
  ) throws(RatingError) -> PreparedRating? {
    let (facts, situation) = try Rater.read(
      question.customerKey, asOf: moment.asOf, currency: nil, order: question.order,
      sources: moment.sources, reader)
    guard let assessment = ruleSet.assess(facts, situation) else { return nil }
    let snapshot = try snapshot(assessment, situation, question.customerKey, moment.asOf, reader)
    return PreparedRating(
      draft(ruleSet.conclude(assessment, situation), question, moment.asOf, encodedFeatures: nil),
      snapshot: snapshot, assessment.jurisdiction)
  }

  private func draft(
    _ content: DecisionContent, _ question: Question, _ asOf: AsOf, encodedFeatures: [UInt8]?
  ) -> DecisionDraft {
    DecisionDraft(
      content, ruleSet, customerKey: question.customerKey, readSequence: asOf.sequence ?? 0,
      knownAt: asOf.knownAt, purpose: question.purpose, encodedFeatures: encodedFeatures)
  }

  private func snapshot(
    _ assessment: Assessment, _ situation: Situation, _ key: Int, _ asOf: AsOf, _ reader: FactReader
  ) throws(RatingError) -> FeatureSnapshot? {
    // Facts that were loaded with a later instant of knowledge come to be known without a write.
    let isComing = try RatingError.wrapping { () throws(SQLiteError) in
      try reader.hasFacts(of: key, knownAfter: asOf.knownAt)
    }
    return isComing ? nil : self.snapshot(assessment, situation, key, asOf)
  }

  private func snapshot(
    _ assessment: Assessment, _ situation: Situation, _ key: Int, _ asOf: AsOf
  ) -> FeatureSnapshot? {
    FeatureSnapshot(
      assessment, by: ruleSet, customerKey: key, businessDate: asOf.businessDate,
      sequence: asOf.sequence ?? 0,
      standing: FeatureSnapshot.Standing(
        sources: situation.sources, quarantinedRecords: situation.quarantinedRecords,
        previous: situation.previous))
  }
}
