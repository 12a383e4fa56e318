import Access
import Decisioning
import FactStore
import SQLite
import Values

/// The answers to the questions that each turn of an event loop begins with, kept from turn to turn.
///
/// They hold while nothing but decisions is written (`QuietWrites`), which is most of the time: each of them is a page or more
/// that every commit makes SQLite read again, all together 30 µs a turn.
struct TurnBasis {
  /// The last write that the turn's snapshot shows.
  private(set) var sequence: Int
  /// Which state of users, roles and tokens it shows.
  let accessGeneration: Int
  /// The last activation of a rule set; 0 where there was none.
  let lastActivation: Int
  /// Whether a register was ever asked about anybody.
  private let hasPulls: Bool
  /// That of the last turn that asked for one.
  private var moment: OnlineRater.Moment?

  /// The basis of the turn that a snapshot is for.
  ///
  /// - Parameter earlier: that of the turn before, on the same connection; nil where there was none.
  init(after earlier: TurnBasis?, _ quietWrites: QuietWrites, _ reader: FactReader) throws(SQLiteError) {
    let sequence = try reader.lastSequence()
    if var known = earlier, quietWrites.cover(after: known.sequence, upTo: sequence) {
      known.sequence = sequence
      try reader.passChanges()
      try DecisionStore.passJudgements(in: reader.sql)
      self = known
      return
    }
    self.sequence = sequence
    do throws(AccessError) { accessGeneration = try AccessStore.generation(in: reader.sql) } catch {
      if case .storage(let error) = error { throw error }
      throw SQLiteError(.corrupt, message: error.sentence, path: reader.sql.path)
    }
    lastActivation = try RulesInForce.lastActivation(in: reader.sql)
    hasPulls = try reader.hasPulls()
    moment = earlier?.moment
    // Those who pass changes and people's decisions later have followed these.
    try reader.followChanges()
    try DecisionStore.followJudgements(in: reader.sql)
  }

  /// The moment of the turn.
  mutating func moment(
    on day: CivilDate, at instant: Instant, in reader: FactReader
  ) throws(SQLiteError) -> OnlineRater.Moment {
    let made = try OnlineRater.Moment(
      businessDate: day, knownAt: instant, sequence: sequence, hasPulls: hasPulls, after: moment,
      in: reader)
    moment = made
    return made
  }
}
