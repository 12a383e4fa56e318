import Decisioning
import Explanation
import Formats
import SQLite
import Values

/// A decision that was made and is about to be stored: what is stored of it and what is answered are written by then.
///
/// What it was made of is let go by the thread that made it, while it is near: carried on to the commit and the answer, it took
/// 14 KB for each request that waited, and was fetched from far memory three times.
final class MadeDecision: Sendable {
  let entry: DecisionEntry
  /// The answer but for what the commit adds; a text that is missing is told once the decision is stored.
  let answer: Result<DecisionAnswer, TextError>
  /// What the case of a referral is made of; nil where it is none.
  let referral: DecisionSummary?
  /// What the facts came to, where it was computed anew and can be kept.
  let snapshot: FeatureSnapshot?

  private init(
    _ summary: DecisionSummary, _ content: DecisionContent?, _ entry: DecisionEntry,
    snapshot: FeatureSnapshot?, _ rules: RuleTexts, _ language: Language
  ) {
    self.entry = entry
    self.snapshot = snapshot
    referral = entry.outcome == .refer ? summary : nil
    answer = Result { () throws(TextError) in
      try DecisionAnswer(summary, content, kind: entry.kind, purpose: entry.purpose, rules, language)
    }
  }

  /// The decision as it was recorded: itself, or the referral that a stop has made of it.
  func asRecorded(
    _ recorded: DecisionEntry, _ rules: RulesInForce, _ language: Language, _ transaction: WriteTransaction
  ) throws(SQLiteError) -> MadeDecision {
    if recorded === entry { return self }
    guard let content = recorded.content(rules.rater.ruleSet) else {
      throw SQLiteError(.other, message: "a decision that cannot be read back", path: transaction.path)
    }
    return MadeDecision(
      DecisionSummary(content), content, recorded, snapshot: snapshot, rules.texts, language)
  }

  convenience init(_ prepared: PreparedRating, _ rules: RuleTexts, _ language: Language) {
    self.init(
      prepared.summary, prepared.content, prepared.entry, snapshot: prepared.snapshot, rules, language)
  }
}
