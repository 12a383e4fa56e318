import Formats

extension PolicyFinding {
  /// Where, what, and how to mend it.
  public var sentence: String {
    switch fault {
    // These name their place themselves, to the line or the member.
    case .model(_, _, let sentence): sentence
    case .letter(let finding): finding.sentence
    default: "\(place): \(fault.sentence(rules: rules))"
    }
  }

  /// Where the fault is: file, decision, rules.
  public var place: String {
    var place = file
    if let decision { place += ", '\(decision)'" }
    if !rules.isEmpty {
      let shown =
        rules.prefix(6).joined(separator: ", ") + (rules.count > 6 ? " and \(rules.count - 6) more" : "")
      place += ", \(rules.count == 1 ? "rule" : "rules") \(shown)"
    }
    return place
  }
}

extension PolicyFinding.Fault {
  /// A short name of the fault that stays the same over versions.
  var code: String {
    switch self {
    case .model(let code, _, _): "dmn.\(code)"
    case .refused(let code, _): code
    case .gap: "table.gap"
    case .unreachedGap: "table.gap-unreached"
    case .absorbedGap: "table.gap-absorbed"
    case .overlap: "table.overlap"
    case .unreachedOverlap: "table.overlap-unreached"
    case .conflict: "table.conflict"
    case .masked: "rule.masked"
    case .tooLarge: "table.too-large"
    case .notProven: "table.not-proven"
    case .missingRow: "scorecard.missing-row"
    case .scorecardGap: "scorecard.gap"
    case .scorecardOverlap: "scorecard.overlap"
    case .contradiction: "rule.contradiction"
    case .outsideType: "rule.outside-type"
    case .neverGiven: "rule.never-given"
    case .constantOutside: "condition.outside-type"
    case .outputOutside: "output.outside-type"
    case .noValue: "pipeline.no-value"
    case .evaluation: "pipeline.warning"
    case .reasonWithoutText: "text.reason-missing"
    case .missingWord: "text.word-missing"
    case .unknownParameter: "text.unknown-parameter"
    case .missingParameter: "text.missing-parameter"
    case .unusedText: "text.unused"
    case .textFile: "text.file"
    case .letter: "letter.incomplete"
    case .forbidden: "input.forbidden"
    case .clock: "time.clock"
    case .zone: "time.zone"
    case .skippedStep: "ladder.skipped-step"
    case .stepBack: "ladder.step-back"
    case .noExit: "ladder.no-exit"
    case .endlessWait: "ladder.endless-wait"
    case .paidLeadsOn: "ladder.paid-leads-on"
    case .reliefWaits: "ladder.relief-waits"
    case .unlawfulTool: "ladder.unlawful-tool"
    case .breach: "ladder.breach"
    case .belowFloor: "ladder.below-floor"
    case .ladderNotProven: "ladder.not-proven"
    case .unusedInput: "input.unused"
    case .unusedDecision: "decision.unused"
    }
  }

  /// How much the fault matters.
  var severity: PolicyFinding.Severity {
    switch self {
    case .model(_, let isError, _): isError ? .error : .warning
    case .unreachedGap, .absorbedGap, .unreachedOverlap, .notProven, .missingParameter, .unusedText,
      .unusedInput, .unusedDecision:
      .warning
    default: .error
    }
  }

