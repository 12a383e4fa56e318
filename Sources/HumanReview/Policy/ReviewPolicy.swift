import DMN
import Decisioning
import Explanation
import FEEL
import Facts
import Synchronization
import Values

/// What the supplier's policy says about the review by people: `human-review.dmn` of a rule set, compiled and checked.
public struct ReviewPolicy: Sendable {
  /// For how long a claim holds unless it is renewed.
  public let leaseMinutes: Int
  /// For how many days a case may be put off.
  public let longestSnoozeDays: Int
  /// For how many days a judgement stands where the reviewer names no end.
  public let validityDays: Int
  /// For how many days it may stand at most.
  public let longestValidityDays: Int
  /// The codes of reasons that a reviewer may give, as the texts list them.
  public let reasonCodes: [String]

  private let treatment: BoundDecision
  private let secondPerson: BoundDecision
  private let law: Law
  private let calendars: Calendars
  private let known = Known()

  /// The file of the model within a rule set.
  public static let path = "human-review.dmn"
  /// The decisions that the review asks for by name.
  public static let decisions = [Name.treatment, Name.secondPerson] + Number.allCases.map(\.rawValue)
  /// The inputs that have no value for some cases.
  public static let optionalInputs = [
    Given.customerKind.rawValue, Given.purpose.rawValue, Given.restriction.rawValue,
  ]

  /// The policy of a rule set.
  public init(_ files: RuleSetFiles) throws(ReviewPolicyError) {
    let model = try Self.model(files)
    leaseMinutes = try Self.number(.lease, in: 1...1440, model)
    longestSnoozeDays = try Self.number(.snooze, in: 1...366, model)
    validityDays = try Self.number(.validity, in: 1...3660, model)
    longestValidityDays = try Self.number(.longestValidity, in: 1...3660, model)
    guard validityDays <= longestValidityDays else {
      throw .validities(days: validityDays, longest: longestValidityDays)
    }
    treatment = try BoundDecision(Name.treatment, model)
    secondPerson = try BoundDecision(Name.secondPerson, model)
    let texts = try? TextCatalogue(files, language: .english)
    reasonCodes = texts?.judgementReasons.map(\.code) ?? []
    if reasonCodes.isEmpty { throw .noReasons }
    do throws(RuleSetError) {
      law = try Law(files)
      calendars = try Calendars(files)
    } catch {
      throw .rules(error)
    }
    try check()
  }

  /// Asks about every kind of case once, so that a model that cannot answer is refused before anybody waits for it.
  private func check() throws(ReviewPolicyError) {
    for kind in CaseKind.allCases {
      for customer in [Customer.Kind.household, .business, .prospect] {
        for hasOrder in [false, true] {
          let subject = CaseSubject(
            kind: kind, reason: "", purpose: hasOrder ? .order : .rating, customerKind: customer,
            hasOrder: hasOrder)
          guard told(subject) != nil else { throw .noAnswer(decision: Name.treatment, kind: kind) }
        }
        guard told(ChangeOfDecision(kind: kind, customerKind: customer)) != nil else {
          throw .noAnswer(decision: Name.secondPerson, kind: kind)
        }
      }
    }
  }

  /// Answers that were given before: the same few are asked for with every referral, twice, and are a third of what it costs.
  private final class Known: Sendable {
    struct Question: Hashable {
      let subject: CaseSubject
      let day: CivilDate
      let jurisdiction: Jurisdiction
    }

    let answers = Mutex<[Question: (treatment: Treatment, due: CivilDate)]>([:])
    /// Reasons may name sources; days pass.
    static let most = 1000
  }

  /// How a case that is opened on a day is treated, and its last day.
  func answer(
    _ subject: CaseSubject, from day: CivilDate, in jurisdiction: Jurisdiction
  ) -> (treatment: Treatment, due: CivilDate) {
    let question = Known.Question(subject: subject, day: day, jurisdiction: jurisdiction)
    if let known = known.answers.withLock({ $0[question] }) { return known }
    let treatment = treatment(subject)
    let made = (treatment, due(treatment, of: subject.kind, from: day, in: jurisdiction))
    known.answers.withLock { answers in
      if answers.count >= Known.most { answers.removeAll() }
      answers[question] = made
    }
    return made
  }

  /// How a case is treated; where the model cannot say it, at once and by somebody.
  public func treatment(_ subject: CaseSubject) -> Treatment {
    told(subject) ?? Treatment(priority: 1, days: 1, countsWorkingDays: true)
  }

  private func told(_ subject: CaseSubject) -> Treatment? {
    let value = treatment.value { given in
      switch given {
      case .caseKind: .string(subject.kind.rawValue)
      case .caseReason: .string(subject.reason)
      case .purpose: subject.purpose.map { .string($0.rawValue) } ?? .null
      case .customerKind: subject.customerKind.map { .string($0.rawValue) } ?? .null
      case .hasOrder: .boolean(subject.hasOrder)
      default: .null
      }
    }
    guard let context = value.context, let opens = context["opens case"]?.boolean,
      let priority = context["priority"]?.number?.integer(), (1...5).contains(priority),
      let days = context["days"]?.number?.integer(), (0...3660).contains(days),
      let counts = context["working days"]?.boolean
    else { return nil }
    return Treatment(opensCase: opens, priority: priority, days: days, countsWorkingDays: counts)
  }

