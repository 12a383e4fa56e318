import Decisioning
import Values

extension ExplanationDocument {
  /// The document as plain text for a terminal or a letter, with the points as an aligned table.
  public var text: String {
    var text = title + "\n" + basis + "\n\n"
    let width = summary.map(\.name.count).max() ?? 0
    for (name, value) in summary {
      text += name + String(repeating: " ", count: width - name.count + 2) + value + "\n"
    }
    text += "\n" + headings.reasons + "\n"
    if reasons.isEmpty { text += "  " + headings.noReasons + "\n" }
    for (place, reason) in reasons.enumerated() {
      text += "  \(place + 1). \(reason.sentence)" + (detail(of: reason).map { " (\($0))" } ?? "") + "\n"
    }
    text += "\n" + headings.points + "\n"
    text += PlainTable(rows: [pointsHeading] + lines.map(\.cells), rightAligned: [2, 3]).text
    for section in sections {
      text += "\n" + section.heading + "\n"
      switch section.body {
      case .paragraphs(let sentences): for sentence in sentences { text += "  " + sentence.text + "\n" }
      case .table(let columns, let rows):
        text += PlainTable(rows: columns.isEmpty ? rows : [columns] + rows).text
      }
    }
    return closing.isEmpty ? text : text + "\n" + closing.joined(separator: "\n") + "\n"
  }

  /// Outcome, rating and score with their names.
  var summary: [(name: String, value: String)] {
    [
      (headings.outcome, outcome), (headings.rating, decision.content.rating ?? headings.missing),
      (headings.score, score),
    ]
  }

  /// The heading row of the points, with the columns that the audience sees.
  var pointsHeading: [String] {
    let columns = [headings.characteristic, headings.value, headings.gained, headings.possible]
    return audience == .customer ? columns : columns + [headings.rule, headings.evidence]
  }

  /// The points lost and the code of a reason; the customer reads the sentence alone.
  func detail(of reason: Reason) -> String? {
    guard audience != .customer else { return nil }
    return [reason.loss.map { language.number(-$0) }, reason.code].compactMap(\.self).joined(separator: ", ")
  }
}

extension ExplanationDocument.Line {
  /// The cells of a table row.
  var cells: [String] { [characteristic, value, points, best, rule, evidence] }
}