  /// The fault in words, without its place.
  func sentence(rules: [String]) -> String {
    switch self {
    case .model(_, _, let sentence), .refused(_, let sentence), .textFile(let sentence): sentence
    case .letter(let finding): finding.message
    case .gap(let region):
      "no rule applies to \(region); add a rule for it or widen a neighbouring one."
    case .unreachedGap(let region):
      "no rule applies to \(region). The rest of the policy leads no customer there today; close it before it does."
    case .absorbedGap(let region):
      "no rule applies to \(region). The policy goes on without a value there; add a rule if that is not meant."
    case .unreachedOverlap(let region):
      "all of these rules apply to \(region). The rest of the policy leads no customer there today; narrow one of them."
    case .overlap(let region):
      "all of these rules apply to \(region), where only one may; narrow all but one of them."
    case .conflict(let region):
      "these rules apply to \(region) together and give different results; make them agree or narrow one."
    case .masked(let others):
      "it never decides: wherever it applies, \(others.joinedByOr) comes first; remove it or move it up."
    case .tooLarge:
      "the table has too many regions to be proved complete; split it into smaller tables."
    case .notProven(let columns):
      "the tests of \(columns.joinedByAnd) turn on more than their own value, so that gaps and overlaps cannot be"
        + " excluded; write them as constants and intervals."
    case .missingRow(let characteristic):
      "the characteristic '\(characteristic)' has no row for a value that is not known; add a row that tests for null."
    case .scorecardGap(let region):
      "no row gives points to \(region); add a row, so that every value has exactly one."
    case .scorecardOverlap(let region):
      "several rows give points to \(region), and they are added up; leave exactly one."
    case .contradiction(let column, let test):
      "no value passes the test `\(test)` of '\(column)'; correct it or remove the rule."
    case .outsideType(let column, let test, let allowed):
      "'\(column)' is never `\(test)`, its values are \(allowed); correct the test or the allowed values."
    case .neverGiven(let column, let test, let given):
      "'\(column)' is never `\(test)`, the values that come about are \(given); correct the test or remove the rule."
    case .constantOutside(let column, let value, let allowed):
      "the condition on '\(column)' names \(value), which is not one of its values \(allowed); correct one of them."
    case .outputOutside(let column, let value, let allowed):
      "the result \(value) of '\(column)' is not one of its values \(allowed); correct one of them."
    case .noValue(let decisions, let region, let tables):
      "\(decisions.joinedByAnd) get no value for \(region)"
        + (tables.isEmpty ? "" : ": there is no row in \(tables.joinedByOr)")
        + "; let one of the tables cover it."
    case .evaluation(let message, let region):
      "evaluation for \(region) has a problem, so that an employee would have to decide: \(message)"
    case .reasonWithoutText(let reason, let languages):
      "the reason code '\(reason)' has no text in \(languages.joinedByAnd);"
        + " write it under \"reasons\" in reasons/<language>.json."
    case .missingWord(let path, let languages):
      "there is no text '\(path)' in \(languages.joinedByAnd); explanations need it."
    case .unknownParameter(let text, let parameter, let known):
      "the text '\(text)' asks for {\(parameter)}, which nobody gives it; "
        + (known.isEmpty
          ? "it has no parameters." : "it may use \(known.map { "{\($0)}" }.joinedByAnd).")
    case .missingParameter(let text, let parameter, let language):
      "the text '\(text)' does not tell {\(parameter)}, which the one in '\(language)' does; make them say the same."
    case .unusedText(let reason):
      "no rule gives the reason '\(reason)'; remove the text or correct the code."
    case .forbidden(let name, let subject, let ground, let part):
      "'\(name)' in \(part) looks like \(subject), which may not decide about a customer (\(ground)); remove it."
    case .clock(let function, let part):
      "\(part) calls \(function)(), so that the same facts would be decided differently on another day;"
        + " use the business date."
    case .zone(let id, let part):
      "\(part) names the time zone '\(id)', whose tables change under a decision; write times with an offset."
    case .skippedStep(let step, let from, let skipped, let region):
      "'\(step)' comes from the stage '\(from)' and skips '\(skipped)' for \(region);"
        + " let it come from '\(skipped)' alone."
    case .stepBack(let step, let from, let region):
      "'\(step)' comes from the stage '\(from)', which is not before it, for \(region); name the stage before it."
    case .noExit(let stage, let region):
      "nothing leads on from the stage '\(stage)', and no rule ends there by name, for \(region);"
        + " add a rule that names the stage."
    case .endlessWait(let step, let region):
      "'\(step)' waits for ever for \(region); narrow one of the rules that make it wait."
    case .paidLeadsOn(let step, let region):
      "a paid debt leads to '\(step)' for \(region); it has to lead to a withdrawal, a release, or nothing."
    case .reliefWaits(let step, let region):
      "'\(step)' has to wait for \(region); what gives something back waits for nothing but itself."
    case .unlawfulTool(let step, let region):
      "no provision of the law allows '\(step)' for \(region); end the ladder before it there."
    case .breach(let step, let provision, let region):
      "'\(step)' could be taken in spite of \(provision), for \(region); let it wait there."
    case .belowFloor(let amount, let floor, let provision):
      "\(amount) is below the floor of \(floor) that \(provision) sets; raise it."
    case .ladderNotProven(let what):
      "nothing can be proved about the ladder because of \(what); write tests as constants and intervals of inputs."
    case .unusedInput: "no decision uses this input; remove it."
    case .unusedDecision: "nothing asks for this decision; remove it or use it."
    }
  }
}
