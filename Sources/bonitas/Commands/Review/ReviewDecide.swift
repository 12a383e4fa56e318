import Access
import Decisioning
import Explanation
import FactStore
import Facts
import Formats
import HumanReview
import Values

extension Command {
  /// `bonitas review decide`: a person's decision.
  static let reviewDecide = Command(
    "review decide",
    summary: "Decide a case that you have claimed: confirm, change, correct or withdraw.",
    discussion: """
      --confirm: the decision was right. --change: something else is decided; name a rating, an outcome, or for a \
      proposed restriction approved or lifted. --corrected: inputs were wrong and are corrected; the rules decide again \
      with what is known now. --withdrawn: the contest, the order or the proposal was taken back.

      Your own reasons are required: at least one code, and a text in your words of at least 20 letters. The result \
      is a decision record of its own that takes the place of the old one and stands until --until or until \
      materially new facts. Where the policy asks for a second person, nothing has any effect before that person \
      approves. If anybody changed the case since you last looked at it, nothing is decided.
      """,
    positionals: [Reviewing.caseID],
    options: [
      Deciding.confirm, Deciding.change, Deciding.corrected, Deciding.withdrawn, Deciding.rating,
      Deciding.outcome, Deciding.restriction, Deciding.code, Deciding.text, Deciding.until, Deciding.scope,
      Reviewing.version, Deciding.dryRun,
    ], takesTimes: .businessDate, needs: .signedIn(.review),
    examples: [
      Example("bonitas review claim R-313", "Take it; what follows is your decision."),
      Example(
        "bonitas review decide R-313 --withdrawn --code J-FACTS --text 'The order is taken back.' --dry-run",
        "What it would come to; nothing is written."),
      Example(
        "bonitas review decide R-313 --change --rating B --code J-LAW --text 'The ruling is attached.'",
        "A rating of your own; your words stand in the customer's answer."),
    ], run: Deciding.run)
}

private enum Deciding {
  static let confirm = Flag("confirm", "The decision was right.")
  static let change = Flag("change", "Something else is decided.")
  static let corrected = Flag("corrected", "Inputs were corrected; the rules decide again.")
  static let withdrawn = Flag("withdrawn", "The contest, order or proposal was taken back.")
  static let rating = Option("rating", .name("RATING"), "The rating that is set, with --change.")
  static let outcome = Option(
    "outcome", .choice(Outcome.allCases.filter { $0 != .refer }.map(\.word)),
    "The outcome that is set, with --change (default what follows from the rating).")
  static let restriction = Option(
    "restriction", .choice(Judgement.Restriction.allCases.map(\.rawValue)),
    "What becomes of a proposed restriction (default approved with --confirm, lifted with --change).")
  static let code = Option(
    "code", .name("CODE"), "The code of a reason, the most important first.", repeats: true)
  static let text = Option("text", .text("TEXT"), "The reasons in your own words.")
  static let until = Option(
    "until", .date, "The last day on which it stands (default as long as the policy says).")
  static let scope = Option(
    "scope", .choice(Judgement.Scope.allCases.map(\.rawValue)),
    "What it holds for (default the order where the decision names one, else the customer).")
  static let dryRun = Flag("dry-run", "Tell what it would come to; write nothing.")

  static func run(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let actor = try arguments.user()
    let id = try arguments.required(Reviewing.caseID)
    let resolution = try resolution(arguments)
    let desk = try arguments.desk(edge)
    let today = try arguments.reviewDay(edge)
    let version = try arguments.version(of: id, desk, actor, edge)
    let draft = try draft(resolution, id, arguments, desk, edge)
    let warnings = (try? EvidenceRules(desk.rules))?.warnings(in: draft.text) ?? []
    if arguments[dryRun] {
      let preview = try deciding(desk) { () throws(ReviewError) in
        try desk.preview(id, draft, expecting: version, by: actor, on: today, at: edge.now)
      }
      tell(preview, arguments, edge)
      Reviewing.warn(warnings, edge)
      return .done
    }
    let decided = try deciding(desk) { () throws(ReviewError) in
      try desk.decide(id, draft, expecting: version, by: actor, on: today, at: edge.now)
    }
    switch decided {
    case .recorded(let record):
      try JudgementView.tell(record, of: id, warnings: warnings, arguments, desk, edge)
    case .awaitsSecondPerson(let needs):
      if arguments.wantsJSON {
        edge.output.json([
          "case": .string(id.description), "decision": .null,
          "awaitsSecondPerson": .array(needs.map(JSONValue.string)), "warnings": Reviewing.json(warnings),
        ])
      } else {
        edge.output.wrapped(
          "Nothing has an effect yet: a second person has to approve it (\(Reviewing.words(needs: needs))). "
            + "A senior types 'bonitas review approve \(id)'; you can take it back with 'bonitas review return \(id)'."
        )
      }
    }
    if !arguments.wantsJSON { Reviewing.warn(warnings, edge) }
    return .done
  }

