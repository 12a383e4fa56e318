import Decisioning
import FactStore
import HumanReview
import SQLite
import Values

/// The rule set that decides at present, compiled, with its texts.
final class RulesInForce: Sendable {
  let rater: OnlineRater
  let texts: RuleTexts
  /// Which day it is in force on, and the last activation that was heeded.
  let basis: Basis

  /// What a rule set in force rests on: where any of it changes, another may be in force.
  struct Basis: Hashable, Sendable {
    var businessDate: CivilDate
    var lastActivation: Int
  }

  init(_ ruleSet: RuleSet, key: Int, cache: FeatureSnapshotCache, basis: Basis) {
    rater = OnlineRater(ruleSet, key: key, cache: cache)
    texts = RuleTexts(ruleSet.files)
    self.basis = basis
  }

  /// What a rule set in force on a day would rest on now.
  static func basis(on day: CivilDate, in reader: Reader) throws(SQLiteError) -> Basis {
    Basis(businessDate: day, lastActivation: try lastActivation(in: reader))
  }

  /// The number of the last activation; 0 where there was none.
  static func lastActivation(in reader: Reader) throws(SQLiteError) -> Int {
    try reader.integer("SELECT max(number) FROM rule_set_activation") ?? 0
  }
}
