import DMN
import FEEL
import Values

/// Compares the tables of two models: for which regions of their inputs they give something else.
struct TableDifference {
  /// How many regions are told of one table.
  private static let regionLimit = 30

  private let old: PolicyModel
  private let new: PolicyModel
  /// Finds customers, where the models are those of the rating.
  private let comparison: PolicyComparison?

  /// Compares the rating models, with customers for what is told.
  init(_ comparison: PolicyComparison) {
    old = comparison.oldRating
    new = comparison.newRating
    self.comparison = comparison
  }

  /// Compares other models, whose variables are cut at the points of both.
  init(_ old: PolicyModel, _ new: PolicyModel) {
    self.old = old
    self.new = new
    comparison = nil
  }

  private var file: String { new.file }

  func changes() -> [PolicyChange] {
    new.tables.flatMap { table -> [PolicyChange] in
      guard table.decision != nil, let earlier = old.table(of: table.name) else { return [] }
      let merged = MergedTables(earlier, old, table, new)
      if let comparison, earlier.isScorecard && table.isScorecard {
        return ScorecardDifference(merged, comparison).changes()
      }
      if earlier.collects && table.collects { return rows(merged) }
      return regions(merged)
    }
  }

  // MARK: - Tables that give one result

  private func regions(_ merged: MergedTables) -> [PolicyChange] {
    let name = merged.new.table.name
    var difference = RegionDifference(
      whole: merged.whole, old: merged.old.rows, new: merged.new.rows,
      oldOutcome: { merged.old.table.result(of: $0) }, newOutcome: { merged.new.table.result(of: $0) })
    guard let regions = difference.regions() else {
      return [
        PolicyChange(
          .region, file: file, element: name,
          "\(name): the tables differ in more regions than can be told; compare their rows.")
      ]
    }
    // What is given instead of what makes one sentence, with all the regions in which it is so.
    var sentences: [(old: TableResultText, new: TableResultText, boxes: [[AtomSet]])] = []
    for region in regions {
      if let place = sentences.firstIndex(where: { $0.old == region.old && $0.new == region.new }) {
        sentences[place].boxes.append(region.box)
      } else {
        sentences.append((region.old, region.new, [region.box]))
      }
    }
    return sentences.prefix(Self.regionLimit).map { entry in
      let boxes = entry.boxes.map(merged.words).joined(separator: "; or ")
      return PolicyChange(
        .region, file: file, element: name,
        "\(name), \(boxes): \(entry.new.words) instead of \(entry.old.words).",
        example: entry.boxes.lazy.compactMap { example($0, merged) }.first)
    }
  }

  private func example(_ box: [AtomSet], _ merged: MergedTables) -> ComparedCustomer? {
    guard let old = merged.old.table.decision, let new = merged.new.table.decision else { return nil }
    let oldResult = merged.old.table.rulesApplying(merged.old.rows, box)
    let newResult = merged.new.table.rulesApplying(merged.new.rows, box)
    return comparison?.find(merged.wishes(box)) { both in
      guard both.old.value(of: old) != both.new.value(of: new) else { return false }
      // Both sides have to be in the region, not only the one that was looked from.
      return Array(both.old.matchedRules(of: old) ?? MatchedRules.none) == oldResult
        && Array(both.new.matchedRules(of: new) ?? MatchedRules.none) == newResult
    }
  }

  // MARK: - Tables that collect

