import Access
import Formats
import HumanReview
import Values

extension Command {
  /// `bonitas review note`: a note in a case.
  static let reviewNote = Command(
    "review note",
    summary: "Write a note in a case.",
    discussion: """
      Notes stay with the case and are never changed. Words that tell of special categories of data (health, religion \
      and the like) raise a warning: such things may not count in a decision.
      """,
    positionals: [Reviewing.caseID], options: [text], takesTimes: .businessDate, needs: .signedIn(.contest),
    examples: [
      Example(
        "bonitas review note R-313 --text 'Called the customer; the bank statement comes tomorrow.'",
        "What the next reader should know.")
    ]
  ) { arguments, edge throws(Failure) in
    let actor = try arguments.user()
    let id = try arguments.required(Reviewing.caseID)
    let words = try arguments.required(text)
    let desk = try arguments.desk(edge)
    try failing { try desk.note(id, words, by: actor, at: edge.now) }
    let warnings = (try? EvidenceRules(desk.rules))?.warnings(in: words) ?? []
    if arguments.wantsJSON {
      edge.output.json(["case": .string(id.description), "warnings": Reviewing.json(warnings)])
      return .done
    }
    edge.output.line("Noted in \(id).")
    Reviewing.warn(warnings, edge)
    return .done
  }

  private static let text = Option("text", .text("TEXT"), "The note.", isRequired: true)
}
