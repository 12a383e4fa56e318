import Decisioning
import Values

extension ExplanationDocument {
  /// The document as plain text for a terminal or a letter, with the points as an aligned table.
  public var text: String {
    let content = decision.content
    var text = title + "\n" + basis + "\n\n"
    let facts = [
      (headings.outcome, outcome), (headings.rating, content.rating ?? headings.missing),
      (headings.score, score),
    ]
    let width = facts.map(\.0.count).max() ?? 0
    for (name, value) in facts {
      text += name + String(repeating: " ", count: width - name.count + 2) + value + "\n"
    }
    text += "\n" + headings.reasons + "\n"
    if reasons.isEmpty { text += "  " + headings.noReasons + "\n" }
    for (place, reason) in reasons.enumerated() {
      let loss = reason.loss.map { " (-\(language.number($0)))" } ?? ""
      text += "  \(place + 1). \(reason.sentence)\(loss)\n"
    }
    text += "\n" + headings.points + "\n" + pointsTable
    if !content.problems.isEmpty {
      text += "\n" + headings.problems + "\n"
      for problem in content.problems {
        text += "  \(problem.model), \(problem.decision): \(problem.message) [\(problem.code)]\n"
      }
    }
    text += "\n" + closing.joined(separator: "\n") + "\n"
    return text
  }

  private var pointsTable: String {
    let heading = Line(
      characteristic: headings.characteristic, value: headings.value, points: headings.gained,
      best: headings.possible, evidence: headings.evidence)
    let rows = [heading] + lines
    let names = rows.map(\.characteristic.count).max() ?? 0
    let values = rows.map(\.value.count).max() ?? 0
    let points = rows.map(\.points.count).max() ?? 0
    let best = rows.map(\.best.count).max() ?? 0
    var table = ""
    for row in rows {
      var line = "  " + row.characteristic.padded(to: names) + "  " + row.value.padded(to: values)
      line +=
        "  " + row.points.padded(to: points, right: true) + "  " + row.best.padded(to: best, right: true)
      if !row.evidence.isEmpty { line += "  " + row.evidence }
      table += line + "\n"
    }
    return table
  }
}

extension String {
  fileprivate func padded(to width: Int, right: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - count))
    return right ? space + self : self + space
  }
}
