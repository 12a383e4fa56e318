import Decisioning
import Explanation
import FactStore
import Facts
import Formats
import HumanReview
import Terminal
import Values

/// A case file as lines of tabs.
struct CaseLines {
  let file: CaseFile

  init(_ file: CaseFile) { self.file = file }

  /// Whether there is anything in a section, so that it counts as seen.
  func has(_ section: CaseSection) -> Bool {
    switch section {
    case .decision, .features, .changes, .counterfactuals: file.decision != nil
    case .timeline: !file.timeline.isEmpty
    case .history: true
    case .attachments: !file.attachments.isEmpty
    case .quarantine: !file.quarantine.isEmpty
    }
  }

  private static let headWidth = 10

  /// A head with its text beside it.
  func row(_ head: String, _ body: String, _ style: TextStyle = .plain) -> SheetLine {
    let pad = String(repeating: " ", count: max(1, Self.headWidth - DisplayWidth.of(head)))
    return SheetLine(head + pad + body, style, hanging: Self.headWidth)
  }

  /// Rows in columns; the last one may be broken, the numbers of some stand right.
  func columns(
    _ rows: [[String]], right: Set<Int> = [], _ finish: (Int, inout SheetLine) -> Void = { _, _ in }
  )
    -> [SheetLine]
  {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      min(Self.widest, rows.map { $0.count > column ? DisplayWidth.of(visible($0[column])) : 0 }.max() ?? 0)
    }
    return rows.enumerated().map { index, row in
      var text = ""
      for (column, cell) in row.enumerated() {
        let cell = visible(cell)
        let pad = String(repeating: " ", count: max(0, widths[column] - DisplayWidth.of(cell)))
        text += right.contains(column) ? pad + cell : column == row.count - 1 ? cell : cell + pad
        if column < row.count - 1 { text += "  " }
      }
      let hanging = widths.dropLast().reduce(0) { $0 + $1 + 2 }
      var line = SheetLine(text, indent: 0, hanging: min(hanging, 40))
      finish(index, &line)
      return line
    }
  }

  /// Columns give way to the one after them beyond this.
  private static let widest = 44

  var glance: [SheetLine] {
    let found = file.reviewCase
    var lines: [SheetLine] = []
    if let customer = file.customer {
      lines.append(SheetLine(customer.name ?? customer.number, .heading))
      var parts = [customer.number, customer.kind.rawValue, customer.jurisdiction.code]
      parts.append("since \(customer.customerSince)")
      if let language = customer.language { parts.append("writes \(language.rawValue)") }
      lines.append(row("customer", parts.joined(separator: ", ")))
    } else if let number = found.customer {
      let erased = file.erasedAt.map { ", whose facts were erased on \(RigaTime.date(at: $0))" } ?? ""
      lines.append(row("customer", number + erased))
    }
    lines.append(row("reason", sentence(found.reason)))
    lines.append(
      row("opened", "\(RigaTime.date(at: found.openedAt)), due \(found.due), priority \(found.priority)"))
    if let decision = file.decision {
      lines.append(
        row("decision", "\(decision.id) of \(decision.content.businessDate), \(decision.involvement)"))
    }
    if let contest = file.suspendedBy {
      lines.append(row("effect", "suspended until \(contest) is answered", .warning))
    }
    for event in file.events where event.kind == .opened || event.kind == .joined {
      guard let channel = event.about[ReviewEvent.Key.channel]?.stringValue else { continue }
      let words = event.text.map { $0.isEmpty ? "" : ": \($0)" } ?? ""
      lines.append(row("contest", "\(RigaTime.date(at: event.at)) by \(channel)\(words)"))
    }
    for dispute in file.openDisputes {
      lines.append(row("dispute", "\(dispute.invoice) since \(dispute.opened)", .warning))
    }
    let others = file.otherCases.count
    if others > 0 {
      lines.append(row("before", "\(counted(others, "other case")) about this customer: 6 History"))
    }
    if let closing = found.closing {
      let decision = closing.decision.map { ", \($0)" } ?? ""
      lines.append(
        row(
          "closed", "\(RigaTime.date(at: closing.at)), \(closing.kind.rawValue) by \(closing.by)\(decision)"))
    }
    return lines
  }

  func proposal(_ proposal: ReviewCase.Proposal) -> [SheetLine] {
    let judgement = proposal.judgement
    return [
      row("by", "\(judgement.reviewer), \(RigaTime.date(at: proposal.at))"),
      row("result", judgement.words, .emphasis),
      row("reasons", judgement.reasons.map(sentence).joined(separator: " ")), row("text", judgement.text),
      row("needed", "a second person, because: \(Reviewing.words(needs: proposal.needs))"),
    ]
  }

  func sentence(_ code: String) -> String {
    DeskBackend.words(reason: code, file.sentence(code))
  }

  var decision: [SheetLine] {
    guard let explanation = file.explanation, let decision = file.decision else { return [] }
    let content = decision.content
    let policy =
      content.policyRating.flatMap { $0 == content.rating ? nil : ", by the policy alone \($0)" } ?? ""
    var lines = [
      row("outcome", explanation.outcome, .emphasis),
      row("rating", (content.rating ?? "none") + policy, .emphasis),
      row("score", explanation.score),
    ]
    if let order = content.order { lines.append(row("order", order.reference)) }
    for reason in explanation.reasons {
      let loss = reason.loss.map { "-\($0) points. " } ?? ""
      lines.append(row("reason", "\(loss)\(reason.sentence) [\(reason.code)]", .warning))
    }
    // The rules that matched stand beside the features.
    let hasRules = content.matchedRules.contains { !$0.rules.isEmpty }
    for section in explanation.sections.dropLast(hasRules ? 1 : 0) {
      lines += [SheetLine(""), SheetLine(section.heading, .heading)]
      switch section.body {
      case .paragraphs(let sentences): lines += sentences.map { SheetLine($0.text, hanging: 0) }
      case .table(let titles, let rows): lines += table(titles, rows)
      }
    }
    return lines
  }

  /// A table of an explanation: in columns where it fits the narrowest window, else a paragraph a row.
  private func table(_ titles: [String], _ rows: [[String]]) -> [SheetLine] {
    let whole = columns((titles.isEmpty ? [] : [titles]) + rows)
    if whole.allSatisfy({ DisplayWidth.of($0.text) <= ReviewScreen.smallest.columns - 4 }) { return whole }
    return rows.flatMap { row in
      [SheetLine(row.first ?? "", hanging: 0)]
        + row.enumerated().dropFirst().map { index, cell in
          SheetLine((titles[safe: index].map { $0 + ": " } ?? "") + cell, indent: 2)
        }
    }
  }

  var quarantine: [SheetLine] {
    [SheetLine("Records in quarantine", .heading)]
      + file.quarantine.flatMap { record in
        [
          SheetLine(
            "\(record.key)  \(record.file ?? record.source), line \(record.rejection.line): \(record.rejection.rule)",
            record.state == .open ? .warning : .plain, hanging: 4),
          SheetLine(record.rejection.hint, indent: 4, hanging: 0),
          SheetLine(record.rejection.raw, .dim, indent: 4, hanging: 0),
        ]
      }
  }

  var features: [SheetLine] {
    let rows = file.features.map { feature in
      let points = feature.points.map { points in feature.best.map { "\(points)/\($0)" } ?? "\(points)" }
      return [feature.title, feature.value, points ?? ""]
    }
    return columns([["feature", "value", "points"]] + rows, right: [1, 2]) { index, line in
      guard index > 0, let feature = file.features[safe: index - 1] else {
        line.style = .dim
        return
      }
      if !feature.evidence.isEmpty { line.record = Self.featurePrefix + feature.name }
      if let points = feature.points, let best = feature.best, points < best { line.style = .warning }
    }
  }

  private static let featurePrefix = "feature "

  /// The raw records behind a name on the screen: of a feature all that it rests on.
  func records(behind name: String) -> [String] {
    guard name.hasPrefix(Self.featurePrefix) else { return [name] }
    let feature = name.dropFirst(Self.featurePrefix.count)
    let evidence = file.features.first { $0.name == feature }?.evidence ?? []
    // What lies behind one number is a screenful or two; more is in the time line.
    return Array(evidence.prefix(Self.mostRecords))
  }

  private static let mostRecords = 100
}
