public import Formats

/// Something wrong or doubtful in a rule set, with a customer whom it would meet.
public struct PolicyFinding: Sendable, Hashable {
  /// How much it matters.
  public enum Severity: String, Sendable, Hashable {
    /// A rule set with it is not to be published.
    case error
    /// It works, though perhaps not as meant.
    case warning
  }

  /// What is wrong.
  public var fault: Fault
  /// The file within the rules folder.
  public var file: String
  /// The decision, function or text that has the fault.
  public var decision: String?
  /// The ids of the rules that it is about.
  public var rules: [String]
  /// A customer whom the fault meets, where one exists.
  public var example: ExampleCustomer?

  /// How much it matters.
  public var severity: Severity { fault.severity }
  /// A short name of the fault that stays the same over versions.
  public var code: String { fault.code }

  /// Makes a finding.
  public init(
    _ fault: Fault, file: String, decision: String? = nil, rules: [String] = [],
    example: ExampleCustomer? = nil
  ) {
    self.fault = fault
    self.file = file
    self.decision = decision
    self.rules = rules
    self.example = example
  }

  /// What can be wrong with a policy.
  public enum Fault: Hashable, Sendable {
    /// The DMN engine's own finding.
    case model(code: String, isError: Bool, sentence: String)
    /// The pipeline refuses the rule set.
    case refused(code: String, sentence: String)

    /// No rule applies where one has to.
    case gap(region: String)
    /// No rule applies where, by the rest of the policy, no customer can be.
    case unreachedGap(region: String)
    /// No rule applies, and the rest of the policy goes on without a value.
    case absorbedGap(region: String)
    /// Several rules apply where only one may.
    case overlap(region: String)
    /// Several rules apply where, by the rest of the policy, no customer can be.
    case unreachedOverlap(region: String)
    /// Several rules apply that give different results.
    case conflict(region: String)
    /// A rule never decides, because others always come first.
    case masked(by: [String])
    /// The table has too many regions to be proved complete.
    case tooLarge
    /// Cells turn on other values, so that the table cannot be proved complete.
    case notProven(columns: [String])

    /// A characteristic has no row for the missing value.
    case missingRow(characteristic: String)
    /// A characteristic has no points for some values.
    case scorecardGap(region: String)
    /// A characteristic has points twice for some values.
    case scorecardOverlap(region: String)

    /// A cell that no value passes.
    case contradiction(column: String, test: String)
    /// A cell that only values outside the declared ones pass.
    case outsideType(column: String, test: String, allowed: String)
    /// A cell that only values pass which the other decision never gives.
    case neverGiven(column: String, test: String, given: String)
    /// A constant of a condition that is outside the declared values.
    case constantOutside(column: String, value: String, allowed: String)
    /// A result that is outside the declared values.
    case outputOutside(column: String, value: String, allowed: String)

    /// The pipeline gets no value where it needs one.
    case noValue(decisions: [String], region: String, tables: [String])
    /// The evaluation of an ordinary customer gives a warning.
    case evaluation(message: String, region: String)

    /// A reason code without text.
    case reasonWithoutText(reason: String, languages: [String])
    /// A word that explanations need.
    case missingWord(path: String, languages: [String])
    /// A text with a parameter that is not given to it.
    case unknownParameter(text: String, parameter: String, known: [String])
    /// A text lacks a parameter that it has in another language.
    case missingParameter(text: String, parameter: String, language: String)
    /// A text that no rule uses.
    case unusedText(reason: String)
    /// A file of texts that is not there or cannot be read.
    case textFile(sentence: String)

    /// Something wrong with the letters, for which none could be written.
    case letter(JSONFinding)

    /// Something the policy may not look at.
    case forbidden(name: String, subject: String, ground: String, part: String)
    /// The clock is read.
    case clock(function: String, part: String)
    /// A zone whose rules change.
    case zone(id: String, part: String)

    /// A step of the ladder comes although another one, which is configured for the same customers, has not been taken.
    case skippedStep(step: String, from: String, skipped: String, region: String)
    /// A step of the ladder comes again, or after a later one.
    case stepBack(step: String, from: String, region: String)
    /// A stage of the ladder that no rule leads on from, or ends by name.
    case noExit(stage: String, region: String)
    /// A step that waits whatever happens.
    case endlessWait(step: String, region: String)
    /// A paid debt does not lead back.
    case paidLeadsOn(step: String, region: String)
    /// A step that gives something back has to wait.
    case reliefWaits(step: String, region: String)
    /// A step for which no provision gives the tool.
    case unlawfulTool(step: String, region: String)
    /// A step that could be taken in spite of a provision.
    case breach(step: String, provision: String, region: String)
    /// An amount below the floor of a provision.
    case belowFloor(amount: String, floor: String, provision: String)
    /// Something about the ladder that cannot be proved.
    case ladderNotProven(what: String)

    /// An input that no decision uses.
    case unusedInput
    /// A decision that nothing asks for.
    case unusedDecision
  }
}
