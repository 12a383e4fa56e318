import DMN
public import Decisioning
import FEEL
import Facts
import Formats
import Values

/// Writes examples at every boundary of every table, with what the live model answers now.
///
/// Every example differs as little as can be from a customer about whom there is nothing to say. They promise what the
/// model does, not what it should do: a person reads them before they are kept.
public struct ExampleGenerator {
  private let ruleSet: RuleSet
  private let policy: PolicyModel
  private let finder: CustomerFinder
  private let question: Law.Question
  private var coverage: CoverageCount
  private var lines: [String] = []
  private var seen: Set<[Value]> = []
  private var names: [String: Int] = [:]

  /// The decisions whose values the examples promise, as far as the model has them.
  private static let promised = [PolicyName.score, PolicyName.rating, PolicyName.orderOutcome]
  /// The law of this country and day is asked, since one has to be.
  private static let place = (jurisdiction: "LV", day: "2026-06-30")

  /// The text of a file of examples; nil where the rating model has errors.
  public static func text(_ files: RuleSetFiles) throws(RuleSetError) -> String? {
    let ruleSet = try RuleSet(files)
    let policy = Policy(files)
    guard let rating = policy.rating, let finder = policy.finder, let day = CivilDate(place.day),
      let jurisdiction = Jurisdiction(place.jurisdiction)
    else { return nil }
    let slot = rating.inputNames.firstIndex(of: "Customer kind")
    let kind = slot.flatMap { finder.usual[$0].string }.flatMap(Customer.Kind.init(rawValue:))
    var generator = ExampleGenerator(
      ruleSet: ruleSet, policy: rating, finder: finder,
      question: Law.Question(
        day: day, jurisdiction: jurisdiction, customer: kind ?? .household, commodity: nil,
        circumstances: []), coverage: CoverageCount(rating))
    generator.generate()
    return generator.file
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

  private mutating func addRules(_ table: PolicyTable) {
    let geometry = policy.geometry(of: table)
    for rule in table.rules where !coverage.isMet(table.id(rule), of: table.name) {
      guard let decision = table.decision, !geometry.isDead(rule),
        let wishes = finder.combined([:], with: geometry.possible[rule], of: table)
      else { continue }
      let found = finder.find(wishes, values: finder.values(table, box: geometry.possible[rule])) { trace in
        trace.matchedRules(of: decision).map(Array.init)?.contains(rule) ?? false
      }
      if let found { add(found, named: "\(table.name), rule \(table.id(rule))") }
    }
  }

  // MARK: - Lines

  private mutating func add(_ inputs: [Value], named name: String) {
    guard seen.insert(inputs).inserted else { return }
    var question = question
    if let slot = policy.inputNames.firstIndex(of: "Customer kind"),
      let kind = inputs[slot].string.flatMap(Customer.Kind.init(rawValue:))
    {
      question.customer = kind
    }
    let answer = ruleSet.answer(inputs, question)
    coverage.add(inputs, answer)
    names[name, default: 0] += 1
    let number = names[name] ?? 1
    var example = JSONObject()
    example["name"] = .string(number == 1 ? name : "\(name) (\(number))")
    var given = JSONObject()
    for (place, input) in policy.inputNames.enumerated() where inputs[place] != finder.usual[place] {
      given[input] = inputs[place].json
    }
    if !given.isEmpty { example["inputs"] = .object(given) }
    var decisions = JSONObject()
    for decision in answer.values where Self.promised.contains(decision.name) {
      decisions[decision.name] = decision.value
    }
    example["expected"] = [
      "decisions": .object(decisions), "knockOuts": .array(answer.knockOuts.map { .string($0.reason) }),
      "outcome": .string(answer.outcome.rawValue),
    ]
    lines.append(Self.line(.object(example)))
  }

  /// One example a line, so that changes read well.
  private var file: String {
    var base = JSONObject()
    for (name, value) in zip(policy.inputNames, finder.usual) where !value.isNull {
      base[name] = value.json
    }
    let head: JSONValue = [
      "inputs": .object(base), "jurisdiction": .string(Self.place.jurisdiction),
      "date": .string(Self.place.day),
    ]
    let about = "Generated: what the model answers at every boundary. Read what changes before keeping it."
    return """
      {
        "about": "\(about)",
        "base": \(Self.line(head)),
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
