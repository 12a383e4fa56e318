public import Decisioning
import Explanation
import Facts
import Formats
import Values

/// Writes the letters of the debt ladder from the templates of a rule set.
public struct LetterWriter: Sendable {
  private let library: LetterLibrary

  /// A writer of the letters of a rule set.
  ///
  /// - Throws: `.rules` where they are not complete, with all that `LetterCheck` finds.
  public init(_ files: RuleSetFiles) throws(LetterError) {
    library = LetterLibrary(files)
    let findings = LetterCheck.findings(library)
    guard findings.isEmpty else { throw .rules(findings) }
  }

  /// The letter with this content.
  ///
  /// - Throws: all but `.rules`: where anything that it has to say is not known or cannot be.
  public func letter(_ content: LetterContent) throws(LetterError) -> Letter {
    guard let plan = library.structure.letters[content.type], let texts = library.texts[content.language],
      plan.isFor(content.circumstances)
    else { throw .notFor(content.type, content.circumstances) }
    guard let creditor = library.creditor(content.circumstances) else {
      throw .noCreditor(content.circumstances)
    }
    let form = LetterForm(content, texts, creditor)
    try form.check()
    guard let subjectText = texts.subjects[content.type] else {
      throw .missing(content.type, field: "subject")
    }
    let subject = try subjectText.filled { field throws(LetterError) in try form.value(field) }
    var passages: [String] = []
    for passage in library.structure.passages(of: content.type, in: content.circumstances) {
      if let field = passage.ifGiven, try form.known(field) == nil { continue }
      guard let text = texts.passages[passage.id] else { throw .missing(content.type, field: passage.id) }
      passages.append(
        try text.filled { field throws(LetterError) in
          field == .letterSubject ? subject : try form.value(field)
        })
    }
    return Letter(
      subject: subject, text: passages.joined(separator: "\n\n") + "\n",
      template: "\(content.type.rawValue)-\(content.language.rawValue)-\(plan.version)")
  }
}
