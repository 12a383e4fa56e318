import Decisioning
import Explanation
import FactStore
import Facts
import SQLite
import Values

/// Everything that a reviewer has to see to decide a case, read in one snapshot (AD-28).
///
/// What the decision saw and what is known now stand side by side: a reviewer who only sees what the engine saw can only
/// agree with it. What takes computing (the counterfactuals, for which the rule set is compiled) is done when asked for.
public struct CaseFile: Sendable {
  /// The case.
  public let reviewCase: ReviewCase
  /// What happened in it.
  public let events: [ReviewEvent]
  /// What was attached to it.
  public let attachments: [Evidence]
  /// Whom it concerns, as known now; nil for a data problem, or where the customer's facts are erased.
  public let customer: Customer?
  /// Since when the customer's facts are erased, where they are.
  public let erasedAt: Instant?
  /// The decision under the case; nil for a data problem.
  public let decision: DecisionRecord?
  /// The decision in words; nil for a data problem.
  public let explanation: ExplanationDocument?
  /// The features of the decision with their evidence.
  public let features: [FeatureLine]
  /// What is otherwise than in the decision before; nil where there is none before.
  public let changes: DecisionChanges?
  /// What became known, or was corrected, since the decision.
  public let news: [RecordNews]
  /// What happened to the customer, the newest first.
  public let timeline: [TimelineEntry]
  /// What is open, overdue and disputed on the day of looking; nil without invoices.
  public let ledger: Ledger?
  /// The disputes that are open.
  public let openDisputes: [OpenDispute]
  /// Other cases about the customer, the newest first.
  public let otherCases: [EarlierReview]
  /// The open contest that suspends the effect of the decision; nil where none does.
  public let suspendedBy: CaseID?
  /// The records in quarantine that the case is about, or that name the customer.
  public let quarantine: [QuarantinedRecord]
  /// The day of looking.
  public let today: CivilDate

  private let records: [CaseRecord]
  private let seenRecords: [CaseRecord]
  private let material: (files: RuleSetFiles, facts: CustomerFacts, situation: Situation)?
  private let texts: TextCatalogue?

  /// The most decisions of a customer that stand in the time line.
  static let decisionLimit = 24
  /// The most records of the quarantine that are read.
  static let quarantineLimit = 500

