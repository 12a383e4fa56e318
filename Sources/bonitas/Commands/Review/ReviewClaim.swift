import Access
import Formats
import HumanReview
import Values

extension Command {
  /// `bonitas review claim`: takes a case.
  static let reviewClaim = Command(
    "review claim",
    summary: "Claim a case to work on it; claiming it again renews the claim.",
    discussion: """
      A claim holds for some minutes and is renewed by claiming again; one that is not renewed runs out, and the case \
      is back in the queue. Nobody else can decide a case that is claimed.
      """,
    positionals: [Reviewing.caseID], takesTimes: .businessDate, needs: .signedIn(.review),
    examples: [Example("bonitas review claim R-313", "The case is yours for a while.")]
  ) { arguments, edge throws(Failure) in
    let actor = try arguments.user()
    let id = try arguments.required(Reviewing.caseID)
    let desk = try arguments.desk(edge)
    let found = try failing { try desk.claim(id, by: actor, at: edge.now) }
    let today = try arguments.reviewDay(edge)
    if arguments.wantsJSON {
      edge.output.json(found.json(on: today))
      return .done
    }
    edge.output.wrapped(visible(Reviewing.told(found, on: today)) + ".")
    if let until = found.leaseUntil {
      edge.output.line("It is yours until \(RigaTime.minute(at: until)).")
    }
    edge.output.line("'bonitas review show \(id)' shows everything about it.")
    return .done
  }
}
