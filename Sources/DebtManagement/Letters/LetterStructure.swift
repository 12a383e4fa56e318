import Facts

/// What each letter consists of and has to say: `letters/structure.json`.
struct LetterStructure: Sendable {
  static let path = "letters/structure.json"

  /// Something that the law asks a letter to say.
  struct Element: Sendable {
    let id: String
    let letters: Set<DebtNotice.NoticeType>
    let scope: LetterScope
    /// What has to be filled in where it is said.
    let fields: Set<LetterField>
    let source: String
    let confidence: String
  }

  /// A paragraph of letters.
  struct Passage: Sendable {
    let id: String
    let scope: LetterScope
    let ifGiven: LetterField?
    let elements: Set<String>
  }

  /// One letter: which passages in which order.
  struct Plan: Sendable {
    let version: Int
    /// The circumstances that the letter is for; none named: all.
    let only: [LetterScope]
    let passages: [String]

    func isFor(_ circumstances: LetterCircumstances) -> Bool {
      only.isEmpty || only.contains { $0.holds(in: circumstances) }
    }
  }

  var elements: [Element] = []
  var passages: [String: Passage] = [:]
  var letters: [DebtNotice.NoticeType: Plan] = [:]

  /// The passages that a letter has in some circumstances, in their order.
  func passages(
    of letter: DebtNotice.NoticeType, in circumstances: LetterCircumstances
  ) -> [Passage] {
    (letters[letter]?.passages ?? []).compactMap { passages[$0] }
      .filter { $0.scope.holds(in: circumstances) }
  }
}
