import DMN
import FEEL
import Values

/// The scorecard of a rating model: what each rule of its table gives, to which characteristic, and for which reason.
///
/// Read once from the compiled table, so that matched rules become points without looking anything up by name.
struct Scorecard: Sendable {
  /// One rule.
  struct Rule: Sendable {
    let id: String
    /// The place of its characteristic in `characteristics`.
    let characteristic: Int
    let points: Decimal
    let reason: String
  }

  /// The characteristics in the order in which the rules name them.
  let characteristics: [String]
  /// The points of each characteristic's best rule: the declared reference of the losses (AD-27).
  let best: [Decimal]
  /// The rules in table order.
  let rules: [Rule]

  /// Reads the table; the annotation columns name each rule's characteristic and reason code.
  init(_ table: TableView, path: String) throws(RuleSetError) {
    guard table.hitPolicy == .collect, table.aggregation == .sum else {
      throw .scorecard(path: path, rule: nil, fault: .notCollectSum)
    }
    var characteristics: [String] = []
    var best: [Decimal] = []
    var rules: [Rule] = []
    var ids: Set<String> = []
    var hasMissingRow: Set<Int> = []
    for rule in 0..<table.ruleCount {
      func fault(_ fault: RuleSetError.ScorecardFault) -> RuleSetError {
        .scorecard(path: path, rule: table.ruleText(rule), fault: fault)
      }
      guard let id = table.ruleID(rule), ids.insert(id).inserted else { throw fault(.ruleID) }
      guard let name = table.annotation(rule: rule, named: "Characteristic"), !name.isEmpty,
        let reason = table.annotation(rule: rule, named: "Reason code"), !reason.isEmpty
      else { throw fault(.missingAnnotation) }
      guard let column = table.inputExpressions.firstIndex(of: name) else {
        throw fault(.unknownCharacteristic)
      }
      guard let points = table.outputConstant(rule: rule)?.number else { throw fault(.pointsNotConstant) }
      let place = characteristics.firstIndex(of: name) ?? characteristics.count
      if place == characteristics.count {
        characteristics.append(name)
        best.append(points)
      }
      best[place] = max(best[place], points)
      if table.testedColumns(rule: rule) == [column], table.passes(.null, rule: rule, column: column) == true
      {
        hasMissingRow.insert(place)
      }
      rules.append(Rule(id: id, characteristic: place, points: points, reason: reason))
    }
    if let place = characteristics.indices.first(where: { !hasMissingRow.contains($0) }) {
      throw .scorecard(path: path, rule: "characteristic '\(characteristics[place])'", fault: .noMissingRow)
    }
    self.characteristics = characteristics
    self.best = best
    self.rules = rules
  }
}
