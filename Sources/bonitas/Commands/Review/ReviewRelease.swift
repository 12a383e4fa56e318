import Access
import Formats
import HumanReview

extension Command {
  /// `bonitas review release`: gives a case back.
  static let reviewRelease = Command(
    "review release",
    summary: "Give a case that you have claimed back to the queue.",
    positionals: [Reviewing.caseID], options: [reason], takesTimes: .businessDate, needs: .signedIn(.review),
    examples: [
      Example("bonitas review claim R-313", "Take it."),
      Example("bonitas review release R-313 --reason 'I know the customer.'", "Somebody else decides."),
    ]
  ) { arguments, edge throws(Failure) in
    let actor = try arguments.user()
    let id = try arguments.required(Reviewing.caseID)
    let why = try arguments.required(reason)
    let desk = try arguments.desk(edge)
    try failing { try desk.release(id, reason: why, by: actor, at: edge.now) }
    return try arguments.tellCase(id, "\(id) is back in the queue.", desk, edge)
  }

  private static let reason = Reviewing.reason("Why you give it back.")
}

extension Arguments {
  /// Answers an act on a case: with a sentence, or with the case as JSON.
  func tellCase(
    _ id: CaseID, _ sentence: String, _ desk: ReviewDesk, _ edge: Edge
  ) throws(Failure) -> ExitStatus {
    if wantsJSON {
      edge.output.json(try desk.found(id, at: edge.now).json(on: reviewDay(edge)))
    } else {
      edge.output.wrapped(sentence)
    }
    return .done
  }
}
