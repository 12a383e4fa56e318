import DMN
public import Decisioning
import FEEL
import Values

/// What the supplier's policy says about debts: `service-restriction.dmn` of a rule set, compiled and bound.
///
/// It proposes; what the law allows is proven apart from it by Safeguards.
public struct RestrictionModel: Sendable {
  /// The file of the model within a rule set.
  public static let path = "service-restriction.dmn"
  /// The decisions that are asked for by name.
  public static let decisions = Name.allCases.map(\.rawValue)
  /// The inputs that have no value for some customers.
  public static let optionalInputs: Set<String> = [LadderCircumstances.Input.rating.rawValue]
  /// The annotation that says why a rule of the ladder gives its step.
  public static let reasonAnnotation = "Reason code"

  /// Beyond it nobody could say that the person looked at this very debt.
  static let longestApprovalDays = 90

  /// The names by which the model is asked.
  public enum Name: String, CaseIterable, Sendable {
    /// How much has to be overdue for more than a reminder.
    case minimumAmount = "Minimum amount"
    /// The step that comes next, whenever its time has come.
    case ladderStep = "Ladder step"
    /// What it has to wait for.
    case waits = "Waits"
    /// The step that is taken now.
    case nextStep = "Next step"
    /// Whether a person has to approve it.
    case needsApproval = "Needs approval"
    /// For how many days an approval counts.
    case approvalDays = "Approval validity in days"
  }

  /// The compiled model, to be looked at.
  public let model: DecisionModel
  /// For how many days after it was given a person's approval counts.
  public let approvalDays: Int
  private let inputs: [LadderCircumstances.Input]
  private let minimum, ladder, waits, next, approval: DecisionHandle
  private let ladderTable, waitTable: TableView
  private let whole, ladderAlone: EvaluationPlan
  private let reasons: [String]
  private let turns: [LadderCircumstances.Input: [Int]]

  /// The model of a rule set.
  public init(_ files: RuleSetFiles) throws(RestrictionModelError) {
    guard let bytes = files[Self.path] else { throw .missing }
    let others = files.paths.filter { $0 != Self.path && $0.hasSuffix(".dmn") }
      .map { ModelFile(name: $0, bytes: files[$0] ?? []) }
    let model: DecisionModel
    do {
      model = try DecisionModel(ModelFile(name: Self.path, bytes: bytes), others: others)
    } catch {
      throw .notAModel(error)
    }
    let errors = model.findings.filter { $0.severity == .error }
    guard errors.isEmpty else { throw .findings(errors) }
    func decision(_ name: Name) throws(RestrictionModelError) -> DecisionHandle {
      guard let decision = model.decision(named: name.rawValue) else { throw .missingDecision(name.rawValue) }
      return decision
    }
    func table(_ name: Name, _ decision: DecisionHandle) throws(RestrictionModelError) -> TableView {
      guard let table = model.table(of: decision) else { throw .notATable(name.rawValue) }
      return table
    }
    var inputs: [LadderCircumstances.Input] = []
    for input in model.inputs {
      guard let known = LadderCircumstances.Input(rawValue: input.name) else {
        throw .unknownInput(input.name, known: LadderCircumstances.Input.allCases.map(\.rawValue))
      }
      inputs.append(known)
    }
    self.model = model
    self.inputs = inputs
    minimum = try decision(.minimumAmount)
    ladder = try decision(.ladderStep)
    waits = try decision(.waits)
    next = try decision(.nextStep)
    approval = try decision(.needsApproval)
    ladderTable = try table(.ladderStep, ladder)
    waitTable = try table(.waits, waits)
    guard ladderTable.hitPolicy == .first else { throw .hitPolicy(Name.ladderStep.rawValue, wanted: "FIRST") }
    guard waitTable.hitPolicy == .collect, waitTable.aggregation == nil else {
      throw .hitPolicy(Name.waits.rawValue, wanted: "COLLECT")
    }
    whole = model.plan(for: [minimum, ladder, waits, next, approval])
    ladderAlone = model.plan(for: [ladder])
    let days = try decision(.approvalDays)
    let constant = model.evaluate(
      model.plan(for: [days]), inputs: Array(repeating: .null, count: model.inputCount)
    ).trace.value(of: days)
    guard let count = constant.number?.integer(), (1...Self.longestApprovalDays).contains(count) else {
      throw .approvalDays(constant.description)
    }
    approvalDays = count
    reasons = try Self.reasons(ladderTable)
    turns = Self.turns([ladderTable, waitTable])
    try Self.checkOutputs(ladderTable)
  }