  /// Whoever gives no reason is shown those that there are.
  private static func deciding<Result>(
    _ desk: ReviewDesk, _ body: () throws(ReviewError) -> Result
  ) throws(Failure) -> Result {
    do throws(ReviewError) { return try body() } catch {
      guard case .draft(_, .noReasons) = error else { throw Failure(error) }
      let texts = try? TextCatalogue(desk.rules, language: .english)
      let codes = desk.policy.reasonCodes.map { code in
        "\n  \(code)  \((try? texts?.judgementReason(code)) ?? "")"
      }
      throw Failure(error.code, error.sentence + codes.joined())
    }
  }

  private static func resolution(_ arguments: Arguments) throws(Failure) -> Judgement.Resolution {
    let flags: [(Flag, Judgement.Resolution)] = [
      (confirm, .confirmed), (change, .changed), (corrected, .corrected), (withdrawn, .withdrawn),
    ]
    let raised = flags.filter { arguments[$0.0] }
    guard let first = raised.first, raised.count == 1 else {
      throw Failure(
        usage: .conflict(
          raised.isEmpty
            ? "Say what you decide: --confirm, --change, --corrected or --withdrawn."
            : "Take one of --confirm, --change, --corrected and --withdrawn, not several."))
    }
    return first.1
  }

  private static func draft(
    _ resolution: Judgement.Resolution, _ id: CaseID, _ arguments: Arguments, _ desk: ReviewDesk, _ edge: Edge
  ) throws(Failure) -> JudgementDraft {
    var scope = arguments[Self.scope].flatMap(Judgement.Scope.init(rawValue:))
    if scope == nil, let decision = try desk.found(id, at: edge.now).decision {
      let record = try failing {
        try desk.store.read { reader throws(DecisionStoreError) in
          try DecisionStore.decision(decision, in: reader.sql)
        }
      }
      scope = record?.content.order == nil ? .customer : .order
    }
    var restriction = arguments[Self.restriction].flatMap(Judgement.Restriction.init(rawValue:))
    if restriction == nil, id.kind == .approval {
      restriction = resolution == .confirmed ? .approved : resolution == .changed ? .lifted : nil
    }
    return JudgementDraft(
      resolution, scope: scope ?? .customer, rating: arguments[rating],
      outcome: arguments[outcome].flatMap { word in Outcome.allCases.first { $0.word == word } },
      restriction: restriction, until: arguments[until], reasons: arguments.all(code),
      text: arguments[text] ?? "")
  }

  private static func tell(_ preview: ReviewDesk.Preview, _ arguments: Arguments, _ edge: Edge) {
    let content = preview.content
    if arguments.wantsJSON {
      edge.output.json([
        "dryRun": true, "rating": content.rating.map(JSONValue.string) ?? .null,
        "outcome": .string(content.outcome.rawValue), "content": content.json,
        "needsSecondPerson": .array(preview.needs.map(JSONValue.string)),
      ])
      return
    }
    edge.output.line("It would come to: rating \(content.rating ?? "none"), \(content.outcome.rawValue).")
    if let judgement = content.judgement?.judgement {
      edge.output.line("For the \(judgement.scope.rawValue), until \(judgement.until).")
    }
    edge.output.wrapped(
      preview.needs.isEmpty
        ? "It would have effect at once."
        : "A second person would be needed: \(Reviewing.words(needs: preview.needs)).")
    edge.output.line("Nothing was written: this was a dry run.")
  }
}

extension Outcome {
  /// The outcome as it is typed: `accept-with-deposit`.
  var word: String { rawValue.replacing(" ", with: "-") }
}

/// What is told of a decision that a person made.
enum JudgementView {
  static func tell(
    _ record: DecisionRecord, of id: CaseID, warnings: [TextWarning] = [], _ arguments: Arguments,
    _ desk: ReviewDesk, _ edge: Edge
  ) throws(Failure) {
    if arguments.wantsJSON {
      let contested = try DecisionView.contest(holding: record, in: desk.store)
      edge.output.json([
        "case": .string(id.description), "decision": DecisionView.json(record, contested: contested),
        "warnings": Reviewing.json(warnings),
      ])
      return
    }
    let content = record.content
    edge.output.wrapped(
      visible(
        "Decision \(record.id), \(record.involvement): customer \(content.customer), rating \(content.rating ?? "none"), "
          + "\(content.outcome.rawValue)."
          + (record.supersedes.map { " It takes the place of \($0)." } ?? "") + " Case \(id) is closed."))
    let language = try failing {
      try desk.store.read { reader throws(RatingError) in
        try Rater.material(of: record, reader).facts.customer?.fact.language
      }
    }
    edge.output.line("The answer for the customer:")
    edge.output.line(
      "  bonitas explain \(record.id) --audience customer --language \(language?.rawValue ?? "lv")")
  }
}