  /// The last day of a case that is opened on a day; of a contest never later than the law says.
  public func due(
    _ treatment: Treatment, of kind: CaseKind, from day: CivilDate, in jurisdiction: Jurisdiction
  ) -> CivilDate {
    let due =
      treatment.countsWorkingDays
      ? calendars[jurisdiction].adding(workingDays: treatment.days, to: day)
      : day.adding(days: treatment.days)
    guard kind == .contest, let days = law.contestAnswerDays(on: day) else { return due ?? .latest }
    return min(due ?? .latest, day.adding(days: days) ?? .latest)
  }

  /// Why a change needs a second person, by the policy's codes; nothing where it needs none.
  ///
  /// Where the model cannot say it, it needs one.
  public func secondPerson(_ change: ChangeOfDecision) -> [String] {
    told(change) ?? [Self.unknown]
  }

  private func told(_ change: ChangeOfDecision) -> [String]? {
    let value = secondPerson.value { given in
      switch given {
      case .caseKind: .string(change.kind.rawValue)
      case .customerKind: .string(change.customerKind.rawValue)
      case .ratingSteps: .number(Decimal(change.ratingSteps))
      case .setsMissingRating: .boolean(change.setsMissingRating)
      case .outcomeSteps: .number(Decimal(change.outcomeSteps))
      case .worsens: .boolean(change.worsens)
      case .restriction: change.restriction.map { .string($0.rawValue) } ?? .null
      case .ownEarlierCase: .boolean(change.hasOwnEarlierCase)
      case .barredByLaw: .boolean(change.isBarredByLaw)
      case .contestsHumanDecision: .boolean(change.contestsHumanDecision)
      default: .null
      }
    }
    guard let list = value.list else { return nil }
    let reasons = list.map { $0.string ?? Self.unknown }
    return reasons.enumerated().filter { !reasons[..<$0.offset].contains($0.element) }.map(\.element)
  }

  /// The reason for a second person where the model fails.
  static let unknown = "policy-without-answer"

  private static func model(_ files: RuleSetFiles) throws(ReviewPolicyError) -> DecisionModel {
    guard let bytes = files[path] else { throw .missing }
    let others = files.paths.filter { $0 != path && $0.hasSuffix(".dmn") }
      .map { ModelFile(name: $0, bytes: files[$0] ?? []) }
    let model: DecisionModel
    do {
      model = try DecisionModel(ModelFile(name: path, bytes: bytes), others: others)
    } catch {
      throw .notAModel(error)
    }
    let errors = model.findings.filter { $0.severity == .error }
    guard errors.isEmpty else { throw .findings(errors) }
    for input in model.inputs where Given(rawValue: input.name) == nil {
      throw .unknownInput(input.name, known: Given.allCases.map(\.rawValue))
    }
    return model
  }

  private static func number(
    _ number: Number, in bounds: ClosedRange<Int>, _ model: DecisionModel
  ) throws(ReviewPolicyError) -> Int {
    let value = try BoundDecision(number.rawValue, model).value { _ in .null }
    guard let found = value.number?.integer(), bounds.contains(found) else {
      throw .badNumber(number.rawValue, value: value.description, bounds: bounds)
    }
    return found
  }

  private enum Name {
    static let treatment = "Treatment"
    static let secondPerson = "Second person"
  }

  private enum Number: String, CaseIterable {
    case lease = "Lease in minutes"
    case snooze = "Longest snooze in days"
    case validity = "Validity in days"
    case longestValidity = "Longest validity in days"
  }
}

/// What the review can tell the model.
private enum Given: String, CaseIterable, Sendable {
  case caseKind = "Case kind"
  case caseReason = "Case reason"
  case purpose = "Purpose"
  case customerKind = "Customer kind"
  case hasOrder = "Has order"
  case ratingSteps = "Rating steps"
  case setsMissingRating = "Sets missing rating"
  case outcomeSteps = "Outcome steps"
  case worsens = "Outcome worsens"
  case restriction = "Restriction"
  case ownEarlierCase = "Own earlier case"
  case barredByLaw = "Barred by law"
  case contestsHumanDecision = "Contested human decision"
}

/// A decision of the model with its inputs looked up.
private struct BoundDecision: Sendable {
  let model: DecisionModel
  let plan: EvaluationPlan
  let givens: [Given?]

  init(_ name: String, _ model: DecisionModel) throws(ReviewPolicyError) {
    guard let decision = model.decision(named: name) else { throw .missingDecision(name) }
    self.model = model
    plan = model.plan(for: [decision])
    givens = model.inputs.map { Given(rawValue: $0.name) }
  }

  func value(_ given: (Given) -> Value) -> Value {
    model.evaluate(plan, inputs: givens.map { $0.map(given) ?? .null }).value
  }
}
