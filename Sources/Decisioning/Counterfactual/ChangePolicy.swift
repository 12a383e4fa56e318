import DMN
import Values

/// What the policy declares to be changeable: read from the annotation columns "Change" and "Step".
///
/// A rule set whose tables have no such column declares nothing, and nothing is proposed with it.
struct ChangePolicy: Sendable {
  /// For each rule of the scorecard, in table order, the ways in which a customer can change the value behind it.
  let scorecard: [Set<Lever>]
  /// The same for each row of the knock-outs.
  let knockOuts: [Set<Lever>]
  private let scorecardRules: [String: Int]
  private let knockOutRules: [String: Int]
  /// For each rule of the scorecard the unit in which its characteristic is counted: 1 day, 0.1 per cent.
  let units: [Decimal]

  init(scorecard: TableView, knockOuts: TableView, path: String) throws(RuleSetError) {
    self.scorecard = try Self.levers(scorecard, decision: "Score", path)
    self.knockOuts = try Self.levers(knockOuts, decision: "Knock-outs", path)
    var units: [Decimal] = []
    for rule in 0..<scorecard.ruleCount {
      let text = scorecard.annotation(rule: rule, named: "Step") ?? ""
      guard let unit = text.isEmpty ? 1 : Decimal(text), unit > .zero else {
        throw .change(
          path: path, decision: "Score", rule: scorecard.ruleText(rule), column: "Step", text: text)
      }
      units.append(unit)
    }
    self.units = units
    scorecardRules = Self.places(scorecard)
    knockOutRules = Self.places(knockOuts)
  }

  /// How the value behind a rule of the scorecard can be changed.
  func characteristic(_ rule: String) -> Set<Lever> { scorecardRules[rule].map { scorecard[$0] } ?? [] }

  /// How the circumstance of a row of the knock-outs can be changed.
  func knockOut(_ rule: String) -> Set<Lever> { knockOutRules[rule].map { knockOuts[$0] } ?? [] }

  private static func places(_ table: TableView) -> [String: Int] {
    var places: [String: Int] = [:]
    for rule in 0..<table.ruleCount {
      if let id = table.ruleID(rule) { places[id] = rule }
    }
    return places
  }

  private static func levers(
    _ table: TableView, decision: String, _ path: String
  ) throws(RuleSetError) -> [Set<Lever>] {
    var levers: [Set<Lever>] = []
    for rule in 0..<table.ruleCount {
      let text = table.annotation(rule: rule, named: "Change") ?? ""
      guard let read = Lever.list(text) else {
        throw .change(
          path: path, decision: decision, rule: table.ruleText(rule), column: "Change", text: text)
      }
      levers.append(read)
    }
    return levers
  }
}
