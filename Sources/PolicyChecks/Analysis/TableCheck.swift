import DMN
import FEEL
import Values

/// Proves the tables of one model complete and free of unintended overlap, and finds rules that never apply.
struct TableCheck {
  /// How many regions of one kind are told of one table.
  static let regionLimit = 40

  let model: PolicyModel
  /// Examples, where the model is the one that they are made for.
  let finder: CustomerFinder?

  init(_ model: PolicyModel, _ policy: Policy) {
    self.model = model
    finder = policy.finder?.policy === model ? policy.finder : nil
  }

  func findings() -> [PolicyFinding] { model.tables.flatMap(findings) }

  private func findings(_ table: PolicyTable) -> [PolicyFinding] {
    let geometry = model.geometry(of: table)
    var findings = RuleCheck(table, geometry, self).findings()
    if table.isScorecard {
      findings += ScorecardCheck(table, geometry, self).findings()
    } else {
      switch table.view.hitPolicy {
      case .unique, .any: findings += overlaps(table, geometry)
      case .first, .priority: findings += maskedRules(table, geometry)
      case .collect, .ruleOrder, .outputOrder: break
      }
      if table.needsCompleteness { findings += gaps(table, geometry) }
    }
    if table.needsProof, let vague = vagueColumns(table, geometry) {
      findings.append(finding(.notProven(columns: vague), table))
    }
    return findings
  }

  func finding(
    _ fault: PolicyFinding.Fault, _ table: PolicyTable, rules: [Int] = [], example: [Value]? = nil
  ) -> PolicyFinding {
    PolicyFinding(
      fault, file: model.file, decision: table.name, rules: table.ids(rules),
      example: example.flatMap { finder?.customer($0) })
  }

  // MARK: - Examples

  /// A customer that comes into a box of a table, confirmed by the live model.
  func customer(
    in box: [AtomSet], of table: PolicyTable, where holds: @escaping (MatchedRules, EvaluationTrace) -> Bool
  ) -> [Value]? {
    guard let finder, let decision = table.decision, let wishes = finder.combined([:], with: box, of: table)
    else { return nil }
    return finder.find(wishes, values: finder.values(table, box: box)) { trace in
      trace.matchedRules(of: decision).map { holds($0, trace) } ?? false
    }
  }

  // MARK: - Gaps

  private func gaps(_ table: PolicyTable, _ geometry: TableGeometry) -> [PolicyFinding] {
    let rows = table.rules.filter { !geometry.isVague($0) }.map { geometry.sure[$0] }
    guard let boxes = BoxCover.rest(of: geometry.whole, without: rows) else {
      return [finding(.tooLarge, table)]
    }
    return boxes.prefix(Self.regionLimit).map { box in
      let region = geometry.words(box)
      guard let finder, table.decision != nil else { return finding(.gap(region: region), table) }
      guard let example = customer(in: box, of: table, where: { matched, _ in matched.isEmpty }) else {
        return finding(.unreachedGap(region: region), table)
      }
      if PolicyModel.askedDecisions.contains(table.name) {
        return finding(.gap(region: region), table, example: example)
      }
      // Perhaps another table takes over here.
      let missing = customer(in: box, of: table) { matched, trace in
        matched.isEmpty && finder.asked.contains { trace.value(of: $0.decision).isNull }
      }
      guard let missing else { return finding(.absorbedGap(region: region), table, example: example) }
      let narrowed = narrowed(box, geometry) { part in
        customer(in: part, of: table) { matched, trace in
          matched.isEmpty && finder.asked.contains { trace.value(of: $0.decision).isNull }
        } != nil
      }
      return finding(.gap(region: geometry.words(narrowed)), table, example: missing)
    }
  }

