public import Decisioning
import Explanation
import Facts
public import Formats

/// The check that letters are complete: part of the gate before a rule set is published.
public enum LetterCheck {
  /// Everything wrong with the letters of a rule set; empty where it has neither a ladder nor any of their files, for then
  /// it writes none.
  ///
  /// Every element that the law asks for has to be said in every language and in all circumstances in which the letter is
  /// written, by a passage that fills in the fields that the element names and that is never left out.
  public static func findings(_ files: RuleSetFiles) -> [JSONFinding] {
    let writes = { $0 == RestrictionModel.path || $0.hasPrefix("letters/") || $0 == Creditor.path }
    guard files.paths.contains(where: writes) else { return [] }
    return findings(LetterLibrary(files))
  }

  static func findings(_ library: LetterLibrary) -> [JSONFinding] {
    guard library.findings.isEmpty else { return library.findings }
    return elements(library) + texts(library) + idle(library) + creditors(library)
  }

  private struct Gap: Hashable {
    let letter: DebtNotice.NoticeType
    let element: String
    let language: Language
    let missing: LetterField?
  }

  private static func elements(_ library: LetterLibrary) -> [JSONFinding] {
    let structure = library.structure
    // One finding for each thing that is missing, with the first circumstances in which it is.
    var gaps: [Gap: LetterCircumstances] = [:]
    var order: [Gap] = []
    func note(_ gap: Gap, _ circumstances: LetterCircumstances) {
      guard gaps[gap] == nil else { return }
      gaps[gap] = circumstances
      order.append(gap)
    }
    for letter in DebtNotice.NoticeType.allCases {
      guard let plan = structure.letters[letter] else { continue }
      let passages = plan.passages.compactMap { structure.passages[$0] }.filter { $0.ifGiven == nil }
      let asked = structure.elements.filter { $0.letters.contains(letter) }
      // Most circumstances have the same passages and are asked for the same: each such case is looked at once.
      var seen: Set<[Bool]> = []
      for circumstances in LetterCircumstances.all where plan.isFor(circumstances) {
        let (has, says) = (
          passages.map { $0.scope.holds(in: circumstances) },
          asked.map { $0.scope.holds(in: circumstances) }
        )
        guard seen.insert(has + says).inserted else { continue }
        for (element, isAsked) in zip(asked, says) where isAsked {
          let saying = zip(passages, has).filter { $1 && $0.elements.contains(element.id) }.map(\.0.id)
          for language in Language.allCases {
            if saying.isEmpty {
              note(Gap(letter: letter, element: element.id, language: language, missing: nil), circumstances)
              continue
            }
            let texts = library.texts[language]?.passages ?? [:]
            let filled = saying.reduce(into: Set<LetterField>()) { $0.formUnion(texts[$1]?.fields ?? []) }
            for field in element.fields.subtracting(filled) {
              note(
                Gap(letter: letter, element: element.id, language: language, missing: field), circumstances)
            }
          }
        }
      }
    }
    let sources = Dictionary(structure.elements.map { ($0.id, $0.source) }) { first, _ in first }
    return order.map { gap in
      let place = gaps[gap]?.words ?? ""
      let source = sources[gap.element] ?? ""
      let (what, mending) =
        if let field = gap.missing {
          (
            "does not name {\(field.rawValue)} where it says \"\(gap.element)\"",
            "Fill it in in one of the passages that say it."
          )
        } else {
          ("does not say \"\(gap.element)\"", "Give it a passage that always does.")
        }
      return JSONFinding(
        file: gap.missing == nil ? LetterStructure.path : LetterTexts.path(gap.language),
        pointer: "/letters/\(gap.letter.rawValue)",
        message:
          "The letter \(what), which is asked for (\(source)), in \(gap.language.rawValue), for: \(place). \(mending)"
      )
    }
  }

  /// Every passage has a text in every language, and no text is idle.
  private static func texts(_ library: LetterLibrary) -> [JSONFinding] {
    var findings: [JSONFinding] = []
    let known = Set(library.structure.passages.keys)
    for language in Language.allCases {
      let texts = Set(library.texts[language]?.passages.keys.map { $0 } ?? [])
      let path = LetterTexts.path(language)
      for id in known.subtracting(texts).sorted() {
        findings.append(
          JSONFinding(
            file: path, pointer: "/passages", message: "The passage \"\(id)\" has no text. Write it."))
      }
      for id in texts.subtracting(known).sorted() {
        findings.append(
          JSONFinding(
            file: path, pointer: "/passages/\(id)",
            message: "\(LetterStructure.path) has no such passage. Correct the name or remove the text."))
      }
    }
    return findings
  }

  /// A passage that stands in no letter is a mistake in its name or in that of the letter's list.
  private static func idle(_ library: LetterLibrary) -> [JSONFinding] {
    let used = Set(library.structure.letters.values.flatMap(\.passages))
    return library.structure.passages.keys.filter { !used.contains($0) }.sorted().map { id in
      JSONFinding(
        file: LetterStructure.path, pointer: "/passages",
        message: "No letter has the passage \"\(id)\". Name it in one or remove it.")
    }
  }

  private static func creditors(_ library: LetterLibrary) -> [JSONFinding] {
    var findings: [JSONFinding] = []
    for jurisdiction in [Jurisdiction.latvia, .estonia] {
      for claimant in Contract.Claimant.allCases
      where !library.creditors.contains(where: { $0.jurisdiction == jurisdiction && $0.claimant == claimant })
      {
        findings.append(
          JSONFinding(
            file: Creditor.path, pointer: "/creditors",
            message: "There is no entry for \(jurisdiction.code) and \(claimant.rawValue). Add one."))
      }
    }
    return findings
  }
}
