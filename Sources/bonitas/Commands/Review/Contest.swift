import Access
import Decisioning
import Formats
import HumanReview

extension Command {
  /// `bonitas contest`: a customer does not agree.
  static let contest = Command(
    "contest",
    summary: "Enter that a customer contests a decision; it has no effect until a person answers.",
    discussion: """
      Through whatever channel and at any time, and without a reason if the customer gives none. A contest accepts no \
      order: it only holds what was decided against the customer. A second contest joins the case of the first. Where a \
      newer decision has taken the place of the one that is named, the case is about the newer one.
      """,
    positionals: [decision], options: [reason, customer, channel], takesTimes: .businessDate,
    needs: .signedIn(.contest),
    examples: [
      Example(
        "bonitas contest D-316 --customer CAST-14 --channel e-mail --reason 'I have paid this.'",
        "Opens case C-316; the number is checked against the decision."),
      Example("bonitas contest D-316 --reason 'Here is the receipt.'", "Joins the open case."),
    ]
  ) { arguments, edge throws(Failure) in
    let actor = try arguments.user()
    let id = try arguments.required(decision)
    let words = arguments[reason] ?? ""
    let desk = try arguments.desk(edge)
    let today = try arguments.reviewDay(edge)
    let contest = HumanReview.Contest(
      customer: arguments[customer],
      channel: arguments[channel].flatMap(HumanReview.Contest.Channel.init(rawValue:)) ?? .letter, text: words
    )
    let entered = try failing { try desk.contest(id, contest, by: actor, on: today, at: edge.now) }
    let found = entered.reviewCase
    let warnings = (try? EvidenceRules(desk.rules))?.warnings(in: words) ?? []
    if arguments.wantsJSON {
      edge.output.json([
        "case": found.json(on: today), "hasJoined": .bool(entered.hasJoined),
        "warnings": Reviewing.json(warnings),
      ])
      return .done
    }
    let newest =
      found.decision.map { $0 == id ? "" : " It is about \($0), which has taken the place of \(id)." } ?? ""
    edge.output.wrapped(
      visible(
        (entered.hasJoined ? "Joined the open case " : "Opened case ") + Reviewing.told(found, on: today)
          + "."
          + newest))
    edge.output.wrapped(
      "Until it is answered, \(found.decision ?? id) has no effect against the customer. "
        + "'bonitas review claim \(found.id)' takes it.")
    Reviewing.warn(warnings, edge)
    return .done
  }

  private static let decision = Positional("DECISION", .decision, "The decision, as in D-17.")
  private static let reason = Option(
    "reason", .text("TEXT"), "What the customer says, in the customer's words (default nothing).")
  private static let customer = Option(
    "customer", .name("CUSTOMER"), "The customer's number, checked against the decision.")
  private static let channel = Option(
    "channel", .choice(HumanReview.Contest.Channel.allCases.map(\.rawValue)),
    "How it arrived (default letter).")
}
