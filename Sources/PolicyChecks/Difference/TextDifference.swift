import Decisioning
import Formats

/// Compares the texts of explanations: each text once, with the languages in which it changed.
enum TextDifference {
  static func changes(_ old: RuleSetFiles, _ new: RuleSetFiles) -> [PolicyChange] {
    var changes: [(path: String, languages: [String], texts: PolicyChange.Texts, kind: String)] = []
    for language in TextCheck.languages {
      let file = "reasons/\(language).json"
      let before = leaves(old, file)
      let after = leaves(new, file)
      var paths = after.map(\.path)
      for leaf in before where !paths.contains(leaf.path) { paths.append(leaf.path) }
      let oldTexts = Dictionary(before.map { ($0.path, $0.text) }) { first, _ in first }
      let newTexts = Dictionary(after.map { ($0.path, $0.text) }) { first, _ in first }
      for path in paths where oldTexts[path] != newTexts[path] {
        let kind = oldTexts[path] == nil ? "is new" : newTexts[path] == nil ? "is gone" : "changed"
        if let place = changes.firstIndex(where: { $0.path == path && $0.kind == kind }) {
          changes[place].languages.append(language)
        } else {
          changes.append(
            (path, [language], PolicyChange.Texts(before: oldTexts[path], after: newTexts[path]), kind))
        }
      }
    }
    return changes.map { change in
      PolicyChange(
        .text, file: "reasons/\(change.languages.first ?? "").json", element: change.path,
        "The text '\(change.path)' \(change.kind) in \(change.languages.joinedByAnd).", texts: change.texts)
    }
  }

  private static func leaves(_ files: RuleSetFiles, _ path: String) -> [(path: String, text: String)] {
    guard let bytes = files[path], let json = try? JSONReader.parse(bytes) else { return [] }
    return leaves(json, "")
  }

  private static func leaves(_ json: JSONValue, _ path: String) -> [(path: String, text: String)] {
    switch json {
    case .object(let object):
      object.members.flatMap { leaves($0.value, path.isEmpty ? $0.key : "\(path).\($0.key)") }
    case .string(let text): [(path, text)]
    default: [(path, json.canonical)]
    }
  }
}
