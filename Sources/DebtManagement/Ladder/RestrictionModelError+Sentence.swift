import DMN

extension RestrictionModelError {
  /// Where, what and how to mend it.
  public var sentence: String {
    let path = RestrictionModel.path
    switch self {
    case .missing:
      return
        "The rule set has no '\(path)', which says what follows a debt. Put one in force that has: 'bonitas rules activate'."
    case .notAModel(let error): return "\(path): \(error.sentence)"
    case .findings(let findings):
      let shown = findings.prefix(5).map { "\n  \($0.sentence)" }.joined()
      let more = findings.count > 5 ? "\n  and \(findings.count - 5) more" : ""
      return
        "\(path) has errors; no step is taken by it.\(shown)\(more)\n  'bonitas dmn check' lists them all."
    case .missingDecision(let name):
      return "\(path) has no decision '\(name)'. Debt management asks for it by this name."
    case .notATable(let name): return "\(path): the decision '\(name)' has to be a decision table."
    case .hitPolicy(let name, let wanted):
      return "\(path): the table '\(name)' has to have the hit policy \(wanted)."
    case .unknownInput(let name, let known):
      return
        "\(path): nothing is known for the input '\(name)'. The inputs may be: \(known.joined(separator: ", "))."
    case .noReason(let rule):
      return
        "\(path), '\(RestrictionModel.Name.ladderStep.rawValue)', \(rule): it has no reason code. Fill in the annotation '\(RestrictionModel.reasonAnnotation)'."
    case .unknownStep(let text, let rule):
      let steps = LadderStep.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      return
        "\(path), '\(RestrictionModel.Name.ladderStep.rawValue)', \(rule): \(text) is no step. There are: \(steps), \"none\"."
    case .approvalDays(let text):
      return
        "\(path), '\(RestrictionModel.Name.approvalDays.rawValue)': \(text) is no number of days. Write a whole number from 1 to \(RestrictionModel.longestApprovalDays) there."
    }
  }
}
