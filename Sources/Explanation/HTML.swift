import Values

/// The pieces of an HTML page; every text that goes into one is escaped.
enum HTML {
  /// A whole page.
  ///
  /// The policy of the page itself forbids it to load or run anything, so that a hole in the escaping could not.
  static func page(title: String, language: String, body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="\(escaped(language))">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(escaped(title))</title>
    <style>
    \(style)
    </style>
    </head>
    <body>
    <main>
    \(body)</main>
    </body>
    </html>

    """
  }

  /// Text that means itself, in an element or in a quoted attribute.
  static func escaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
      case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
      case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
      case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
      default:
        // Controls are not allowed in HTML, and would reach a terminal that the page is written to.
        escaped.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
      }
    }
    return String(escaped)
  }

  static func paragraphs(_ sentences: [String]) -> String {
    sentences.map { "<p>\(escaped($0))</p>\n" }.joined()
  }

  /// A table whose first cells name the rows.
  static func table(columns: [String], rows: [[String]], label: String) -> String {
    var table = "<div class=\"wide\"><table aria-label=\"\(escaped(label))\">\n"
    if !columns.isEmpty {
      let cells = columns.map { "<th scope=\"col\">\(escaped($0))</th>" }
      table += "<thead><tr>" + cells.joined() + "</tr></thead>\n"
    }
    table += "<tbody>\n"
    for row in rows {
      table += "<tr>"
      let empty = Array(repeating: "", count: max(0, columns.count - row.count))
      for (column, cell) in (row + empty).enumerated() {
        table += column == 0 ? "<th scope=\"row\">\(escaped(cell))</th>" : "<td>\(escaped(cell))</td>"
      }
      table += "</tr>\n"
    }
    return table + "</tbody>\n</table></div>\n"
  }

  /// A bar as long as the best points, filled as far as the points go; both against the widest of the page.
  static func bar(_ points: Decimal, of best: Decimal, widest: Decimal) -> String {
    func length(_ value: Decimal) -> String {
      let share = max(.zero, value).multiplied(by: 120)?.divided(by: widest)?.rounded(scale: 1, .halfUp)
      return (share ?? .zero).description
    }
    return "<svg width=\"120\" height=\"10\" viewBox=\"0 0 120 10\">"
      + "<rect class=\"possible\" width=\"\(length(best))\" height=\"10\" rx=\"2\"/>"
      + "<rect class=\"gained\" width=\"\(length(points))\" height=\"10\" rx=\"2\"/></svg>"
  }

  private static let style = """
    :root { --ink: #1b1f24; --soft: #57606a; --rule: #d0d7de; --paper: #fff; --bar: #0b6e4f; --track: #cfe3da; }
    @media screen and (prefers-color-scheme: dark) {
      :root { --ink: #e6edf3; --soft: #9da7b1; --rule: #3a424b; --paper: #15191e; --bar: #5fd0a4; --track: #2c443b; }
    }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
    main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem; overflow-wrap: anywhere; }
    h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; }
    h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; break-after: avoid; }
    p { margin: .25rem 0; max-width: 45rem; }
    .basis, small, footer { color: var(--soft); }
    dl { display: flex; flex-wrap: wrap; gap: 1rem 3rem; margin: 1.5rem 0 0; }
    dt { color: var(--soft); font-size: .875rem; }
    dd { margin: 0; font-size: 1.25rem; font-weight: 600; }
    ol { margin: 0; padding-left: 1.5rem; max-width: 45rem; }
    li { margin: .25rem 0; }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; font-size: .875rem; width: 100%; overflow-wrap: normal; }
    th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; unicode-bidi: isolate; }
    tr { border-bottom: 1px solid var(--rule); break-inside: avoid; }
    thead th { color: var(--soft); font-weight: 400; }
    tbody th { font-weight: 600; }
    .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    .bar { width: 130px; white-space: nowrap; }
    .bar svg { vertical-align: middle; }
    .small { font-size: .8rem; }
    .possible { fill: var(--track); }
    .gained { fill: var(--bar); }
    footer { margin-top: 2rem; border-top: 1px solid var(--rule); padding-top: .75rem; font-size: .875rem; }
    @page { size: A4; margin: 16mm 14mm; }
    @media print {
      body { font-size: 10pt; print-color-adjust: exact; }
      main { max-width: none; padding: 0; }
      .wide { overflow: visible; }
      table { font-size: 8pt; overflow-wrap: anywhere; }
      .small { font-size: 7pt; }
    }
    """
}
