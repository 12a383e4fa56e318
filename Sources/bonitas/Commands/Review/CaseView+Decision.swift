import Decisioning
import Explanation
import Facts
import Formats
import HumanReview
import Values

extension CaseView {
  func decision() {
    guard let explanation = file.explanation, let decision = file.decision else { return }
    let content = decision.content
    row("outcome", explanation.outcome)
    let policy =
      content.policyRating.flatMap { $0 == content.rating ? nil : ", by the policy alone \($0)" } ?? ""
    row("rating", (content.rating ?? "none") + policy)
    row("score", explanation.score)
    for reason in explanation.reasons {
      let loss = reason.loss.map { " (-\($0))" } ?? ""
      row("reason", "\(reason.sentence)\(loss) [\(reason.code)]")
    }
    // The matched rules stand beside the features.
    let hasRules = content.matchedRules.contains { !$0.rules.isEmpty }
    for section in explanation.sections.dropLast(hasRules ? 1 : 0) {
      switch section.body {
      case .paragraphs(let sentences):
        for sentence in sentences { output.wrapped(visible(sentence.text), indent: 2) }
      case .table(let columns, let rows):
        var table = Table(columns.indices.map { .init(columns[$0], .left, $0 == 0 ? .wraps : .keeps) })
        for row in rows { table.add(row.map { .init($0) }) }
        table.write(to: output, indent: 2)
      }
    }
  }

  func features() {
    var table = Table([
      .init("feature", .left, .wraps), .init("value", .right), .init("points", .right),
      .init("rule", .left, .leaves),
      .init("records"),
    ])
    let shown = isWhole ? file.features : file.features.filter { $0.points != nil }
    for feature in shown {
      let points = feature.points.map { points in feature.best.map { "\(points)/\($0)" } ?? "\(points)" }
      let isLoss = feature.points.flatMap { points in feature.best.map { points < $0 } } ?? false
      table.add([
        .init(feature.title), .init(feature.value), .init(points ?? "", isLoss ? .warning : .plain),
        .init(feature.rule ?? ""), .init(records(feature.evidence)),
      ])
    }
    table.write(to: output)
    let left = file.features.count - shown.count
    if left > 0 {
      output.line("\(counted(left, "feature")) without points: --section features.")
    }
    if let record = shown.flatMap(\.evidence).first {
      output.line(visible("A raw record: --record \(record)"))
    }
  }

  private func records(_ evidence: [String]) -> String {
    if isWhole { return evidence.joined(separator: " ") }
    guard let first = evidence.first else { return "" }
    return evidence.count == 1 ? first : "\(first) +\(evidence.count - 1)"
  }

  func changes() {
    if let changes = file.changes {
      row(
        "before",
        "\(changes.before) of \(changes.date)" + (changes.isEmpty ? ": the same on the same grounds" : ""))
      for change in changes.summary { row(change.name, "\(change.before) → \(change.after)") }
      for code in changes.newKnockOuts { row("new", file.sentence(code) ?? code) }
      for code in changes.goneKnockOuts { row("gone", file.sentence(code) ?? code) }
      if !changes.features.isEmpty {
        var table = Table([
          .init("feature", .left, .wraps), .init("before", .right), .init("now", .right),
          .init("points", .right),
        ])
        for feature in limited(changes.features) {
          let gain = feature.gain
          let sign = gain.sign > 0 ? "+" : ""
          table.add([
            .init(feature.title), .init(feature.before), .init(feature.after),
            gain.sign == 0 ? "" : .init("\(sign)\(gain)", gain.sign > 0 ? .good : .warning),
          ])
        }
        table.write(to: output, indent: 2)
        more(changes.features.count, .changes)
      }
    } else {
      output.line("There is no decision before this one.")
    }
    if file.news.isEmpty {
      output.line("Nothing became known since the decision.")
      return
    }
    output.line("Since the decision became known:")
    var table = Table([
      .init("what"), .init("record", .left, .wraps), .init("from"), .init("known from"),
      .init("origin", .left, .leaves),
    ])
    for news in limited(file.news) {
      let origin = news.record.provenance
      table.add([
        .init(news.change.rawValue, .warning), .init(news.record.name),
        .init(news.record.trueFrom.description),
        .init(RigaTime.date(at: origin.knownFrom).description),
        .init(
          [Quarantine.fileName(origin.file), origin.line.map { "\($0)" }].compactMap(\.self).joined(
            separator: ":")),
      ])
    }
    table.write(to: output, indent: 2)
    more(file.news.count, .changes)
  }

  func counterfactuals(_ section: ExplanationSection?) {
    guard let section else {
      output.line("It cannot be told: the facts are erased, or the rules do not compile any more.")
      return
    }
    for sentence in section.sentences {
      output.hanging(indent: 0, head: "-", headWidth: 1, body: visible(sentence.text))
    }
  }

  /// As many as a screen takes, or all.
  func limited<Item>(_ items: [Item]) -> ArraySlice<Item> {
    isWhole ? items[...] : items.prefix(Self.shortList)
  }

  /// Tells how many were left out.
  func more(_ count: Int, _ section: CaseSection) {
    guard !isWhole, count > Self.shortList else { return }
    output.line("and \(count - Self.shortList) more: --section \(section.rawValue).")
  }
}
