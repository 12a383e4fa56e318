import Decisioning
import Explanation
import HumanReview
import Values

/// What a rule set says in words, and how what it refers is treated: enough to answer for a decision that it made.
final class RuleTexts: Sendable {
  let files: RuleSetFiles
  /// How cases are treated; nil where the rule set does not say.
  private let policy: ReviewPolicy?
  private let catalogues: [Language: TextCatalogue]

  init(_ files: RuleSetFiles) {
    self.files = files
    policy = try? ReviewPolicy(files)
    var catalogues: [Language: TextCatalogue] = [:]
    for language in Language.allCases { catalogues[language] = try? TextCatalogue(files, language: language) }
    self.catalogues = catalogues
  }

  /// The texts in a language.
  func catalogue(_ language: Language) throws(TextError) -> TextCatalogue {
    if let catalogue = catalogues[language] { return catalogue }
    throw .noLanguage(language: language.rawValue, known: catalogues.keys.map(\.rawValue).sorted())
  }

  /// The case that a decision waits in, counted from its own day so that it is told the same at any time.
  func referral(of record: DecisionRecord) -> (id: CaseID, due: CivilDate)? {
    guard record.kind == .automated, record.content.outcome == .refer else { return nil }
    return policy?.referral(of: record, on: record.content.businessDate)
  }
}
