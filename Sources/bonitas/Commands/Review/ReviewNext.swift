import Access
import Formats
import HumanReview
import Values

extension Command {
  /// `bonitas review next`: the most urgent case that one may work on.
  static let reviewNext = Command(
    "review next",
    summary: "Claim the most urgent case that you may decide, and show it.",
    discussion: """
      Cases that others have claimed are passed over, and those that you may not decide: contests of what you decided, \
      escalated cases where you are no senior, decisions by rules that you put in force.
      """,
    options: [Reviewing.kinds, Reviewing.language], takesTimes: .businessDate, needs: .signedIn(.review),
    examples: [
      Example("bonitas review next", "The first case of the queue."),
      Example("bonitas review next --kind referral", "The first that the engine referred."),
    ]
  ) { arguments, edge throws(Failure) in
    let actor = try arguments.user()
    let desk = try arguments.desk(edge)
    let kinds = Set(CaseKind.allCases.filter { arguments.all(Reviewing.kinds).contains($0.word) })
    let next = try failing { try desk.claimNext(kinds: kinds, by: actor, at: edge.now) }
    guard let next else {
      if arguments.wantsJSON {
        edge.output.json(["case": .null])
      } else {
        edge.output.line("Nothing waits that you may decide.")
      }
      return .done
    }
    return try CaseShowing.show(next.id, arguments, desk, actor, edge)
  }
}
