import Decisioning
import Explanation
import Formats
import HumanReview
import Synchronization
import Values

/// What a rule set says in words, and how what it refers is treated: enough to answer for a decision that it made.
final class RuleTexts: Sendable {
  let files: RuleSetFiles
  /// How cases are treated; nil where the rule set does not say.
  let policy: ReviewPolicy?
  private let catalogues: [Language: TextCatalogue]
  /// Sentences that were made before: the same few are told again and again, and to make one takes as long as to rate.
  private let sentences = Mutex<[Told: String]>([:])
  /// So many are kept; a value may be any number.
  private static let mostSentences = 20_000

  private struct Told: Hashable {
    let language: Language
    let reason: DecisionSummary.Reason
  }

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

  /// The codes and sentences of the main reasons of a decision.
  ///
  /// - Parameter content: what it rests on, where that is at hand: what a person relied on is told in their words.
  func reasons(
    of summary: DecisionSummary, _ content: DecisionContent?, in language: Language
  ) throws(TextError) -> [(code: String, text: String)] {
    let texts = try catalogue(language)
    if let content, content.judgement != nil {
      return try ExplanationDocument.mainReasons(of: content, texts).map { ($0.code, $0.sentence) }
    }
    return try summary.reasons.map { reason throws(TextError) in
      let told = Told(language: language, reason: reason)
      if let known = sentences.withLock({ $0[told] }) { return (reason.code, known) }
      let made = try ExplanationDocument.sentence(
        of: PrincipalReason(code: reason.code, loss: nil, characteristic: reason.characteristic),
        reason.value, texts)
      sentences.withLock { sentences in
        if sentences.count >= Self.mostSentences { sentences.removeAll() }
        sentences[told] = made
      }
      return (reason.code, made)
    }
  }
}
