/// The targets of Package.swift with the targets they name, read from its text.
///
/// It knows the manifest's own ways of writing a target (`room`, `tests`, `.executableTarget`, `.target`,
/// `.systemLibrary`) and reports what it could not read, so that another way of writing cannot pass unseen.
struct Manifest {
  private(set) var dependencies: [String: [String]] = [:]
  private(set) var problems: [String] = []

  init(_ text: String) {
    guard let start = text.range(of: "targets: [\n") else {
      problems.append("Package.swift: no list of targets found")
      return
    }
    for entry in Self.entries(text[start.upperBound...]) {
      let words = Self.literals(entry)
      guard let name = words.first else {
        problems.append("Package.swift: a target without a name: \(entry.prefix(60))")
        continue
      }
      dependencies[name] =
        entry.hasPrefix("room(") || entry.hasPrefix("tests(")
        ? Array(words.dropFirst()) : Self.literals(Self.list(after: "dependencies: [", in: entry))
    }
  }

  /// The elements of the list at depth zero, comments left out.
  private static func entries(_ text: Substring) -> [String] {
    var entries: [String] = []
    var entry = ""
    var depth = 0
    for line in text.split(separator: "\n") {
      let code = line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false)[0]
      for character in code {
        if character == "(" || character == "[" { depth += 1 }
        if character == ")" || character == "]" { depth -= 1 }
        if depth < 0 { return entries + (entry.allSatisfy(\.isWhitespace) ? [] : [trimmed(entry)]) }
        if character == ",", depth == 0 {
          entries.append(trimmed(entry))
          entry = ""
        } else {
          entry.append(character)
        }
      }
      entry.append(" ")
    }
    return entries
  }

  private static func trimmed(_ text: String) -> String {
    String(text.drop { $0.isWhitespace })
  }

  private static func literals(_ text: String) -> [String] {
    text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  private static func list(after mark: String, in entry: String) -> String {
    guard let range = entry.range(of: mark) else { return "" }
    return String(entry[range.upperBound...].prefix { $0 != "]" })
  }
}

extension StringProtocol {
  /// The first place of a text in another, without Foundation.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
