extension TraceNode {
  /// The tree as indented lines for people.
  public static func text(_ nodes: [TraceNode]) -> String {
    var lines: [String] = []
    for node in nodes { node.write(&lines, indent: "") }
    return lines.map { $0 + "\n" }.joined()
  }

  private func write(_ lines: inout [String], indent: String) {
    switch kind {
    case .decision: lines.append(indent + name + (value.map { " = \($0)" } ?? ""))
    case .function: lines.append(indent + name + "(...)")
    case .warning: lines.append(indent + "! " + name)
    case .table:
      guard let matched else { return }
      if matched.matched.isEmpty { lines.append(indent + "table \(name): no rule matched") }
      for rule in matched.matched {
        lines.append(indent + "table \(name): " + matched.table.ruleText(rule))
      }
    }
    for child in children { child.write(&lines, indent: indent + "  ") }
  }
}