  /// A row of a table that collects is compared by itself: what it gives does not hang on the others.
  private func rows(_ merged: MergedTables) -> [PolicyChange] {
    let old = merged.old.table
    let new = merged.new.table
    var changes: [PolicyChange] = []
    for rule in new.rules {
      let words = "\(new.name), \(new.id(rule)) (\(new.resultWords(rule)))"
      guard let earlier = old.rules.first(where: { old.id($0) == new.id(rule) }) else {
        let box = merged.new.rows[rule]
        changes.append(
          rowChange("\(words): a new row, for \(merged.words(box)).", merged, box, old: nil, new: rule))
        continue
      }
      if old.resultWords(earlier) != new.resultWords(rule) {
        changes.append(
          rowChange(
            "\(new.name), \(new.id(rule)), \(merged.words(merged.new.rows[rule])): \(new.resultWords(rule))"
              + " instead of \(old.resultWords(earlier)).", merged, merged.new.rows[rule], old: earlier,
            new: rule))
      }
      let before = merged.old.rows[earlier]
      let after = merged.new.rows[rule]
      for box in BoxCover.rest(of: after, without: [before]) ?? [] {
        changes.append(
          rowChange("\(words): now applies to \(merged.words(box)).", merged, box, old: nil, new: rule))
      }
      for box in BoxCover.rest(of: before, without: [after]) ?? [] {
        changes.append(
          rowChange(
            "\(words): no longer applies to \(merged.words(box)).", merged, box, old: earlier, new: nil))
      }
    }
    for rule in old.rules where !new.rules.contains(where: { new.id($0) == old.id(rule) }) {
      let box = merged.old.rows[rule]
      changes.append(
        rowChange(
          "\(old.name), \(old.id(rule)) (\(old.resultWords(rule))): the row is gone, for \(merged.words(box)).",
          merged, box, old: rule, new: nil))
    }
    return changes
  }

  private func rowChange(
    _ sentence: String, _ merged: MergedTables, _ box: [AtomSet], old: Int?, new: Int?
  ) -> PolicyChange {
    var example: ComparedCustomer?
    if let oldDecision = merged.old.table.decision, let newDecision = merged.new.table.decision {
      example = comparison?.find(merged.wishes(box)) { both in
        let before = both.old.matchedRules(of: oldDecision)
        let after = both.new.matchedRules(of: newDecision)
        return both.old.value(of: oldDecision) != both.new.value(of: newDecision)
          && (old.map { before?.contains($0) ?? false } ?? true)
          && (new.map { after?.contains($0) ?? false } ?? true)
      }
    }
    return PolicyChange(
      .row, file: file, element: merged.new.table.name, sentence, example: example)
  }
}

/// What a table gives, in words that can be compared.
struct TableResultText: Hashable {
  let words: String
}

extension PolicyTable {
  /// Whether the table gives a list of what its rules give.
  fileprivate var collects: Bool {
    switch view.hitPolicy {
    case .ruleOrder, .outputOrder: true
    case .collect: view.aggregation == nil
    case .unique, .first, .priority, .any: false
    }
  }

  /// The outputs of a rule in words; with their names where there are more than the two that tell themselves apart.
  func resultWords(_ rule: Int) -> String {
    let isNamed = view.source.outputs.count > 2
    return view.source.outputs.indices.map { column in
      let words =
        view.outputConstant(rule: rule, column: column)?.words
        ?? "`\(view.outputText(rule: rule, column: column))`"
      return isNamed ? "\(view.outputNames[column]) \(words)" : words
    }.joined(separator: ", ")
  }

  /// What the rules that apply give together.
  fileprivate func result(of rules: [Int]) -> TableResultText {
    switch view.hitPolicy {
    case .unique where rules.count > 1: return TableResultText(words: "a contradiction")
    case .collect, .ruleOrder, .outputOrder:
      let parts = rules.map(resultWords)
      return TableResultText(words: parts.isEmpty ? "nothing" : parts.joinedByAnd)
    case .unique, .first, .priority, .any:
      if let first = rules.first { return TableResultText(words: resultWords(first)) }
      let standard = view.source.outputs.compactMap { $0.defaultEntry?.text }.first
      return TableResultText(
        words: standard.map { FEEL.compile(expression: $0, in: Scope()).constant?.words ?? $0 } ?? "nothing")
    }
  }

  /// The rules that the trace names for a customer in a box.
  fileprivate func rulesApplying(_ rows: [[AtomSet]], _ box: [AtomSet]) -> [Int] {
    let applying = rules.filter { rule in zip(rows[rule], box).allSatisfy { $0.intersects($1) } }
    return view.hitPolicy == .first ? Array(applying.prefix(1)) : applying
  }
}
