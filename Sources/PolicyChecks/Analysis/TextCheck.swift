import DMN
import DebtManagement
import Decisioning
import FEEL
import Facts
import Formats
import Values

/// Compares the texts of a rule set with what its models may say: every reason in every language, no text idle.
struct TextCheck {
  /// The languages in which every decision is explained.
  static let languages = ["lv", "et", "en"]

  private let policy: Policy
  private let texts: [String: JSONValue]
  private var broken: [PolicyFinding] = []

  init(_ policy: Policy) {
    self.policy = policy
    var texts: [String: JSONValue] = [:]
    for language in Self.languages {
      let path = Self.path(language)
      guard let bytes = policy.files[path] else {
        broken.append(
          PolicyFinding(
            .textFile(sentence: "the file is not there; every decision is explained in \(language)."),
            file: path))
        continue
      }
      do throws(JSONError) {
        texts[language] = try JSONReader.parse(bytes)
      } catch {
        broken.append(PolicyFinding(.textFile(sentence: error.sentence), file: path))
      }
    }
    self.texts = texts
  }

  private static func path(_ language: String) -> String { "reasons/\(language).json" }

  func findings() -> [PolicyFinding] {
    broken + reasons() + words() + parameters()
  }

  // MARK: - Reasons

  /// A reason code with a rule that gives it.
  private struct Reason {
    let code: String
    let table: PolicyTable?
    let rule: Int?
  }

  /// The codes that rules give: annotations of the scorecard, outputs called "reason".
  private var given: [Reason] {
    var given: [Reason] = [Reason(code: KnockOut.evaluationReason, table: nil, rule: nil)]
    for table in policy.rating?.tables ?? [] {
      for rule in table.rules {
        var codes: [String] = []
        if let code = table.view.annotation(rule: rule, named: "Reason code"), !code.isEmpty {
          codes.append(code)
        }
        for (column, name) in table.view.outputNames.enumerated() where name.lowercased().hasPrefix("reason")
        {
          if let code = table.view.outputConstant(rule: rule, column: column)?.string { codes.append(code) }
        }
        for code in codes where !given.contains(where: { $0.code == code }) {
          given.append(Reason(code: code, table: table, rule: rule))
        }
      }
    }
    return given
  }

  private func reasons() -> [PolicyFinding] {
    let given = given
    var findings: [PolicyFinding] = []
    for reason in given {
      let missing = texts.keys.sorted().filter { texts[$0]?["reasons"]?[reason.code]?.stringValue == nil }
      guard !missing.isEmpty else { continue }
      findings.append(
        PolicyFinding(
          .reasonWithoutText(reason: reason.code, languages: missing), file: Policy.ratingPath,
          decision: reason.table?.name,
          rules: reason.table.flatMap { table in reason.rule.map { [table.id($0)] } } ?? [],
          example: example(reason)))
    }
    let codes = Set(given.map(\.code))
    var told: Set<String> = []
    for language in texts.keys.sorted() {
      for code in texts[language]?["reasons"]?.objectValue?.keys ?? []
      where !codes.contains(code) && code.hasPrefix("S-") || code.hasPrefix("K-") && !codes.contains(code) {
        guard told.insert(code).inserted else { continue }
        findings.append(PolicyFinding(.unusedText(reason: code), file: Self.path(language)))
      }
    }
    return findings
  }

  /// A customer who would have been told this reason.
  private func example(_ reason: Reason) -> ExampleCustomer? {
    guard let finder = policy.finder, let table = reason.table, let rule = reason.rule,
      let decision = table.decision
    else { return nil }
    let box = finder.policy.geometry(of: table).possible[rule]
    guard let wishes = finder.combined([:], with: box, of: table) else { return nil }
    return finder.find(wishes, values: finder.values(table, box: box)) { trace in
      trace.matchedRules(of: decision)?.contains(rule) ?? false
    }.map(finder.customer)
  }

  // MARK: - Words

  /// The other texts that a policy makes necessary: its outcomes and its characteristics with their units.
  private func words() -> [PolicyFinding] {
    var paths: [[String]] = []
    for table in policy.rating?.tables ?? [] where table.isScorecard {
      for rule in table.rules {
        guard let name = table.view.annotation(rule: rule, named: "Characteristic"), !name.isEmpty else {
          continue
        }
        for part in ["name", "unit"] where !paths.contains(["characteristics", name, part]) {
          paths.append(["characteristics", name, part])
        }
      }
    }
    for name in ["Order outcome", "Outcome"] {
      guard let model = policy.rating else { continue }
      for outcome in model.domain(name).parts.flatMap(\.constants).compactMap(\.string)
      where !paths.contains(["outcomes", outcome]) {
        paths.append(["outcomes", outcome])
      }
    }
    paths += lawTexts + ladderTexts
    paths += sharedTexts.filter { !paths.contains($0) }
    var findings = paths.compactMap { path -> PolicyFinding? in
      let missing = texts.keys.sorted().filter { text($0, path) == nil }
      guard !missing.isEmpty else { return nil }
      return PolicyFinding(
        .missingWord(path: path.joined(separator: "."), languages: missing),
        file: Self.path(missing.first ?? "en"))
    }
    for language in texts.keys.sorted() {
      let units = Set(
        (texts[language]?["characteristics"]?.objectValue?.members ?? []).compactMap {
          $0.value["unit"]?.stringValue
        })
      for unit in units.sorted() where texts[language]?["units"]?[unit]?["other"] == nil {
        findings.append(
          PolicyFinding(
            .missingWord(path: "units.\(unit).other", languages: [language]), file: Self.path(language)))
      }
    }
    return findings
  }