  /// Gathers the file of a case.
  ///
  /// - Parameters:
  ///   - id: the case.
  ///   - language: the language of sentences from the rule set's texts.
  ///   - today: the day of looking, for what is due and overdue.
  ///   - now: the instant of looking, for claims.
  ///   - reader: one snapshot.
  public init(
    _ id: CaseID, language: Language = .english, on today: CivilDate, at now: Instant, _ reader: FactReader
  ) throws(CaseFileError) {
    self.today = today
    let (found, events, suspendedBy) = try Self.reading { () throws(ReviewError) in
      let found = try ReviewStore.read(id, at: now, in: reader)
      return (
        found, try ReviewStore.events(of: id, in: reader.sql),
        try found.decision.flatMap { decision throws(ReviewError) in
          try ReviewStore.suspension(of: decision, in: reader.sql)
        }
      )
    }
    reviewCase = found
    self.events = events
    self.suspendedBy = suspendedBy
    attachments = try CaseFileError.wrapping { () throws(SQLiteError) in
      try EvidenceStore.attachments(of: id, in: reader.sql)
    }
    var facts = CustomerFacts()
    if let key = found.customerKey {
      do throws(StoreError) {
        facts = try reader.facts(
          of: key, asOf: AsOf(businessDate: today, knownAt: now), kinds: FactKind.allCases)
        erasedAt = try reader.erasures(of: key, after: 0).last?.at
      } catch {
        throw .facts(error)
      }
    } else {
      erasedAt = nil
    }
    customer = facts.customer?.fact
    let recent = try Self.recent(found, reader)
    if let number = found.decision, let decision = recent.first(where: { $0.id == number }) {
      let material = try Self.material(of: decision, reader)
      let texts = try Self.texts(material.files, language)
      self.decision = decision
      self.material = material
      self.texts = texts
      do throws(TextError) {
        explanation = try ExplanationDocument(decision, texts: texts, facts: material.facts)
      } catch {
        throw .texts(error)
      }
      features = FeatureLine.all(decision.content, texts)
      changes = Self.previous(of: decision, among: recent).map { DecisionChanges($0, decision, texts) }
      seenRecords = CaseRecord.all(material.facts)
    } else {
      (decision, material, texts, explanation, features, changes) = (nil, nil, nil, nil, [], nil)
      seenRecords = []
    }
    records = CaseRecord.all(facts)
    news = decision == nil ? [] : RecordNews.between(seenRecords, records.filter(\.isRated))
    ledger = (decision?.content.currency ?? facts.principalCurrency(on: today)).map {
      Ledger(facts, businessDate: today, currency: $0)
    }
    // What no rating reads is no news to one.
    let known = Set((decision == nil ? records : seenRecords + records.filter { !$0.isRated }).map(\.factID))
    var line = Timeline(facts, today: today, seen: known)
    timeline = line.newestFirst(with: recent)
    openDisputes = facts.disputes.filter {
      $0.fact.opened <= today && ($0.fact.closed.map { $0 > today } ?? true)
    }
    .map { dispute in
      OpenDispute(
        record: "dispute:\(dispute.record)", invoice: dispute.fact.invoice, opened: dispute.fact.opened,
        amount: dispute.fact.amount.map { "\($0.amount.text(fractionDigits: 2)) \($0.currency.code)" })
    }
    otherCases = try Self.others(found, recent, now, reader)
    do throws(StoreError) {
      quarantine = try Self.quarantine(found, facts.customer?.fact, reader)
    } catch {
      throw .facts(error)
    }
  }

  /// What would have given a better decision, and the same in sentences; nil where the facts are erased.
  ///
  /// The rule set of the decision is compiled for it, which takes longer than everything else in the file.
  public func counterfactuals() throws(CaseFileError) -> (
    found: Counterfactuals, section: ExplanationSection
  )? {
    guard let decision, let material, let texts, material.facts.customer != nil,
      let ruleSet = try? RuleSet(material.files)
    else { return nil }
    let found = ruleSet.counterfactuals(of: decision.content, material.facts, material.situation)
    do throws(TextError) {
      return (found, try found.section(texts))
    } catch {
      throw .texts(error)
    }
  }

  /// A raw record by its name (`invoice:INV-14-06`): as known now, and as the decision saw it where that differs.
  ///
  /// - Throws: `.unknownRecord`.
  public func record(_ name: String) throws(CaseFileError) -> [CaseRecord] {
    let wanted = name.lowercased()
    var found = records.filter { $0.name.lowercased() == wanted }
    let known = Set(found.map(\.factID))
    found += seenRecords.filter { $0.name.lowercased() == wanted && !known.contains($0.factID) }
    guard !found.isEmpty else {
      let id = name.split(separator: ":").last.map { $0.lowercased() } ?? wanted
      let near = Set((records + seenRecords).map(\.name).filter { $0.lowercased().contains(id) }).sorted()
      let evidence = near.isEmpty ? features.flatMap(\.evidence) : near
      throw .unknownRecord(name, some: Array(evidence.prefix(3)))
    }
    return found
  }

  /// Whether a record is one that the decision saw and that says something else now, or is gone.
  public func isOutdated(_ record: CaseRecord) -> Bool {
    !records.contains { $0.factID == record.factID }
  }

  /// The sentence for the code of a reason, whether of the policy, the law or a person; nil where there is none.
  public func sentence(_ code: String) -> String? {
    guard let texts else { return nil }
    return (try? texts.reason(code, value: "")) ?? (try? texts.provision(code))
      ?? (try? texts.judgementReason(code))
  }
}

