import DMN
import Decisioning
import FEEL
import Foundation
import PolicyChecks
import TestSupport
import Testing

/// A copy of the shipped rules into which faults are planted.
struct Planting {
  private(set) var contents: [String: [UInt8]]
  static let rating = "credit-rating.dmn"

  init() throws {
    let files = try RuleSetFiles(folder: Repository.root.appending(path: "rules").path)
    contents = Dictionary(uniqueKeysWithValues: files.paths.map { ($0, files[$0] ?? []) })
  }

  var files: RuleSetFiles { RuleSetFiles(contents) }

  /// Replaces a text that stands in the file exactly once.
  mutating func replace(
    _ old: String, with new: String, in path: String = rating,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let text = String(decoding: contents[path] ?? [], as: UTF8.self)
    #expect(text.ranges(of: old).count == 1, "'\(old)' in \(path)", sourceLocation: sourceLocation)
    contents[path] = Array(text.replacing(old, with: new).utf8)
  }

  mutating func remove(_ path: String) { contents[path] = nil }

  /// Takes a rule out.
  mutating func removeRule(
    _ id: String, in path: String = rating, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    replace(
      between: "<rule id=\"\(id)\">", and: "</rule>", with: "", in: path, sourceLocation: sourceLocation)
  }

  /// Writes another test into an input cell.
  mutating func setCell(
    _ rule: String, _ column: Int, _ text: String, in path: String = rating,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let id = "\(rule)_in_\(column)"
    replace(
      between: "<inputEntry id=\"\(id)\">", and: "</inputEntry>",
      with: "<inputEntry id=\"\(id)\"><text>\(Self.escaped(text))</text></inputEntry>",
      in: path, sourceLocation: sourceLocation)
  }

  /// Writes another result into an output cell.
  mutating func setOutput(
    _ rule: String, _ column: Int = 1, _ text: String, in path: String = rating,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let id = "\(rule)_out_\(column)"
    replace(
      between: "<outputEntry id=\"\(id)\">", and: "</outputEntry>",
      with: "<outputEntry id=\"\(id)\"><text>\(Self.escaped(text))</text></outputEntry>",
      in: path, sourceLocation: sourceLocation)
  }

  private mutating func replace(
    between start: String, and end: String, with new: String, in path: String,
    sourceLocation: SourceLocation
  ) {
    var text = String(decoding: contents[path] ?? [], as: UTF8.self)
    guard let first = text.firstRange(of: start), let last = text[first.upperBound...].firstRange(of: end)
    else {
      Issue.record("no \(start)", sourceLocation: sourceLocation)
      return
    }
    text.replaceSubrange(first.lowerBound..<last.upperBound, with: new)
    contents[path] = Array(text.utf8)
  }

  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  /// The findings that the shipped rules do not have.
  func findings() -> [PolicyFinding] { PolicyChecks.findings(files) }

  /// The live model's trace of an example, evaluated anew.
  func trace(_ example: ExampleCustomer) throws -> (model: DecisionModel, trace: EvaluationTrace) {
    let model = try DecisionModel(ModelFile(name: Self.rating, bytes: contents[Self.rating] ?? []))
    #expect(example.inputs.map(\.name) == model.inputs.map(\.name))
    let plan = model.plan(for: model.decisions)
    return (model, model.evaluate(plan, inputs: example.inputs.map(\.value)).trace)
  }

  /// The ids of the rules that an example makes apply in a decision's table.
  func rules(_ example: ExampleCustomer, of decision: String) throws -> [String] {
    let (model, trace) = try trace(example)
    let handle = try #require(model.decision(named: decision))
    let table = try #require(model.table(of: handle))
    return trace.matchedRules(of: handle)?.compactMap { table.ruleID($0) } ?? []
  }
}

extension [PolicyFinding] {
  /// The only finding of a code, among the errors and warnings.
  func only(_ code: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> PolicyFinding {
    let found = filter { $0.code == code }
    #expect(found.count == 1, "\(map(\.sentence))", sourceLocation: sourceLocation)
    return try #require(found.first, "\(map(\.sentence))", sourceLocation: sourceLocation)
  }
}

extension ExampleCustomer {
  /// The value of an input.
  subscript(name: String) -> Value? { inputs.first { $0.name == name }?.value }
  /// What came of a decision.
  func result(_ name: String) -> Value? { results.first { $0.name == name }?.value }
}
