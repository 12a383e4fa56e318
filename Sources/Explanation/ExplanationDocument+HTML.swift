import Decisioning
import Values

extension ExplanationDocument {
  /// The document as one HTML page that needs nothing from outside, for a screen or for paper.
  public var html: String {
    var body = "<h1>\(HTML.escaped(title))</h1>\n<p class=\"basis\">\(HTML.escaped(basis))</p>\n<dl>\n"
    for (name, value) in summary {
      body += "<div><dt>\(HTML.escaped(name))</dt><dd>\(HTML.escaped(value))</dd></div>\n"
    }
    body += "</dl>\n" + section(headings.reasons, reasonList)
    body += section(headings.points, pointsTable)
    for section in sections {
      switch section.body {
      case .paragraphs(let sentences):
        body += self.section(section.heading, HTML.paragraphs(sentences.map(\.text)))
      case .table(let columns, let rows):
        let table = HTML.table(columns: columns, rows: rows, label: section.heading)
        body += self.section(section.heading, table)
      }
    }
    if !closing.isEmpty { body += "<footer>\n" + HTML.paragraphs(closing) + "</footer>\n" }
    return HTML.page(title: title, language: language.rawValue, body: body)
  }

  private func section(_ heading: String, _ content: String) -> String {
    "<section>\n<h2>\(HTML.escaped(heading))</h2>\n\(content)</section>\n"
  }

  private var reasonList: String {
    guard !reasons.isEmpty else { return HTML.paragraphs([headings.noReasons]) }
    var list = "<ol>\n"
    for reason in reasons {
      let detail = detail(of: reason).map { " <small>(\(HTML.escaped($0)))</small>" } ?? ""
      list += "<li>\(HTML.escaped(reason.sentence))\(detail)</li>\n"
    }
    return list + "</ol>\n"
  }

  /// The points with a bar a characteristic: its length is what could be gained, its dark part what was.
  private var pointsTable: String {
    var table = "<div class=\"wide\"><table aria-label=\"\(HTML.escaped(headings.points))\">\n<thead><tr>"
    let titles = pointsHeading
    for (column, title) in titles.enumerated() {
      let look = column == 2 || column == 3 ? " class=\"number\"" : ""
      // The bar stands beside the numbers it draws and says nothing of its own.
      if column == 2 { table += "<td aria-hidden=\"true\"></td>" }
      table += "<th scope=\"col\"\(look)>\(HTML.escaped(title))</th>"
    }
    table += "</tr></thead>\n<tbody>\n"
    let scored = decision.content.characteristics
    let widest = scored.map(\.best).max() ?? .zero
    for (line, scored) in zip(lines, scored) {
      table += "<tr><th scope=\"row\">\(HTML.escaped(line.characteristic))</th>"
      table += "<td>\(HTML.escaped(line.value))</td>"
      table += "<td class=\"bar\" aria-hidden=\"true\">"
      table += HTML.bar(scored.points, of: scored.best, widest: widest) + "</td>"
      table += "<td class=\"number\">\(HTML.escaped(line.points))</td>"
      table += "<td class=\"number\">\(HTML.escaped(line.best))</td>"
      for cell in line.cells.dropFirst(4).prefix(titles.count - 4) {
        table += "<td class=\"small\">\(HTML.escaped(cell))</td>"
      }
      table += "</tr>\n"
    }
    return table + "</tbody>\n</table></div>\n"
  }
}
