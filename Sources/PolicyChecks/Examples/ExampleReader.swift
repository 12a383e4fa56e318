import DMN
import DebtManagement
import Decisioning
import FEEL
import Facts
import Formats
import Values

/// Reads the examples of a rule set; what cannot be read is told file by file, example by example.
struct ExampleReader {
  /// The models that examples may be put to, by their files.
  private let models: [String: DecisionModel]
  private(set) var examples: [PolicyExample] = []
  private(set) var errors: [ExampleError] = []
  /// Where each name stands.
  private var names: [String: String] = [:]

  /// What a file's `base` and each example may say about a case.
  private static let caseMembers = ["inputs", "jurisdiction", "date", "commodity", "circumstances"]

  init(_ ruleSet: RuleSet) {
    var models = [ExampleModel.rating.rawValue: ruleSet.ratingModel]
    if let restriction = try? RestrictionModel(ruleSet.files) {
      models[ExampleModel.debts.rawValue] = restriction.model
    }
    self.models = models
    for path in ruleSet.files.paths where Self.isExample(path) {
      do throws(ExampleError) {
        try read(path, ruleSet.files[path] ?? [])
      } catch {
        errors.append(error)
      }
    }
  }

  /// Whether a file of a rule set holds examples.
  static func isExample(_ path: String) -> Bool { path.hasPrefix("examples/") && path.hasSuffix(".json") }

  private mutating func read(_ path: String, _ bytes: [UInt8]) throws(ExampleError) {
    let json: JSONValue
    do {
      json = try JSONReader.parse(bytes)
    } catch {
      throw ExampleError(
        file: path, pointer: "", fault: "line \(error.position.line) is not JSON: \(error.sentence)")
    }
    let file = ExampleObject(json, file: path, pointer: "")
    try file.allow(["about", "model", "base", "examples"])
    let name = try file.text("model") ?? ExampleModel.rating.rawValue
    guard let model = models[name] else {
      throw file.fault("model", "is none of: \(models.keys.sorted().joined(separator: ", "))")
    }
    var base = ExampleCase(model)
    if json["base"] != nil {
      let object = file.member("base")
      try object.allow(Self.caseMembers)
      try base.take(object, model)
    }
    guard let items = json["examples"]?.arrayValue else {
      throw ExampleError(
        file: path, pointer: "/examples", fault: "is missing or not a list; each example is an object")
    }
    for (place, item) in items.enumerated() {
      let object = ExampleObject(item, file: path, pointer: "/examples/\(place)")
      do throws(ExampleError) {
        try read(object, base, model, name)
      } catch {
        errors.append(error)
      }
    }
  }

  private mutating func read(
    _ object: ExampleObject, _ base: ExampleCase, _ model: DecisionModel, _ file: String
  ) throws(ExampleError) {
    let isRating = file == ExampleModel.rating.rawValue
    try object.allow(["name", "why", "expected"] + Self.caseMembers)
    guard let name = object.json["name"]?.stringValue, !name.isEmpty else {
      throw object.fault("name", "is missing or not a text; every example needs a name of its own")
    }
    let place = "\(object.file), \(object.pointer)"
    if let other = names[name] {
      throw object.fault("name", "'\(name)' is the name of \(other) too; every example needs one of its own")
    }
    names[name] = place
    var given = base
    try given.take(object, model)
    let expected = object.member("expected")
    try expected.allow(isRating ? ["decisions", "knockOuts", "outcome", "bars"] : ["decisions"])
    examples.append(
      PolicyExample(
        file: object.file, pointer: object.pointer, name: name, model: file, inputs: given.inputs,
        question: isRating ? try given.question(model, object) : nil,
        expected: try self.expected(expected, model)))
  }

  private func expected(
    _ object: ExampleObject, _ model: DecisionModel
  ) throws(ExampleError) -> PolicyExample.Expected {
    var expected = PolicyExample.Expected()
    if object.json["decisions"] != nil {
      let decisions = object.member("decisions")
      try decisions.allow(nil)
      for (name, value) in decisions.json.objectValue?.members ?? [] {
        guard let decision = model.decision(named: name), name != PolicyName.knockOuts else {
          let known = model.decisions.map(model.name(of:)).filter { $0 != PolicyName.knockOuts }
          throw decisions.fault(name, "is no decision; there are: \(known.joined(separator: ", "))")
        }
        // Compared as JSON, but a value that the decision can never have is a slip.
        _ = try ExampleCase.value(value, model.type(of: decision), decisions, name)
        expected.decisions.append(DecidedValue(name: name, value: value))
      }
    }
    expected.knockOuts = try object.texts("knockOuts")
    expected.bars = try object.texts("bars")
    if let outcome = object.json["outcome"] {
      guard let known = outcome.stringValue.flatMap(Outcome.init(rawValue:)) else {
        let known = Outcome.allCases.map(\.rawValue).joined(separator: ", ")
        throw object.fault("outcome", "is none of: \(known)")
      }
      expected.outcome = known
    }
    if expected == PolicyExample.Expected() {
      throw object.fault(nil, "promises nothing; name decisions, knockOuts, outcome or bars")
    }
    return expected
  }
}

/// What an example says about its case, on top of what the file says for all.
private struct ExampleCase {
  var inputs: [Value]
  var jurisdiction = "LV"
  var day: CivilDate?
  var commodity: Contract.Commodity?
  var circumstances: Set<LawProvision.Circumstance> = []

