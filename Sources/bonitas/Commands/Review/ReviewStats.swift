import Access
import FactStore
import Formats
import HumanReview
import Values

extension Command {
  /// `bonitas review stats`: whether the review is real.
  static let reviewStats = Command(
    "review stats",
    summary: "Show how independent the review is, by reviewer and by reason.",
    discussion: """
      'otherwise' counts cases that could have been confirmed (contests, proposed restrictions) and were decided \
      otherwise; 'disagree' counts results that differ from what the automation said, a referral's rating included. The \
      time is from claim to decision. 'opened' is how much evidence was opened per case besides the decision itself. A \
      warning tells where cases are decided too fast, too alike, or without looking.
      """,
    options: [since, until, csv], takesTimes: .businessDate, needs: .signedIn(.statistics),
    examples: [
      Example("bonitas review stats", "Everything so far."),
      Example("bonitas review stats --since 2026-01-01 --csv review.csv", "This year's, as a file too."),
    ]
  ) { arguments, edge throws(Failure) in
    let desk = try arguments.desk(edge)
    let (first, last) = (arguments[since], arguments[until])
    if let first, let last, first > last {
      throw Failure(usage: .conflict("--since \(first) lies after --until \(last)."))
    }
    let today = try arguments.reviewDay(edge)
    let statistics = try failing {
      try desk.store.read { reader throws(ReviewError) in
        try ReviewStatistics(since: first, until: last, on: today, in: reader.sql)
      }
    }
    try arguments.recordRead(by: "review stats", of: [], in: desk.store, edge)
    if let path = arguments[csv] { try write(statistics, to: path, sparing: arguments.database(edge)) }
    if arguments.wantsJSON {
      edge.output.json(statistics.json)
      return .done
    }
    tell(statistics, edge)
    if let path = arguments[csv] { edge.output.line("Written to \(visible(path)).") }
    return .done
  }

  private static let since = Option("since", .date, "Only what was decided on this day or later.")
  private static let until = Option("until", .date, "Only what was decided on this day or earlier.")
  private static let csv = Option("csv", .path("FILE"), "Write the figures as CSV, too.")

  private static func tell(_ statistics: ReviewStatistics, _ edge: Edge) {
    edge.output.line(
      "\(counted(statistics.waiting.total, "case")) open, \(statistics.waiting.overdue) overdue, "
        + "\(statistics.waiting.escalated) escalated.")
    if statistics.total.decided == 0 {
      edge.output.line("No case was decided in this time.")
      return
    }
    edge.output.line()
    table("reviewer", statistics.reviewers + [statistics.total]).write(to: edge.output)
    edge.output.line()
    table("reason", statistics.reasons).write(to: edge.output)
    for (reviewer, why) in statistics.warnings {
      edge.output.line()
      edge.output.wrapped(edge.output.style(.warning, visible("Warning: " + why.sentence(reviewer))))
    }
  }

  private static func table(_ title: String, _ lines: [ReviewStatistics.Line]) -> Table {
    var table = Table([
      .init(title, .left, .wraps), .init("decided", .right), .init("otherwise", .right),
      .init("disagree", .right),
      .init("median", .right), .init("shortest", .right, .leaves), .init("opened", .right),
      .init("late", .right),
      .init("sent back", .right, .leaves), .init("approved", .right, .leaves),
    ])
    for line in lines {
      table.add([
        .init(line.name, line.name == "all" ? .emphasis : .plain), .init(line.decided),
        .init(part(line.overridden, line.confirmable)), .init(part(line.disagreed, line.comparable)),
        .init(time(line.medianSeconds)), .init(time(line.shortestSeconds)),
        .init(line.openedPerCase?.text(fractionDigits: 1) ?? ""),
        .init("\(line.late)", line.late > 0 ? .warning : .plain), .init(line.sentBack), .init(line.approved),
      ])
    }
    return table
  }

  /// "3/20", the whole beside the part: a share of two cases is none.
  private static func part(_ part: Int, _ whole: Int) -> String { whole == 0 ? "-" : "\(part)/\(whole)" }

  private static func time(_ seconds: Int?) -> String {
    guard let seconds else { return "-" }
    switch seconds {
    case ..<120: return "\(seconds) s"
    case ..<7200: return "\(seconds / 60) min"
    default: return "\(seconds / 3600) h"
    }
  }

  /// One line a reviewer and reason; the column `of` says which.
  private static func write(
    _ statistics: ReviewStatistics, to path: String, sparing database: String
  ) throws(Failure) {
    let file = try OutputFile(path, sparing: database)
    var writer = CSVWriter()
    let names = statistics.total.figures.map(\.name)
    writer.row(["of", "name"] + names)
    let groups = [
      ("all", [statistics.total]), ("reviewer", statistics.reviewers), ("reason", statistics.reasons),
    ]
    for (group, lines) in groups {
      for line in lines {
        writer.row([group, line.name] + line.figures.map { $0.value?.description ?? "" })
      }
    }
    try file.write(writer.take())
    try file.finish()
  }
}