  /// What the law says is told wherever a provision stood against an outcome or allowed the decision.
  private var lawTexts: [[String]] {
    guard let law = try? Law(policy.files) else { return [] }
    var ids = [LawProvision.noPermission]
    for provision in law.provisions where !ids.contains(provision.id) {
      switch provision.effect {
      case .orderBar, .legalBasis: ids.append(provision.id)
      case .permission, .contest: break
      }
    }
    return ids.map { ["law", $0] }
  }

  /// What is told of debts: the steps, what is supplied, why a step comes and what it waits for.
  private var ladderTexts: [[String]] {
    guard let model = policy.restriction else { return [] }
    var codes = [LadderAnswer.noAnswer]
    for table in model.tables {
      for rule in table.rules {
        if let code = table.view.annotation(rule: rule, named: RestrictionModel.reasonAnnotation) {
          codes.append(code)
        }
        if table.name == RestrictionModel.Name.waits.rawValue,
          let code = table.view.outputConstant(rule: rule)?.string
        {
          codes.append(code)
        }
      }
    }
    let unique = codes.enumerated().filter { !codes[..<$0.offset].contains($0.element) }.map(\.element)
    return unique.map { ["ladder", $0] } + LadderStep.allCases.map { ["steps", $0.rawValue] }
      + Contract.Commodity.allCases.map { ["commodities", $0.rawValue] }
      + ReportingReason.allCases.map { ["reporting", $0.rawValue] }
  }

  /// What one language has, the others need as well; forms of plurals aside, which differ between languages.
  private var sharedTexts: [[String]] {
    let forms: Set = ["units", "recourse", "reasons"]
    var paths: Set<[String]> = []
    for json in texts.values {
      for group in json.objectValue?.members ?? [] where !forms.contains(group.key) {
        for text in group.value.objectValue?.members ?? [] where text.value.stringValue != nil {
          paths.insert([group.key, text.key])
        }
      }
    }
    return paths.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private func text(_ language: String, _ path: [String]) -> String? {
    var value = texts[language]
    for key in path { value = value?[key] }
    return value?.stringValue
  }

  // MARK: - Parameters

  private func parameters() -> [PolicyFinding] {
    var findings: [PolicyFinding] = []
    let reference = texts["en"].map { Self.leaves($0) } ?? [:]
    for language in texts.keys.sorted() {
      guard let json = texts[language] else { continue }
      let leaves = Self.leaves(json)
      for path in leaves.keys.sorted() {
        let used = leaves[path] ?? []
        let known: [String]?
        if path.hasPrefix("reasons.") {
          known = ["value"]
        } else if path.hasPrefix("units.") {
          known = ["n"]
        } else {
          known = reference[path].map { $0.sorted() }
        }
        for parameter in used.sorted() where known.map({ !$0.contains(parameter) }) ?? false {
          findings.append(
            PolicyFinding(
              .unknownParameter(text: path, parameter: parameter, known: known ?? []),
              file: Self.path(language)))
        }
        for parameter in (reference[path] ?? []).sorted() where !used.contains(parameter) {
          findings.append(
            PolicyFinding(
              .missingParameter(text: path, parameter: parameter, language: "en"), file: Self.path(language)))
        }
      }
    }
    return findings
  }

  /// The texts of a file with the parameters that each mentions.
  private static func leaves(_ json: JSONValue, _ path: [String] = []) -> [String: Set<String>] {
    switch json {
    case .object(let object):
      return object.members.reduce(into: [:]) { leaves, member in
        leaves.merge(Self.leaves(member.value, path + [member.key])) { first, _ in first }
      }
    case .string(let text): return [path.joined(separator: "."): parameters(text)]
    default: return [:]
    }
  }

  private static func parameters(_ text: String) -> Set<String> {
    var parameters: Set<String> = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      parameters.insert(String(rest[rest.index(after: open)..<close]))
      rest = rest[rest.index(after: close)...]
    }
    return parameters
  }
}
