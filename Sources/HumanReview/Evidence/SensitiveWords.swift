import FactStore

/// Words that tell of special categories of data (GDPR articles 9 and 10), found in free text.
///
/// A find is a warning, not a refusal: a customer's own letter may speak of illness. Texts are compared in small letters
/// and without the marks of Baltic letters, since people leave them out. A stem is met where a word begins with it, a
/// stem that ends in `$` where the word is it, and a stem of several words where they follow one another.
public struct SensitiveWords: Sendable {
  /// A category with its stems.
  public struct Category: Hashable, Sendable {
    /// The word for it: `health`.
    public var id: String
    /// What the words tell of.
    public var title: String
    /// Where the category is protected.
    public var provision: String
    /// The stems of all languages.
    public var stems: [String]
  }

  /// A word that was found.
  public struct Finding: Hashable, Sendable {
    /// The word as it stands in the text.
    public var word: String
    /// The category's id.
    public var category: String
    /// What the word tells of.
    public var title: String
    /// Where that is protected.
    public var provision: String

    /// The warning for the writer.
    public var sentence: String {
      "'\(word)' tells of \(title) (\(provision)): it may not count in a decision; leave it out if it is not needed."
    }
  }

  /// The shortest stem: shorter ones would be met by chance.
  static let shortest = 3

  private struct Stem: Sendable {
    let words: [String]
    let isWhole: Bool
    let category: Int
  }

  private let categories: [Category]
  /// The stems by the first letters of their first word.
  private let stems: [Substring: [Stem]]

  /// The stems of some categories, ready to be looked for.
  public init(_ categories: [Category]) {
    self.categories = categories
    var stems: [Substring: [Stem]] = [:]
    for (place, category) in categories.enumerated() {
      for text in category.stems {
        let isWhole = text.hasSuffix("$")
        let words = SearchText.folded(isWhole ? String(text.dropLast()) : text).split(separator: " ")
        guard let first = words.first, first.count >= Self.shortest else { continue }
        stems[first.prefix(Self.shortest), default: []].append(
          Stem(words: words.map(String.init), isWhole: isWhole, category: place))
      }
    }
    self.stems = stems
  }

  /// The words of the text that a stem meets, each once.
  public func findings(in text: String) -> [Finding] {
    let words = text.split { !$0.isLetter && !$0.isNumber }
    let folded = words.map { SearchText.folded(String($0)) }
    var findings: [Finding] = []
    var seen: Set<String> = []
    for (place, word) in folded.enumerated() {
      guard
        let stem = stems[word.prefix(Self.shortest)]?.first(where: { Self.meets($0, folded[place...]) })
      else { continue }
      let category = categories[stem.category]
      let end = place + stem.words.count
      guard seen.insert(folded[place..<end].joined(separator: " ")).inserted else { continue }
      findings.append(
        Finding(
          word: words[place..<end].joined(separator: " "), category: category.id, title: category.title,
          provision: category.provision))
    }
    return findings
  }

  private static func meets(_ stem: Stem, _ words: ArraySlice<String>) -> Bool {
    guard words.count >= stem.words.count else { return false }
    let pairs = zip(words, stem.words)
    return stem.isWhole ? pairs.allSatisfy { $0 == $1 } : pairs.allSatisfy { $0.hasPrefix($1) }
  }
}
