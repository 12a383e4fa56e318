import AuditLog
import FactStore
import Facts
import Formats
import SQLite
import Values

/// Recomputes decisions from the stored facts and the stored rule set, and compares byte for byte.
///
/// Keeps the rule sets it has compiled; use one for a run, from one thread.
public final class Replay {
  /// What came of replaying one decision.
  public struct Verdict: Sendable {
    /// The decision's number.
    public let id: DecisionID
    /// The fields of the content that differ; empty where every byte is the same.
    public let differences: [Difference]
    /// What is left where facts that the decision saw have been erased since; nil where it could be recomputed.
    public let erased: Remains?

    init(id: DecisionID, differences: [Difference], erased: Remains? = nil) {
      self.id = id
      self.differences = differences
      self.erased = erased
    }

    /// Whether the recomputed content has the same bytes.
    public var isIdentical: Bool { differences.isEmpty && erased == nil }
  }

  /// What remains provable of a decision whose facts were erased.
  ///
  /// That its stored bytes match their hash and that its rule set is whole has been checked, else there is an error.
  public struct Remains: Sendable {
    /// The erasures since the decision.
    public let erasures: [Erasure]
    /// The version of the rule set, which is kept whole.
    public let ruleSet: Digest
    /// The hash that the stored bytes match.
    public let contentHash: Digest
    /// The audit entry that vouches for the record as it lies there; nil where there is none any more.
    public let auditEntry: Int?
  }

  /// A field of the content that was recomputed differently.
  public struct Difference: Hashable, Sendable {
    /// The field, as a JSON pointer into the content.
    public let field: String
    /// What is stored; nil where the field is not there.
    public let stored: String?
    /// What was recomputed; nil where the field is not there.
    public let recomputed: String?
  }

  private let store: FactStore
  /// How many threads decide at once.
  private let jobs: Int
  private var ruleSets: [Digest: RuleSet] = [:]
  private var layouts: [Int: RecordLayout] = [:]
  /// Decisions read at once: enough for a pass over each table to pay, few enough to lie in memory.
  private static let page = 1000

  /// Replays decisions of a store; `jobs` threads decide at once.
  public init(_ store: FactStore, jobs: Int = 1) {
    self.store = store
    self.jobs = max(1, jobs)
  }

  /// Replays one decision by its number.
  public func replay(_ id: DecisionID) throws(RatingError) -> Verdict {
    let record = try Self.decisions { () throws(DecisionStoreError) in
      try store.read { reader throws(DecisionStoreError) in try DecisionStore.decision(id, in: reader.sql) }
    }
    guard let record else { throw .unknownDecision(id) }
    return try replay(record)
  }

  /// Replays every decision after a number, or all, in the order of recording.
  ///
  /// Decisions of one pass see the same facts by the same rules, so these are read and decided many at a time; what
  /// does not come out the same that way is replayed by itself before it is called different.
  public func replayAll(after first: DecisionID? = nil, _ body: (Verdict) -> Void) throws(RatingError) {
    var last = first
    while true {
      let after = last
      let page = try Self.decisions { () throws(DecisionStoreError) in
        try store.read { reader throws(DecisionStoreError) in
          try DecisionStoreError.wrapping { () throws(SQLiteError) in
            try DecisionStore.stored(after: after, limit: Self.page, in: reader.sql)
          }
        }
      }
      guard let end = page.last else { return }
      var rest = page[...]
      while let next = rest.first {
        let group = ReplayGroup(rest)
        let layout = try self.layout(next.ruleSetKey)
        let isSame = try group.isSame(store, ruleSet(layout.ruleSet), jobs: jobs)
        for (decision, isSame) in zip(group.decisions, isSame) {
          if isSame {
            body(Verdict(id: decision.id, differences: []))
          } else {
            body(
              try replay(try Self.decisions { () throws(DecisionStoreError) in try decision.record(layout) }))
          }
        }
        rest = rest.dropFirst(group.decisions.count)
      }
      last = end.id
    }
  }

