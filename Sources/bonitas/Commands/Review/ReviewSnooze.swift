import Access
import Formats
import HumanReview
import Values

extension Command {
  /// `bonitas review snooze`: puts a case off.
  static let reviewSnooze = Command(
    "review snooze",
    summary: "Put a case off until a day, when it comes back by itself.",
    discussion: """
      Not beyond the day on which it is due, and not for longer than the policy allows: the customer's time runs on.
      """,
    positionals: [Reviewing.caseID], options: [until, reason], takesTimes: .businessDate,
    needs: .signedIn(.review),
    examples: [
      Example("bonitas review claim R-313 --business-date 2026-07-01", "Take it."),
      Example(
        "bonitas review snooze R-313 --until 2026-07-03 --reason 'Bank asked.' --business-date 2026-07-01",
        "It comes back when the answer is expected."),
    ]
  ) { arguments, edge throws(Failure) in
    let actor = try arguments.user()
    let id = try arguments.required(Reviewing.caseID)
    let (day, why) = (try arguments.required(until), try arguments.required(reason))
    let desk = try arguments.desk(edge)
    let today = try arguments.reviewDay(edge)
    try failing {
      try desk.snooze(
        id, until: day, reason: why, by: actor, on: today, at: edge.now)
    }
    return try arguments.tellCase(id, "\(id) comes back on \(day).", desk, edge)
  }

  private static let until = Option("until", .date, "The day on which it comes back.", isRequired: true)
  private static let reason = Reviewing.reason("Why it has to wait.")
}
