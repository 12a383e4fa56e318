import Access
import Decisioning
import FactStore
import Facts
import Formats
import SQLite

/// Finds decisions for callers, as far as they may see them.
enum VisibleDecision {
  /// A decision with the words of its rule set.
  ///
  /// - Parameter token: who asks; nil where it is known already that they may see it.
  /// - Throws: `.unknownDecision`, also for one that the token may not see: not even that it exists is told.
  static func find(
    _ id: DecisionID, for token: ServiceToken?, _ rules: RuleDesk, _ reader: FactReader
  ) throws(Problem) -> (record: DecisionRecord, texts: RuleTexts) {
    do throws(DecisionStoreError) {
      if let record = try DecisionStore.decision(id, in: reader.sql) {
        let company = try DecisionStoreError.wrapping { () throws(SQLiteError) in
          try IntakeStore.company(of: id, in: reader.sql)
        }
        if token?.sees(askedForBy: company, in: record.content.jurisdiction) ?? true {
          return (record, try rules.texts(of: record.content.ruleSet, in: reader.sql))
        }
      }
    } catch {
      throw Problem(RatingError.decisions(error))
    }
    throw Problem(.unknownDecision, "There is no decision \(id) that the token may see.")
  }
}

extension DecisionContent {
  /// The country whose law the decision was made by; nil where it does not say.
  fileprivate var jurisdiction: Jurisdiction? {
    order?.jurisdiction
      ?? given.first { $0.name == "Jurisdiction" }?.value.stringValue.flatMap { Jurisdiction($0) }
  }
}
