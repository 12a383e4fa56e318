import DMN
import FEEL
import Formats
import Foundation
import TestSupport
import Values

/// The test cases of the DMN Technology Compatibility Kit, read from the shared folder.
struct ConformanceSuite {
  /// One test file with its model.
  struct File: Sendable {
    var level: String
    var area: String
    var model: URL
    var cases: [Case]
  }

  /// One test case: inputs and what some decisions are to be.
  struct Case: Sendable {
    var id: String
    var kind: String
    var invocable: String?
    var inputs: NamedValues
    var expectations: [(name: String, namespace: String?, value: Value)]
  }

  /// What became of the cases.
  struct Tally: Sendable {
    var cases = 0
    var passed = 0
    var withValue = 0
    var passedWithValue = 0
    var failures: [String] = []

    static func += (left: inout Tally, right: Tally) {
      left.cases += right.cases
      left.passed += right.passed
      left.withValue += right.withValue
      left.passedWithValue += right.passedWithValue
      left.failures += right.failures
    }
  }

  private static let namespace = "http://www.omg.org/spec/DMN/20160719/testcase"
  private static let instances = "http://www.w3.org/2001/XMLSchema-instance"

  /// The test files of a level.
  static func files(level: String) throws -> [File] {
    guard let shared = Repository.shared else { return [] }
    let folder = shared.appending(path: "dmn-tck").appending(path: level)
    let manager = FileManager.default
    guard manager.fileExists(atPath: folder.path) else { return [] }
    var files: [File] = []
    for area in try manager.contentsOfDirectory(atPath: folder.path).sorted() {
      let home = folder.appending(path: area)
      for name in try manager.contentsOfDirectory(atPath: home.path).sorted() where name.hasSuffix(".xml") {
        let root = try XMLReader.parse([UInt8](Data(contentsOf: home.appending(path: name))))
        guard root.name == "testCases", let model = root.child("modelName")?.text else { continue }
        files.append(
          File(
            level: level, area: area,
            model: home.appending(path: model.trimmingCharacters(in: .whitespacesAndNewlines)),
            cases: try root.children("testCase").enumerated().map { try testCase($1, number: $0) }))
      }
    }
    return files
  }

  private static func testCase(_ element: Formats.XMLElement, number: Int) throws -> Case {
    var inputs = NamedValues()
    inputs.ignoresUnknown = true
    for node in element.children("inputNode") {
      inputs.add(node[attribute: "name"] ?? "", namespace: node[attribute: "namespace"], try value(node))
    }
    let expectations = try element.children("resultNode").map { node in
      (
        name: node[attribute: "name"] ?? "", namespace: node[attribute: "namespace"],
        value: try node.child("expected").map(value) ?? .null
      )
    }
    return Case(
      id: element[attribute: "id"] ?? "#\(number)", kind: element[attribute: "type"] ?? "decision",
      invocable: element[attribute: "invocableName"], inputs: inputs, expectations: expectations)
  }

  private static func isNil(_ element: Formats.XMLElement) -> Bool {
    element.attributes.contains { $0.namespace == instances && $0.name == "nil" && $0.value == "true" }
  }

  private static func value(_ element: Formats.XMLElement) throws -> Value {
    if isNil(element) { return .null }
    if let simple = element.child("value") {
      if isNil(simple) { return .null }
      let type = simple.attributes.first { $0.namespace == instances && $0.name == "type" }?.value ?? "string"
      return try scalar(type.split(separator: ":").last.map(String.init) ?? type, simple.text)
    }
    if let list = element.child("list") {
      return isNil(list) ? .null : .list(try list.children("item").map(value))
    }
    let components = element.children("component")
    if components.isEmpty { return .null }
    return .context(Context(try components.map { ($0[attribute: "name"] ?? "", try value($0)) }))
  }

  private static func scalar(_ type: String, _ text: String) throws -> Value {
    if type == "string" { return .string(text) }
    let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    switch type {
    case "boolean": return .boolean(text == "true" || text == "1")
    case "decimal", "double", "float", "integer", "int", "long": return try TaggedValue.scalar("number", text)
    case "duration":
      return try (try? TaggedValue.scalar("yearMonthDuration", text))
        ?? TaggedValue.scalar("dayTimeDuration", text)
    default: return try TaggedValue.scalar(type, text)
    }
  }

  // MARK: - Running

  /// Runs the cases of a file.
  static func run(_ file: File, now: CivilDateTime?) throws -> Tally {
    let model = try DecisionModel(path: file.model.path)
    var tally = Tally()
    for testCase in file.cases {
      var isPassed = true
      let hasValue = testCase.expectations.contains { !$0.value.isNull }
      for expectation in testCase.expectations {
        let actual = actual(expectation.name, expectation.namespace, testCase, model, now)
        if !ConformanceComparison.matches(expectation.value, actual) {
          isPassed = false
          tally.failures.append(
            "\(file.area) \(testCase.id) [\(expectation.name)]: expected \(expectation.value), got \(actual)")
        }
      }
      tally.cases += 1
      tally.passed += isPassed ? 1 : 0
      tally.withValue += hasValue ? 1 : 0
      tally.passedWithValue += hasValue && isPassed ? 1 : 0
    }
    return tally
  }

  private static func actual(
    _ name: String, _ namespace: String?, _ testCase: Case, _ model: DecisionModel, _ now: CivilDateTime?
  ) -> Value {
    switch testCase.kind {
    case "decisionService":
      guard let service = model.function(named: testCase.invocable ?? name) else { return .null }
      let outputs = model.evaluateOutputs(of: service, arguments: testCase.inputs, now: now)
      return outputs?.first { $0.name == name }?.value ?? .null
    case "bkm":
      guard let function = model.function(named: testCase.invocable ?? name) else { return .null }
      return model.evaluate(function, arguments: testCase.inputs, now: now).value
    default:
      return
        (try? model.evaluate(decision: name, namespace: namespace, inputs: testCase.inputs, now: now).value)
        ?? .null
    }
  }
}

/// The comparison rules of the kit.
enum ConformanceComparison {
  static func matches(_ expected: Value, _ actual: Value) -> Bool {
    switch (expected, actual) {
    case (.number(let expected), .number(let actual)):
      guard let difference = expected.subtracting(actual), let tolerance = Decimal("0.00000001") else {
        return false
      }
      return difference.magnitude < tolerance
    case (.list(let expected), .list(let actual)):
      return expected.count == actual.count && zip(expected, actual).allSatisfy { matches($0, $1) }
    case (.context(let expected), .context(let actual)):
      return expected.count == actual.count
        && expected.entries.allSatisfy { entry in actual[entry.name].map { matches(entry.value, $0) } ?? false
        }
    case (.string(let expected), .string(let actual)):
      return expected.unicodeScalars.elementsEqual(actual.unicodeScalars)
    case (.yearsMonthsDuration(let expected), .daysTimeDuration(let actual)):
      return expected.months == 0 && actual == DaysTimeDuration(seconds: 0)
    case (.daysTimeDuration(let expected), .yearsMonthsDuration(let actual)):
      return actual.months == 0 && expected == DaysTimeDuration(seconds: 0)
    default: return expected == actual
    }
  }
}