  /// The part of a box in which something holds, column by column.
  private func narrowed(
    _ box: [AtomSet], _ geometry: TableGeometry, where holds: ([AtomSet]) -> Bool
  ) -> [AtomSet] {
    var narrowed = box
    for column in box.indices where !geometry.axes[column].isAll(box[column]) {
      let atoms = box[column].members.filter { atom in
        var part = narrowed
        part[column] = AtomSet([atom], count: geometry.axes[column].atoms.count)
        return holds(part)
      }
      if !atoms.isEmpty { narrowed[column] = AtomSet(atoms, count: geometry.axes[column].atoms.count) }
    }
    return narrowed
  }

  // MARK: - Overlaps

  private func overlaps(_ table: PolicyTable, _ geometry: TableGeometry) -> [PolicyFinding] {
    var findings: [PolicyFinding] = []
    for one in table.rules {
      for other in table.rules where other > one {
        guard let common = geometry.overlap(one, other) else { continue }
        if table.view.hitPolicy == .any, let left = table.outputs(one), left == table.outputs(other) {
          continue
        }
        guard findings.count < Self.regionLimit else { return findings }
        let region = geometry.words(common)
        let example = customer(in: common, of: table) { matched, _ in
          matched.contains(one) && matched.contains(other)
        }
        let fault: PolicyFinding.Fault
        if finder != nil && table.decision != nil && example == nil {
          fault = .unreachedOverlap(region: region)
        } else {
          fault = table.view.hitPolicy == .any ? .conflict(region: region) : .overlap(region: region)
        }
        findings.append(finding(fault, table, rules: [one, other], example: example))
      }
    }
    return findings
  }

  /// Rules that never decide, because others always do before them.
  private func maskedRules(_ table: PolicyTable, _ geometry: TableGeometry) -> [PolicyFinding] {
    var findings: [PolicyFinding] = []
    let ranks = table.rules.map { rank($0, table) }
    for rule in table.rules where !geometry.isDead(rule) {
      let before = table.rules.filter { (ranks[$0], $0) < (ranks[rule], rule) }
      let meeting = before.filter { geometry.overlap($0, rule) != nil }
      guard !meeting.isEmpty else { continue }
      guard
        let rest = BoxCover.rest(of: geometry.possible[rule], without: meeting.map { geometry.sure[$0] })
      else {
        findings.append(finding(.tooLarge, table, rules: [rule]))
        continue
      }
      guard rest.isEmpty else { continue }
      let example = customer(in: geometry.possible[rule], of: table) { matched, _ in
        table.view.hitPolicy == .first ? !matched.contains(rule) : matched.contains(rule)
      }
      findings.append(finding(.masked(by: table.ids(meeting)), table, rules: [rule], example: example))
    }
    return findings
  }

  /// The place of a rule's outputs among the output values; the same for all where the order of rules decides.
  private func rank(_ rule: Int, _ table: PolicyTable) -> Int {
    guard table.view.hitPolicy == .priority, let outputs = table.outputs(rule) else { return 0 }
    var rank = 0
    for (value, domain) in zip(outputs, table.outputDomains) {
      let listed = domain.parts.flatMap(\.constants)
      let place = listed.firstIndex { Value.isSame($0, value) } ?? listed.count
      rank = rank * (listed.count + 1) + place
    }
    return rank
  }

  // MARK: - Doubt

  /// The columns whose tests are not constants and intervals.
  private func vagueColumns(_ table: PolicyTable, _ geometry: TableGeometry) -> [String]? {
    let columns = table.columns.indices.filter { column in
      table.rules.contains { rule in
        guard let tests = table.cells[rule][column] else { return false }
        if case .general = tests.shape { return true }
        return geometry.axes[column].isOpaque
      }
    }
    return columns.isEmpty ? nil : columns.map { "'\(table.columns[$0].name)'" }
  }
}

extension PolicyTable {
  /// Whether something is to be proved of the table.
  fileprivate var needsProof: Bool {
    switch view.hitPolicy {
    case .unique, .any, .first, .priority: true
    case .collect, .ruleOrder, .outputOrder: isScorecard
    }
  }
}