  private func replay(_ record: DecisionRecord) throws(RatingError) -> Verdict {
    let ruleSet = try self.ruleSet(record.content.ruleSet)
    let asOf = AsOf(
      businessDate: record.content.businessDate, knownAt: record.knownAt, sequence: record.readSequence)
    let (facts, situation, stops) = try store.read { reader throws(RatingError) in
      let (facts, situation) = try Rater.read(
        record.customerKey, asOf: asOf, currency: record.content.currency,
        order: record.content.order, proposal: record.content.proposal,
        judgement: record.content.ownJudgement, reader)
      let stops = try RatingError.wrapping { () throws(SQLiteError) in
        try StopSwitch.inForce(at: record.sequence, in: reader.sql)
      }
      return (facts, situation, stops)
    }
    var content = ruleSet.decide(facts, situation)
    if record.kind == .automated { content?.obey(stops) }
    let recomputed = content?.bytes(ruleSet.layout)
    // The hash is over the very bytes that are stored, which encoding the content again would only imitate.
    guard recomputed.map({ SHA256.hash($0) }) != record.contentHash else {
      return Verdict(id: record.id, differences: [])
    }
    if let remains = try remains(of: record) {
      return Verdict(id: record.id, differences: [], erased: remains)
    }
    var differences: [Difference] = []
    Self.compare(record.content.json, content?.json, at: "", &differences)
    if differences.isEmpty {
      differences.append(
        Difference(
          field: "", stored: record.contentHash.hexadecimal,
          recomputed: recomputed.map { SHA256.hash($0).hexadecimal }))
    }
    return Verdict(id: record.id, differences: differences)
  }

  /// What is left of a decision whose facts were erased; nil where none were.
  private func remains(of record: DecisionRecord) throws(RatingError) -> Remains? {
    try store.read { reader throws(RatingError) in
      let erasures = try Rater.erasures(of: record.customerKey, after: record.readSequence, reader)
      if erasures.isEmpty { return nil }
      let entry = try RatingError.wrapping { () throws(SQLiteError) in
        try AuditLog.voucher(
          for: AuditedRow(.decision, record.id.number), of: record.customerKey, sequence: record.sequence,
          in: reader.sql)
      }
      return Remains(
        erasures: erasures, ruleSet: record.content.ruleSet, contentHash: record.contentHash,
        auditEntry: entry)
    }
  }

  private func layout(_ ruleSetKey: Int) throws(RatingError) -> RecordLayout {
    if let layout = layouts[ruleSetKey] { return layout }
    let layout = try Self.decisions { () throws(DecisionStoreError) in
      try store.read { reader throws(DecisionStoreError) in
        try RuleSetStore.layout(ruleSetKey, in: reader.sql)
      }
    }
    layouts[ruleSetKey] = layout
    return layout
  }

  private func ruleSet(_ version: Digest) throws(RatingError) -> RuleSet {
    if let ruleSet = ruleSets[version] { return ruleSet }
    let files = try Self.decisions { () throws(DecisionStoreError) in
      try store.read { reader throws(DecisionStoreError) in try RuleSetStore.files(version, in: reader.sql) }
    }
    do {
      let ruleSet = try RuleSet(files)
      ruleSets[version] = ruleSet
      return ruleSet
    } catch {
      throw .ruleSet(error)
    }
  }

  private static func decisions<Result>(
    _ body: () throws(DecisionStoreError) -> Result
  ) throws(RatingError) -> Result {
    do { return try body() } catch { throw .decisions(error) }
  }

  /// Walks both contents side by side down to the fields that differ.
  private static func compare(
    _ stored: JSONValue?, _ recomputed: JSONValue?, at path: String, _ differences: inout [Difference]
  ) {
    guard stored != recomputed else { return }
    switch (stored, recomputed) {
    case (.object(let left)?, .object(let right)?):
      for key in left.keys + right.keys.filter({ left[$0] == nil }) {
        compare(left[key], right[key], at: "\(path)/\(key)", &differences)
      }
    case (.array(let left)?, .array(let right)?):
      for place in 0..<max(left.count, right.count) {
        compare(
          place < left.count ? left[place] : nil, place < right.count ? right[place] : nil,
          at: "\(path)/\(place)", &differences)
      }
    default:
      func text(_ value: JSONValue?) -> String? {
        value.map { value in
          var json = JSONWriter()
          json.value(value)
          return json.text
        }
      }
      differences.append(Difference(field: path, stored: text(stored), recomputed: text(recomputed)))
    }
  }
}
