import Access
import Formats
import HumanReview

extension Command {
  /// `bonitas review escalate`: hands a case to the seniors.
  static let reviewEscalate = Command(
    "review escalate",
    summary: "Hand a case to the seniors; it then stands first in the queue.",
    positionals: [Reviewing.caseID], options: [reason], takesTimes: .businessDate, needs: .signedIn(.review),
    examples: [
      Example(
        "bonitas review escalate R-313 --reason 'The ruling and the register contradict each other.'",
        "A senior decides.")
    ]
  ) { arguments, edge throws(Failure) in
    let actor = try arguments.user()
    let id = try arguments.required(Reviewing.caseID)
    let why = try arguments.required(reason)
    let desk = try arguments.desk(edge)
    try failing { try desk.escalate(id, reason: why, by: actor, at: edge.now) }
    return try arguments.tellCase(id, "\(id) is now for the seniors.", desk, edge)
  }

  private static let reason = Reviewing.reason("What a senior has to decide.")
}
