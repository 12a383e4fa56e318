import Decisioning
import Formats
import Rerating
import Values

extension Command {
  /// `bonitas rerate`: the whole portfolio.
  static let rerate = Command(
    "rerate",
    summary: "Rate every customer and record the decisions that are new.",
    discussion: """
      A full pass over the portfolio in chunks, each one transaction; it may be killed and run again at any time. A \
      customer whose newest decision has the same content is confirmed, not recorded again.
      """,
    options: [jobs, RatingOptions.currency], takesTimes: .both,
    needs: .anybody,
    examples: [
      Example("bonitas rerate --business-date 2026-06-30", "Rates all customers as of that day.")
    ]
  ) { arguments, edge throws(Failure) in
    let date = arguments.businessDate(edge)
    let rater = try arguments.rater(edge, on: date)
    let report = try Portfolio.rerate(rater, arguments, edge, businessDate: date)
    _ = try arguments.follow(rater, on: date, edge)
    if arguments.wantsJSON {
      edge.output.json(Portfolio.json(report))
    } else {
      Portfolio.write(report, to: edge.output)
    }
    return .done
  }

  fileprivate static let jobs = Option(
    "jobs", .integer("N", in: 1...256), "How many threads decide at once (default 2).")
}

/// The pass over the portfolio and the table of what came of it.
enum Portfolio {
  static func rerate(
    _ rater: Rater, _ arguments: Arguments, _ edge: Edge, businessDate: CivilDate
  ) throws(Failure) -> Rerating.Report {
    let progress = Progress("rerate", unit: "customers", on: edge.errors)
    defer { progress.finish() }
    let order = Rerating.Order(
      businessDate: businessDate, knownAt: arguments.knownAt(edge), currency: arguments.currency,
      actor: arguments.actor)
    do throws(RatingError) {
      return try Rerating(rater, jobs: arguments[Command.jobs] ?? 2).run(
        order, clock: Edge.currentInstant, progress: { progress.report($0.rated, of: $0.portfolio) })
    } catch {
      throw Failure(error)
    }
  }

  /// Ratings down, outcomes across.
  static func write(_ report: Rerating.Report, to output: TextStream) {
    let unchanged =
      report.confirmed > 0 ? ", \(grouped(report.confirmed)) of them with an unchanged decision" : ""
    output.line("\(counted(report.rated, "customer")) rated\(unchanged).")
    if let standing = report.judgements[.stands] {
      output.line("Decided by a person, which still stands: \(counted(standing, "customer")).")
    }
    let again = (report.judgements[.expired] ?? 0) + (report.judgements[.newFacts] ?? 0)
    if again > 0 {
      output.line("Decided by a person, to be looked at again: \(counted(again, "customer")).")
    }
    if report.stopped > 0 {
      output.line("Held because automated decisions are stopped: \(counted(report.stopped, "customer")).")
    }
    guard report.rated > 0 else { return }
    output.line()
    let outcomes = Outcome.allCases.filter { report.outcomes[$0] != nil }
    var table = Table(
      [.init("rating"), .init("customers", .right), .init("share", .right)]
        + outcomes.map { .init($0.rawValue, .right) })
    for rating in report.ratings.keys.sorted() {
      let count = report.ratings[rating] ?? 0
      let cells = outcomes.map { outcome in
        Table.Cell(report.cells[.init(rating: rating, outcome: outcome)].map { grouped($0) } ?? "")
      }
      table.add(
        [
          .init(rating == "-" ? "none" : rating, .emphasis), .init(count),
          .init(share(count, of: report.rated)),
        ] + cells)
    }
    table.add(
      ["all", .init(report.rated), "100.0 %"] + outcomes.map { .init(report.outcomes[$0] ?? 0) })
    table.write(to: output)
  }

  static func json(_ report: Rerating.Report) -> JSONValue {
    var ratings = JSONObject()
    for (rating, count) in report.ratings.sorted(by: { $0.key < $1.key }) {
      ratings[rating == "-" ? "none" : rating] = .number(Decimal(count))
    }
    var outcomes = JSONObject()
    for outcome in Outcome.allCases {
      if let count = report.outcomes[outcome] { outcomes[outcome.rawValue] = .number(Decimal(count)) }
    }
    var judgements = JSONObject()
    for effect in AppliedJudgement.Effect.allCases {
      if let count = report.judgements[effect] { judgements[effect.rawValue] = .number(Decimal(count)) }
    }
    return [
      "portfolio": .number(Decimal(report.portfolio)), "rated": .number(Decimal(report.rated)),
      "confirmed": .number(Decimal(report.confirmed)), "ratings": .object(ratings),
      "outcomes": .object(outcomes), "stopped": .number(Decimal(report.stopped)),
      "judgements": .object(judgements),
    ]
  }

  private static func share(_ count: Int, of total: Int) -> String {
    let tenths = (count * 2000 / max(total, 1) + 1) / 2
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
