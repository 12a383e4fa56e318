import Access
import Formats
import HumanReview

extension Command {
  /// `bonitas review approve`: the second person agrees.
  static let reviewApprove = Command(
    "review approve",
    summary: "Approve what somebody else decided; only then it has an effect.",
    discussion: """
      Look at the case first ('bonitas review show CASE'): you answer for the decision as much as whoever made it. Nobody \
      approves their own.
      """,
    positionals: [Reviewing.caseID], options: [Reviewing.version], takesTimes: .businessDate,
    needs: .signedIn(.approve),
    examples: [Example("export BONITAS_TOKEN=$JANIS", "The reviewer's shell.")] + ReviewExamples.proposal + [
      Example("export BONITAS_TOKEN=$LIGA", "The shell of the second person, a senior."),
      Example("bonitas review show C-316", "The second person looks."),
      Example("bonitas review approve C-316", "And approves."),
    ]
  ) { arguments, edge throws(Failure) in
    let actor = try arguments.user()
    let id = try arguments.required(Reviewing.caseID)
    let desk = try arguments.desk(edge)
    let version = try arguments.version(of: id, desk, actor, edge)
    let today = try arguments.reviewDay(edge)
    let record = try failing {
      try desk.approve(id, expecting: version, by: actor, on: today, at: edge.now)
    }
    try JudgementView.tell(record, of: id, arguments, desk, edge)
    return .done
  }
}

/// Examples that several pages begin with.
enum ReviewExamples {
  /// A contest whose answer needs a second person.
  static let proposal = [
    Command.Example("bonitas contest D-316 --reason 'I have paid this.'", "The customer contests."),
    Command.Example("bonitas review claim C-316", "A reviewer takes the case."),
    Command.Example(
      "bonitas review decide C-316 --change --rating C --code J-ARRANGED --text 'Three parts are agreed.'",
      "More than one rating: a second person is needed."),
  ]
}
