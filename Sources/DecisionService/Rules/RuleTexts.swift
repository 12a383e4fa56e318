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
  /// In the order of the languages; nil for one that the rule set has no texts in.
  private let catalogues: [TextCatalogue?]
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
    catalogues = Language.allCases.map { try? TextCatalogue(files, language: $0) }
  }

  /// The texts in a language.
  func catalogue(_ language: Language) throws(TextError) -> TextCatalogue {
    if let catalogue = catalogues[language.place] { return catalogue }
    let known = Language.allCases.filter { catalogues[$0.place] != nil }
    throw .noLanguage(language: language.rawValue, known: known.map(\.rawValue).sorted())
  }

  /// Writes the main reasons of a decision, each as an object of its code and its sentence.
  ///
  /// - Parameter content: what it rests on, where that is at hand: what a person relied on is told in their words.
  func writeReasons(
    of summary: DecisionSummary, _ content: DecisionContent?, in language: Language,
    to json: inout JSONWriter
  ) throws(TextError) {
    if let content, content.judgement != nil {
      for reason in try ExplanationDocument.mainReasons(of: content, try catalogue(language)) {
        json.raw(Self.object(code: reason.code, text: reason.sentence)[...])
      }
      return
    }
    for reason in summary.reasons { json.raw(try told(reason, in: language)[...]) }
  }

  private func told(
    _ reason: DecisionSummary.Reason, in language: Language
  ) throws(TextError) -> [UInt8] {
    let told = Told(language: language, reason: reason)
    if let known = reasons.withLock({ $0[told] }) { return known }
    let sentence = try ExplanationDocument.sentence(
      of: PrincipalReason(code: reason.code, loss: nil, characteristic: reason.characteristic),
      reason.value, try catalogue(language))
    let made = Self.object(code: reason.code, text: sentence)
    reasons.withLock { reasons in
      if reasons.count >= Self.mostReasons { reasons.removeAll() }
      reasons[told] = made
    }
    return made
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

extension Language {
  /// Its place among all languages.
  fileprivate var place: Int {
    switch self {
    case .english: 0
    case .estonian: 1
    case .latvian: 2
    }
  }
}
