import Formats

/// Why the texts of a language cannot be used.
public enum TextError: Error, Hashable, Sendable {
  /// The rule set has no texts in this language.
  case noLanguage(language: String, known: [String])
  /// The file is not JSON.
  case notJSON(path: String, error: JSONError)
  /// A text that explanations need is not there.
  case missing(path: String, text: String)

  /// A code that stays the same while the sentence may change.
  public var code: String {
    switch self {
    case .noLanguage: "texts.no-language"
    case .notJSON: "texts.not-json"
    case .missing: "texts.missing"
    }
  }

  /// Where, what and how to mend it.
  public var sentence: String {
    switch self {
    case .noLanguage(let language, let known):
      "There are no texts in '\(language)'. The rule set has: \(known.joined(separator: ", "))."
    case .notJSON(let path, let error):
      "\(path): \(error.sentence)"
    case .missing(let path, let text):
      "\(path): the text '\(text)' is missing. Add it; the English file shows the form."
    }
  }
}
