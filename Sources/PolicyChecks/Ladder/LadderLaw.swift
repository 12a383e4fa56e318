import DebtManagement
import Decisioning
import FEEL
import Facts
import Safeguards
import Values

/// What the law of debts says about the steps of the ladder, as boxes of the policy's inputs.
///
/// Only what is in force without an end is asked: a policy is put in force for days to come. Forms of notices, their proof,
/// limitation and days without cuts are no inputs of the policy; the safeguards alone look at them.
struct LadderLaw {
  typealias Test = (variable: String, passes: (Value) -> Bool)

  /// Where a provision forbids a step.
  struct Bar {
    let provision: String
    let step: String
    /// All of these hold.
    let tests: [Test]
  }

  /// Where a provision allows a step.
  struct Permission {
    let step: String
    let tests: [Test]
  }

  private(set) var bars: [Bar] = []
  private(set) var permissions: [Permission] = []
  private(set) var floors: [(provision: String, amount: Decimal)] = []
  /// The numbers at which provisions turn, by input.
  private(set) var turns: [String: Set<Int>] = [:]

  init(_ law: DebtLaw) {
    for entry in law.entries where entry.until == nil { add(entry) }
  }

  /// The law of a rule set; an error where it is not as it should be.
  static func read(_ files: RuleSetFiles) throws(SafeguardsError) -> LadderLaw {
    let paths = files.paths.filter { $0.hasPrefix("law/") && $0.hasSuffix(".json") }
    return LadderLaw(try DebtLaw(files: paths.map { ($0, files[$0] ?? []) }))
  }

  /// The points at which the law cuts the inputs, so that the proof looks on both sides of each.
  var points: [String: [UnaryTests]] {
    turns.mapValues { turns in
      let text = turns.sorted().map(String.init).joined(separator: ", ")
      return [FEEL.compile(unaryTests: text, in: Scope(), inputType: .number)]
    }
  }

  private static func step(_ tool: Tool) -> LadderStep {
    switch tool {
    case .disconnectionRequest: .disconnectionRequest
    case .powerLimit: .powerLimit
    case .contractTermination: .contractTermination
    }
  }

  private mutating func add(_ entry: DebtLawEntry) {
    let subject = Self.subject(entry)
    func bar(_ tools: Set<Tool>, _ tests: [Test]) {
      bars += tools.map { Bar(provision: entry.id, step: Self.step($0).rawValue, tests: subject + tests) }
    }
    switch entry.rule {
    case .tool(let tools):
      permissions += tools.map { Permission(step: Self.step($0).rawValue, tests: subject) }
    case .noticeClock(let notice, let count):
      guard let step = LadderStep.allCases.first(where: { $0.noticeType == notice }) else { return }
      let tests = [days("Days past due", count)]
      bars.append(Bar(provision: entry.id, step: step.rawValue, tests: subject + tests))
    case .clock(let clock), .objection(let clock, barsRequest: true):
      guard let input = Self.input(clock) else { return }
      bar(clock.tools, [days(input, clock.count)] + Self.circumstance(clock))
    case .statedDeadline(let deadline): bar(deadline.tools, [Self.isFalse("Deadline passed")])
    case .interruption(let count, let tools):
      // Only while supply is interrupted: 0 stands for where it is not.
      bar(
        tools,
        [
          days(
            "Days restricted", DayCount(days: max(1, count.days), unit: count.unit, counting: count.counting))
        ])
    case .bar(let code, let tools):
      if let test = Self.test(code) { bar(tools, [test]) }
    case .floor(let amount, let tools):
      floors.append((entry.id, amount))
      bar(tools, [Self.isTrue("Below minimum")])
    default: break
    }
  }

  /// Whose claims an entry is about.
  private static func subject(_ entry: DebtLawEntry) -> [Test] {
    func among<Word: RawRepresentable>(_ variable: String, _ words: Set<Word>?) -> [Test]
    where Word.RawValue == String {
      guard let words = words.map({ Set($0.map(\.rawValue)) }) else { return [] }
      return [(variable, { value in value.string.map(words.contains) ?? false })]
    }
    let country = entry.jurisdiction.code
    return [("Jurisdiction", { $0.string == country })] + among("Claimant", entry.claimants)
      + among("Commodity", entry.commodities) + among("Customer type", entry.customers)
  }

  /// That a count of days is not over.
  private mutating func days(_ input: String, _ count: DayCount) -> Test {
    let least = count.counting == .after ? count.days : count.days + 1
    turns[input, default: []].formUnion([count.days, least])
    return (input, { value in value.number.map { $0 < Decimal(least) } ?? true })
  }

  private static func input(_ clock: LawClock) -> String? {
    switch (clock.notice, clock.start, clock.count.unit) {
    case (.restrictionWarning, .sent, .calendar): "Days since warning"
    case (.restrictionWarning, .sent, .working): "Working days since warning"
    case (.terminationNotice, .sent, .calendar): "Days since termination notice"
    case (.debtNotice, .received, .calendar): "Days since debt notice"
    default: nil
    }
  }

  private static func circumstance(_ clock: LawClock) -> [Test] {
    switch clock.when {
    case .temporaryInsolvencyWithProof: [isTrue("Temporary insolvency")]
    case .electricHeating:
      [isTrue("Electric heating")] + (clock.season == nil ? [] : [isTrue("Heating season")])
    case nil: []
    }
  }

  private static func test(_ code: BarCode) -> Test? {
    switch code {
    case .openComplaint, .openObjection, .openDispute: isTrue("Disputed")
    case .insolvency: isTrue("Insolvent")
    case .protectedHousehold, .energyPoor: isTrue("Protected")
    case .planKept: ("Plan", { $0.string == PlanStanding.kept.rawValue })
    case .dataRestricted: isTrue("Data restricted")
    case .pendingReview: isTrue("Pending review")
    case .deceased: isTrue("Deceased")
    case .sold: isTrue("Sold")
    case .hold: isTrue("On hold")
    default: nil
    }
  }

  private static func isTrue(_ variable: String) -> Test { (variable, { $0.boolean == true }) }
  private static func isFalse(_ variable: String) -> Test { (variable, { $0.boolean == false }) }
}
