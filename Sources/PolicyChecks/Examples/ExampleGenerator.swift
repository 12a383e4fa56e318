import DMN
import DebtManagement
public import Decisioning
import FEEL
import Facts
import Formats
import Values

/// A model that examples may be about; the raw value is its file, and how a file of examples names it.
public enum ExampleModel: String, CaseIterable, Sendable {
  /// That of the rating.
  case rating = "credit-rating.dmn"
  /// That of debts: the ladder.
  case debts = "service-restriction.dmn"
}

/// Writes examples at every boundary of every table of a model, with what the live model answers now.
///
/// Every example differs as little as can be from a customer about whom there is nothing to say. They promise what the
/// model does, not what it should do: a person reads them before they are kept.
public struct ExampleGenerator {
  /// What the model answers about inputs, and what of it an example promises.
  private typealias Answer = (
    values: [DecidedValue], matched: [DecisionContent.MatchedRules], expected: JSONValue
  )

  private let about: ExampleModel
  private let policy: PolicyModel
  private let finder: CustomerFinder
  private let answer: ([Value]) -> Answer
  private var coverage: CoverageCount
  private var lines: [String] = []
  private var seen: Set<[Value]> = []
  private var names: [String: Int] = [:]

  /// The law of this country and day is asked where examples are about the rating, since one has to be.
  private static let place = (jurisdiction: "LV", day: "2026-06-30")

  /// The text of a file of examples about a model; nil where that has errors.
  public static func text(_ files: RuleSetFiles, of model: ExampleModel = .rating) throws(RuleSetError)
    -> String?
  {
    let ruleSet = try RuleSet(files)
    let policy = Policy(files)
    var generator =
      switch model {
      case .rating: rating(ruleSet, policy)
      case .debts: debts(policy)
      }
    generator?.generate()
    return generator?.file
  }

  private static func rating(_ ruleSet: RuleSet, _ policy: Policy) -> ExampleGenerator? {
    guard let rating = policy.rating, let finder = policy.finder, let day = CivilDate(place.day),
      let jurisdiction = Jurisdiction(place.jurisdiction)
    else { return nil }
    let promised = [PolicyName.score, PolicyName.rating, PolicyName.orderOutcome]
    let slot = rating.inputNames.firstIndex(of: "Customer kind")
    func kind(_ inputs: [Value]) -> Customer.Kind? {
      slot.flatMap { inputs[$0].string }.flatMap(Customer.Kind.init(rawValue:))
    }
    let usual = kind(finder.usual) ?? .household
    return ExampleGenerator(about: .rating, rating, finder) { inputs in
      let answer = ruleSet.answer(
        inputs,
        Law.Question(
          day: day, jurisdiction: jurisdiction, customer: kind(inputs) ?? usual, commodity: nil,
          circumstances: []))
      return (
        answer.values, answer.matchedRules,
        [
          "decisions": decisions(promised, answer.values),
          "knockOuts": .array(answer.knockOuts.map { .string($0.reason) }),
          "outcome": .string(answer.outcome.rawValue),
        ]
      )
    }
  }

  private static func debts(_ policy: Policy) -> ExampleGenerator? {
    guard let ladder = policy.restriction, ladder.isSound else { return nil }
    // Whose step waits for nothing: so each example shows the one thing that makes it wait.
    let usual = zip(ladder.inputNames, LadderExample.usual(ladder)).map { name, value -> Value in
      switch name {
      case "Overdue amount": .number(100)
      case "Deadline passed": .boolean(true)
      default: value.number == nil ? value : ladder.axis(name).atoms.last?.sample ?? value
      }
    }
    let answers = LadderAnswers(ladder)
    return ExampleGenerator(about: .debts, ladder, CustomerFinder(ladder, usual: usual)) { inputs in
      let answer = answers.answer(inputs)
      return (
        answer.values, answer.matched, ["decisions": decisions(RestrictionModel.decisions, answer.values)]
      )
    }
  }

  /// The values of the decisions that examples promise, as far as the model has them.
  private static func decisions(_ promised: [String], _ values: [DecidedValue]) -> JSONValue {
    var decisions = JSONObject()
    for decision in values where promised.contains(decision.name) {
      decisions[decision.name] = decision.value
    }
    return .object(decisions)
  }

  private init(
    about: ExampleModel, _ policy: PolicyModel, _ finder: CustomerFinder,
    answer: @escaping ([Value]) -> Answer
  ) {
    self.about = about
    self.policy = policy
    self.finder = finder
    self.answer = answer
    coverage = CoverageCount(policy)
  }

  private mutating func generate() {
    add(finder.usual, named: "an ordinary customer")
    for table in policy.tables where table.decision != nil {
      for column in coverage.columns[table.name] ?? [] { addBoundaries(column) }
    }
    for table in policy.tables where table.decision != nil { addRules(table) }
    // What a decision gives is reached by the rules mostly; what is left is looked for.
    for column in coverage.columns.sorted(by: { $0.key < $1.key }).flatMap(\.value) {
      for atom in coverage.open(column).members {
        let wanted = AtomSet([atom], count: column.axis.atoms.count)
        if let inputs = finder.find([column.axis.name: wanted], where: { _ in true }) {
          add(inputs, named: "\(column.axis.name) \(column.axis.words(wanted))")
        }
      }
    }
  }

  // MARK: - Boundaries

