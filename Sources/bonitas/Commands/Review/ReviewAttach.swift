import Access
import Formats
import HumanReview
import Values

extension Command {
  /// `bonitas review attach`: evidence from outside the facts.
  static let reviewAttach = Command(
    "review attach",
    summary: "Attach evidence to a case: a file, or an address with a note.",
    discussion: """
      Kinds are those of evidence.json of the rule set in force; social networks and special categories of data are \
      refused, and so are addresses that hide where they lead. The file is copied into the database with its SHA-256; \
      nobody can change it afterwards without 'bonitas audit verify' telling.
      """,
    positionals: [Reviewing.caseID, file], options: [kind, address, date, note], takesTimes: .businessDate,
    needs: .signedIn(.contest),
    examples: [
      Example(
        "bonitas review attach R-313 --kind web-finding --address riksbank.se --note 'Rate of the krona.'",
        "A page on the web; the date is that of today."),
      Example(
        "bonitas review attach R-313 sample-data/README.md --kind document --note 'From the customer.'",
        "A file."),
    ]
  ) { arguments, edge throws(Failure) in
    let actor = try arguments.user()
    let id = try arguments.required(Reviewing.caseID)
    let desk = try arguments.desk(edge)
    let draft = EvidenceDraft(
      kind: try arguments.required(kind), path: arguments[file], address: arguments[address],
      date: arguments[date], note: arguments[note])
    let today = try arguments.reviewDay(edge)
    let attached: ReviewDesk.Attached
    do throws(ReviewError) {
      attached = try desk.attach(id, draft, by: actor, on: today, at: edge.now)
    } catch {
      throw failure(error)
    }
    if arguments.wantsJSON {
      edge.output.json([
        "attachment": attached.evidence.json, "warnings": Reviewing.json(attached.warnings),
      ])
      return .done
    }
    edge.output.line("Attached to \(id):")
    CaseView.write(attached.evidence, to: edge.output)
    Reviewing.warn(attached.warnings, edge)
    return .done
  }

  private static let file = Positional("FILE", .path(), "The file, at most 10 MB.", isRequired: false)
  private static let kind = Option(
    "kind", .name("KIND"), "What it is, such as court-ruling, web-finding, payment-proof.", isRequired: true)
  private static let address = Option(
    "address", .text("ADDRESS"), "Where it is found: an address on the web, or an ECLI.")
  private static let date = Option("date", .date, "The day that it carries, or on which it was seen.")
  private static let note = Option("note", .text("TEXT"), "What it shows.")

  /// Says which kind was meant.
  private static func failure(_ error: ReviewError) -> Failure {
    guard case .evidence(.unknownKind(let word, let known)) = error,
      let nearest = NearestMatch.of(word, among: known)
    else { return Failure(error) }
    return Failure(error.code, error.sentence + " Did you mean '\(nearest)'?")
  }
}
