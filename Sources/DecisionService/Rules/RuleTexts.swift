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
  /// Reasons that were told before, as they are written: the same few are told again and again, and to make a sentence takes as
  /// long as to rate.
  private let reasons = Mutex<[Told: [UInt8]]>([:])
  /// So many are kept; a value may be any number.
  private static let mostReasons = 20_000

  private struct Told: Hashable {
    let language: Language
    let reason: DecisionSummary.Reason

    /// By what mostly differs: a code has one characteristic, and nearly all ask in one language.
    func hash(into hasher: inout Hasher) {
      hasher.combine(reason.code)
      hasher.combine(reason.value)
    }
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

  /// The main reasons of a decision, each as a JSON object of its code and its sentence.
  ///
  /// - Parameter content: what it rests on, where that is at hand: what a person relied on is told in their words.
  func reasons(
    of summary: DecisionSummary, _ content: DecisionContent?, in language: Language
  ) throws(TextError) -> [[UInt8]] {
    let texts = try catalogue(language)
    if let content, content.judgement != nil {
      return try ExplanationDocument.mainReasons(of: content, texts).map {
        Self.object(code: $0.code, text: $0.sentence)
      }
    }
    return try summary.reasons.map { reason throws(TextError) in
      let told = Told(language: language, reason: reason)
      if let known = reasons.withLock({ $0[told] }) { return known }
      let sentence = try ExplanationDocument.sentence(
        of: PrincipalReason(code: reason.code, loss: nil, characteristic: reason.characteristic),
        reason.value, texts)
      let made = Self.object(code: reason.code, text: sentence)
      reasons.withLock { reasons in
        if reasons.count >= Self.mostReasons { reasons.removeAll() }
        reasons[told] = made
      }
      return made
    }
  }

  private static func object(code: String, text: String) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("code", code)
    json.member("text", text)
    json.endObject()
    return json.bytes
  }
}
