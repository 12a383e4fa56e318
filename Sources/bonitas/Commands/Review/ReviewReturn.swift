import Access
import Formats
import HumanReview

extension Command {
  /// `bonitas review return`: sends a proposal back.
  static let reviewReturn = Command(
    "review return",
    summary: "Send a decision that waits for you back to whoever made it, or take back your own.",
    positionals: [Reviewing.caseID], options: [reason], takesTimes: .businessDate, needs: .signedIn(.review),
    examples: ReviewExamples.proposal + [
      Example(
        "bonitas review return C-316 --reason 'The plan was not signed.'",
        "The reviewer takes it back; a senior would send it back so.")
    ]
  ) { arguments, edge throws(Failure) in
    let actor = try arguments.user()
    let id = try arguments.required(Reviewing.caseID)
    let why = try arguments.required(reason)
    let desk = try arguments.desk(edge)
    try failing { try desk.sendBack(id, reason: why, by: actor, at: edge.now) }
    return try arguments.tellCase(id, "\(id) is open again, and nothing was decided.", desk, edge)
  }

  private static let reason = Reviewing.reason("What is missing.")
}