  private static func reasons(_ table: TableView) throws(RestrictionModelError) -> [String] {
    var reasons: [String] = []
    for rule in 0..<table.ruleCount {
      guard let reason = table.annotation(rule: rule, named: reasonAnnotation), !reason.isEmpty else {
        throw .noReason(rule: table.ruleID(rule) ?? "rule \(rule + 1)")
      }
      reasons.append(reason)
    }
    return reasons
  }

  /// Refuses a rule whose step nobody knows how to take.
  private static func checkOutputs(_ table: TableView) throws(RestrictionModelError) {
    for rule in 0..<table.ruleCount {
      let word = table.outputConstant(rule: rule)?.string
      guard let word, word == LadderCircumstances.none || LadderStep(rawValue: word) != nil else {
        throw .unknownStep(
          table.outputText(rule: rule, column: 0), rule: table.ruleID(rule) ?? "rule \(rule + 1)")
      }
    }
  }

  /// What the policy says; where it has no usable answer, that nothing is done.
  public func answer(_ circumstances: LadderCircumstances) -> LadderAnswer {
    let trace = model.evaluate(whole, inputs: inputs.map(circumstances.value)).trace
    let matched = trace.matchedRules(of: [ladder, waits])
    guard trace.warnings.isEmpty, let ladderRule = matched[0]?.first,
      let list = trace.value(of: waits).list, let said = trace.value(of: ladder).string,
      let taken = trace.value(of: next).string, let needsApproval = trace.value(of: approval).boolean
    else { return .unanswered }
    let codes = list.compactMap(\.string)
    let step = LadderStep(rawValue: said)
    let answer = LadderAnswer(
      step: step, reason: reasons[ladderRule], rule: ladderTable.ruleID(ladderRule),
      waits: codes.enumerated().filter { !codes[..<$0.offset].contains($0.element) }.map(\.element),
      waitRules: matched[1].map { $0.compactMap { waitTable.ruleID($0) } } ?? [],
      needsApproval: needsApproval, minimum: trace.value(of: minimum).number)
    // The expression of "Next step" is policy too: what it holds back is held back.
    guard codes.count == list.count, answer.isDue == (LadderStep(rawValue: taken) != nil),
      !answer.isDue || taken == said
    else { return .unanswered }
    return answer
  }

  /// The step that comes next on the ladder, whatever it has to wait for.
  func step(_ circumstances: LadderCircumstances) -> LadderStep? {
    let trace = model.evaluate(ladderAlone, inputs: inputs.map(circumstances.value)).trace
    guard trace.warnings.isEmpty else { return nil }
    return trace.value(of: ladder).string.flatMap(LadderStep.init(rawValue:))
  }

  /// The numbers at which a test of an input that counts days may begin or end to apply.
  func turns(_ input: LadderCircumstances.Input) -> [Int] { turns[input] ?? [] }

  private static func turns(_ tables: [TableView]) -> [LadderCircumstances.Input: [Int]] {
    var turns: [LadderCircumstances.Input: Set<Int>] = [:]
    for table in tables {
      for (column, expression) in table.inputExpressions.enumerated() {
        guard let input = LadderCircumstances.Input(rawValue: expression) else { continue }
        for rule in 0..<table.ruleCount {
          for word in FEELText(table.inputText(rule: rule, column: column)).literals {
            // An interval may be open or closed at its end: then it turns on the day itself or on the next.
            if let number = word.number?.integer() {
              turns[input, default: []].formUnion([number, number + 1])
            }
          }
        }
      }
    }
    return turns.mapValues { $0.sorted() }
  }
}