extension CaseFile {
  private static func reading<Result>(
    _ body: () throws(ReviewError) -> Result
  ) throws(CaseFileError) -> Result {
    do { return try body() } catch { throw .review(error) }
  }

  /// The newest decisions about the customer, with the one under the case, the newest first.
  private static func recent(
    _ reviewCase: ReviewCase, _ reader: FactReader
  ) throws(CaseFileError) -> [DecisionRecord] {
    do throws(DecisionStoreError) {
      var recent: [DecisionRecord] = []
      if let key = reviewCase.customerKey {
        recent = try DecisionStore.newest(ofCustomer: key, limit: decisionLimit, in: reader.sql)
      }
      if let id = reviewCase.decision, !recent.contains(where: { $0.id == id }),
        let decision = try DecisionStore.decision(id, in: reader.sql)
      {
        recent.append(decision)
        if let before = decision.supersedes, !recent.contains(where: { $0.id == before }),
          let earlier = try DecisionStore.decision(before, in: reader.sql)
        {
          recent.append(earlier)
        }
      }
      return recent.sorted { $0.id > $1.id }
    } catch {
      throw .decisions(error)
    }
  }

  /// What the decision took the place of; where it is the first about an order, the newest before it.
  private static func previous(
    of decision: DecisionRecord, among recent: [DecisionRecord]
  ) -> DecisionRecord? {
    recent.first { $0.id == decision.supersedes } ?? recent.first { $0.id < decision.id }
  }

  private static func material(
    of decision: DecisionRecord, _ reader: FactReader
  ) throws(CaseFileError) -> (files: RuleSetFiles, facts: CustomerFacts, situation: Situation) {
    do throws(RatingError) { return try Rater.material(of: decision, reader) } catch { throw .rating(error) }
  }

  private static func texts(
    _ files: RuleSetFiles, _ language: Language
  ) throws(CaseFileError) -> TextCatalogue {
    do throws(TextError) { return try TextCatalogue(files, language: language) } catch { throw .texts(error) }
  }

  private static func others(
    _ reviewCase: ReviewCase, _ recent: [DecisionRecord], _ now: Instant, _ reader: FactReader
  ) throws(CaseFileError) -> [EarlierReview] {
    guard let key = reviewCase.customerKey else { return [] }
    let cases = try reading { () throws(ReviewError) in
      try ReviewStore.cases(ofCustomer: key, at: now, in: reader)
    }
    var others: [EarlierReview] = []
    for other in cases where other.id != reviewCase.id {
      var record: DecisionRecord?
      if let id = other.closing?.decision, other.closing?.kind == .decided {
        record = recent.first { $0.id == id }
        if record == nil {
          do throws(DecisionStoreError) { record = try DecisionStore.decision(id, in: reader.sql) } catch {
            throw .decisions(error)
          }
        }
      }
      others.append(
        EarlierReview(
          reviewCase: other, judgement: record?.content.judgement?.judgement,
          result: record.map { "rating \($0.content.rating ?? "none"), \($0.content.outcome.rawValue)" }))
    }
    return others.sorted { $0.reviewCase.openedAt > $1.reviewCase.openedAt }
  }

  private static func quarantine(
    _ reviewCase: ReviewCase, _ customer: Customer?, _ reader: FactReader
  ) throws(StoreError) -> [QuarantinedRecord] {
    if reviewCase.id.kind == .dataProblem {
      return try reader.quarantine(ofBatch: reviewCase.id.number, limit: quarantineLimit)
    }
    guard let customer else { return [] }
    var found = try reader.openQuarantine(naming: .number(customer.number), limit: quarantineLimit)
    if let identifier = customer.identifier {
      found += try reader.openQuarantine(naming: .identifier(identifier), limit: quarantineLimit)
    }
    return found.sorted { $0.key < $1.key }
  }
}