  init(_ model: DecisionModel) { inputs = Array(repeating: .null, count: model.inputCount) }

  mutating func take(_ object: ExampleObject, _ model: DecisionModel) throws(ExampleError) {
    if object.json["inputs"] != nil {
      let values = object.member("inputs")
      try values.allow(nil)
      for (name, value) in values.json.objectValue?.members ?? [] {
        guard let slot = model.inputSlot(named: name) else {
          let known = model.inputs.map(\.name).joined(separator: ", ")
          throw values.fault(name, "is no input of the model; there are: \(known)")
        }
        inputs[slot] = try Self.value(value, model.inputs[slot].type, values, name)
      }
    }
    if let text = try object.text("jurisdiction") { jurisdiction = text }
    if let text = try object.text("date") {
      guard let date = CivilDate(text) else { throw object.fault("date", "is not a date as in 2026-05-14") }
      day = date
    }
    if let text = try object.text("commodity") {
      guard let known = Contract.Commodity(rawValue: text) else {
        let all = Contract.Commodity.allCases.map(\.rawValue).joined(separator: ", ")
        throw object.fault("commodity", "is none of: \(all)")
      }
      commodity = known
    }
    if let texts = try object.texts("circumstances") {
      circumstances = []
      for text in texts {
        guard let known = LawProvision.Circumstance(rawValue: text) else {
          let all = LawProvision.Circumstance.allCases.map(\.rawValue).joined(separator: ", ")
          throw object.fault("circumstances", "'\(text)' is none of: \(all)")
        }
        circumstances.insert(known)
      }
    }
  }

  func question(_ model: DecisionModel, _ object: ExampleObject) throws(ExampleError) -> Law.Question {
    guard let day else {
      throw object.fault("date", "is missing; the law depends on the day, so name one here or in the base")
    }
    guard let jurisdiction = Jurisdiction(jurisdiction) else {
      throw object.fault("jurisdiction", "is not a country code of two capital letters")
    }
    let kind = model.inputSlot(named: "Customer kind").flatMap { inputs[$0].string }
    guard let kind = kind.flatMap(Customer.Kind.init(rawValue:)) else {
      throw object.fault("inputs/Customer kind", "is missing; the law depends on it")
    }
    return Law.Question(
      day: day, jurisdiction: jurisdiction, customer: kind, commodity: commodity,
      circumstances: circumstances)
  }

  /// A JSON value as a value of a type.
  static func value(
    _ json: JSONValue, _ type: FEELType, _ object: ExampleObject, _ name: String
  ) throws(ExampleError) -> Value {
    guard let value = plain(json, type), value.conforms(to: type) else {
      throw object.fault(name, "is \(json.canonical), which is no \(type)")
    }
    return value
  }

  private static func plain(_ json: JSONValue, _ type: FEELType) -> Value? {
    switch (json, type.resolved) {
    case (.null, _): return .null
    case (.bool(let value), _): return .boolean(value)
    case (.number(let value), _): return .number(value)
    case (.string(let text), .date): return CivilDate(text).map(Value.date)
    case (.string(let text), .dateTime): return CivilDateTime(text).map(Value.dateTime)
    case (.string(let text), .yearsMonthsDuration):
      return YearsMonthsDuration(text).map(Value.yearsMonthsDuration)
    case (.string(let text), .daysTimeDuration): return DaysTimeDuration(text).map(Value.daysTimeDuration)
    case (.string(let text), _): return .string(text)
    case (.array(let items), .list(let element)):
      let values = items.compactMap { plain($0, element) }
      return values.count == items.count ? .list(values) : nil
    case (.array, _), (.object, _): return nil
    }
  }
}

/// An object of a file of examples, with its place for every error.
private struct ExampleObject {
  let json: JSONValue
  let file: String
  let pointer: String

  init(_ json: JSONValue, file: String, pointer: String) {
    self.json = json
    self.file = file
    self.pointer = pointer
  }

  func member(_ name: String) -> ExampleObject {
    ExampleObject(json[name] ?? .null, file: file, pointer: "\(pointer)/\(name)")
  }

  func fault(_ member: String?, _ fault: String) -> ExampleError {
    ExampleError(file: file, pointer: member.map { "\(pointer)/\($0)" } ?? pointer, fault: fault)
  }

  /// Refuses what is no object, and members of other names; nil lets every name pass.
  func allow(_ members: [String]?) throws(ExampleError) {
    guard let object = json.objectValue else {
      throw fault(nil, json == .null ? "is missing" : "is not an object")
    }
    if let members, let unknown = object.keys.first(where: { !members.contains($0) }) {
      throw fault(unknown, "is not a member; there are: \(members.joined(separator: ", "))")
    }
  }

  func text(_ member: String) throws(ExampleError) -> String? {
    guard let value = json[member] else { return nil }
    guard let text = value.stringValue else { throw fault(member, "is not a text") }
    return text
  }

  func texts(_ member: String) throws(ExampleError) -> [String]? {
    guard let value = json[member] else { return nil }
    let texts = value.arrayValue?.compactMap(\.stringValue)
    guard let texts, texts.count == value.arrayValue?.count else {
      throw fault(member, "is not a list of texts")
    }
    return texts
  }
}
