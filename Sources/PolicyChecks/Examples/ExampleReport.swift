public import Decisioning
public import Formats
import Values

/// What came of putting a rule set's examples to its own model.
public struct ExampleReport: Sendable {
  /// An example that came out otherwise than promised.
  public struct Failure: Sendable {
    /// The example.
    public let example: PolicyExample
    /// What differs.
    public let differences: [PolicyExample.Difference]
  }

  /// How many examples were run.
  public var count = 0
  /// Those that came out otherwise than promised.
  public var failures: [Failure] = []
  /// What could not be read.
  public var errors: [ExampleError] = []
  /// What the examples reach, table by table.
  public var coverage: [TableCoverage] = []

  /// The rules that no example meets, with their tables.
  public var rulesNotMet: [(table: String, rules: [String])] {
    coverage.filter { !$0.rulesNotMet.isEmpty }.map { ($0.table, $0.rulesNotMet) }
  }

  /// Whether the rule set keeps its promises, and each of its rules is shown by some example.
  ///
  /// A boundary that no example touches is told, and stops nothing.
  public var passes: Bool { errors.isEmpty && failures.isEmpty && rulesNotMet.isEmpty }

  /// The report for programs.
  public var json: JSONValue {
    func number(_ value: Int) -> JSONValue { .number(Decimal(value)) }
    return [
      "examples": number(count), "passed": number(count - failures.count), "passes": .bool(passes),
      "errors": .array(
        errors.map {
          ["file": .string($0.file), "pointer": .string($0.pointer), "sentence": .string($0.sentence)]
        }),
      "failures": .array(
        failures.map { failure in
          [
            "file": .string(failure.example.file), "pointer": .string(failure.example.pointer),
            "name": .string(failure.example.name),
            "differences": .array(
              failure.differences.map {
                ["name": .string($0.name), "expected": $0.expected, "actual": $0.actual]
              }),
          ]
        }),
      "coverage": .array(
        coverage.map { table in
          [
            "table": .string(table.table), "rules": number(table.rules),
            "rulesNotMet": .array(table.rulesNotMet.map(JSONValue.string)),
            "boundaries": number(table.boundaries),
            "boundariesNotTouched": .array(table.boundariesNotTouched.map(JSONValue.string)),
          ]
        }),
    ]
  }
}

/// What examples reach of one decision table.
public struct TableCoverage: Sendable, Hashable {
  /// The decision whose table it is.
  public var table: String
  /// How many rules the table has.
  public var rules: Int
  /// The rules that no example meets.
  public var rulesNotMet: [String]
  /// How many parts the table cuts its columns into: below, at and above each edge, each word, the missing value.
  public var boundaries: Int
  /// The parts that no example lies in, in words.
  public var boundariesNotTouched: [String]
}

extension PolicyChecks {
  /// Puts the examples of a rule set to its own model.
  ///
  /// - Throws: where the rule set cannot be used at all.
  public static func test(_ files: RuleSetFiles) throws(RuleSetError) -> ExampleReport {
    let ruleSet = try RuleSet(files)
    let reader = ExampleReader(ruleSet)
    var report = ExampleReport(count: reader.examples.count, errors: reader.errors)
    let policy = Policy(files)
    var coverage = CoverageCount(policy.rating)
    var ladder = LadderAnswers(policy.restriction)
    for example in reader.examples {
      let differences: [PolicyExample.Difference]
      if let question = example.question {
        let answer = ruleSet.answer(example.inputs, question)
        differences = example.differences(answer)
        coverage.add(example.inputs, answer)
      } else {
        differences = ladder.differences(example)
      }
      if !differences.isEmpty {
        report.failures.append(ExampleReport.Failure(example: example, differences: differences))
      }
    }
    report.coverage = coverage.tables + ladder.coverage.tables
    return report
  }
}