  private mutating func addBoundaries(_ column: CoverageCount.Column) {
    let axis = column.axis
    if let slot = column.slot {
      for value in axis.atoms.indices.flatMap({ nearEdges(axis, $0) }) {
        var inputs = finder.usual
        inputs[slot] = value
        add(inputs, named: "\(axis.name) \(value.words)")
      }
    } else if let reach = policy.reach(of: axis.name), let sums = reach.sums {
      for sum in nearEdges(axis, sums) {
        let usual = Dictionary(
          zip(policy.inputNames, finder.usual).compactMap { name, value in
            policy.axis(name).atom(of: value).map { (name, $0) }
          }
        ) { first, _ in first }
        guard let choice = reach.choice(usual: usual, allowed: [:], isWanted: { $0 == sum }) else {
          continue
        }
        var inputs = finder.usual
        for (variable, atom) in choice {
          guard let slot = policy.inputNames.firstIndex(of: variable) else { continue }
          inputs[slot] = policy.axis(variable).atoms[atom].sample
        }
        add(inputs, named: "\(axis.name) \(sum)")
      }
    }
  }

  /// Values of an atom as near to its ends as people count.
  private func nearEdges(_ axis: Axis, _ atom: Int) -> [Value] {
    guard case .between(let low, let high) = axis.atoms[atom].extent else { return [axis.atoms[atom].sample] }
    let step: Decimal = axis.domain.isWhole ? 1 : Decimal("0.01") ?? 1
    let ends: [Decimal?] = [low?.number.map { $0 + step }, high?.number.map { $0 - step }]
    let near = ends.compactMap { $0 }.map { Value.number($0) }
      .filter { axis.domain.admits($0) && axis.atoms[atom].contains($0) }
    if near.isEmpty { return [axis.atoms[atom].sample] }
    return near.count == 2 && near[0] == near[1] ? [near[0]] : near
  }

  /// The sums next below, at and next above each edge.
  private func nearEdges(_ axis: Axis, _ sums: Set<Decimal>) -> [Decimal] {
    var near: Set<Decimal> = []
    for atom in axis.atoms {
      guard case .point(.number(let edge)) = atom.extent else { continue }
      if let below = sums.filter({ $0 < edge }).max() { near.insert(below) }
      if sums.contains(edge) { near.insert(edge) }
      if let above = sums.filter({ $0 > edge }).min() { near.insert(above) }
    }
    return near.sorted()
  }

  // MARK: - Rules

  /// What meets each rule, and what lies on either side of each edge of it.
  private mutating func addRules(_ table: PolicyTable) {
    let geometry = policy.geometry(of: table)
    for rule in table.rules where !geometry.isDead(rule) {
      let box = geometry.possible[rule]
      guard let decision = table.decision, let wishes = finder.combined([:], with: box, of: table) else {
        continue
      }
      let found = finder.find(wishes, values: finder.values(table, box: box)) { trace in
        trace.matchedRules(of: decision).map(Array.init)?.contains(rule) ?? false
      }
      guard let found else { continue }
      let name = "\(table.name), rule \(table.id(rule))"
      if !coverage.isMet(table.id(rule), of: table.name) { add(found, named: name) }
      for (column, atoms) in zip(table.columns, box) {
        guard let variable = column.variable, let slot = policy.inputNames.firstIndex(of: variable) else {
          continue
        }
        let axis = policy.axis(variable)
        for value in axis.edges(of: atoms).flatMap({ nearEdges(axis, $0) }) {
          var inputs = found
          inputs[slot] = value
          add(inputs, named: "\(name), \(variable) \(value.words)")
        }
      }
    }
  }

  // MARK: - Lines

  private mutating func add(_ inputs: [Value], named name: String) {
    guard seen.insert(inputs).inserted else { return }
    let answer = answer(inputs)
    coverage.add(inputs, answer.values, answer.matched)
    // No two examples of a rule set have the same name, whatever model they are about.
    let name = about == .rating ? name : "debts: \(name)"
    names[name, default: 0] += 1
    let number = names[name] ?? 1
    var example = JSONObject()
    example["name"] = .string(number == 1 ? name : "\(name) (\(number))")
    var given = JSONObject()
    for (place, input) in policy.inputNames.enumerated() where inputs[place] != finder.usual[place] {
      given[input] = inputs[place].json
    }
    if !given.isEmpty { example["inputs"] = .object(given) }
    example["expected"] = answer.expected
    lines.append(Self.line(.object(example)))
  }

  /// One example a line, so that changes read well.
  private var file: String {
    var base = JSONObject()
    for (name, value) in zip(policy.inputNames, finder.usual) where !value.isNull {
      base[name] = value.json
    }
    var head = JSONObject()
    head["inputs"] = .object(base)
    if about == .rating {
      head["jurisdiction"] = .string(Self.place.jurisdiction)
      head["date"] = .string(Self.place.day)
    }
    return """
      {
        "about": "Generated: what the model answers at every boundary. Read what changes before keeping it.",
        "model": "\(about.rawValue)",
        "base": \(Self.line(.object(head))),
        "examples": [
          \(lines.joined(separator: ",\n    "))
        ]
      }

      """
  }

  private static func line(_ json: JSONValue) -> String {
    var writer = JSONWriter()
    writer.value(json)
    return writer.text
  }
}

extension Axis {
  /// The atoms of numbers on either side of where a set of atoms begins or ends.
  fileprivate func edges(of set: AtomSet) -> [Int] {
    func isNumber(_ atom: Int) -> Bool { atoms.indices.contains(atom) && atoms[atom].sample.number != nil }
    return atoms.indices.filter { atom in
      isNumber(atom)
        && [atom - 1, atom + 1].contains { isNumber($0) && set.contains($0) != set.contains(atom) }
    }
  }
}
