import DMN
import Decisioning
import Foundation
import PolicyChecks
import TestSupport

/// A rule set of nothing but a small rating model, written for one test.
struct SmallPolicy {
  let files: RuleSetFiles

  /// A column: the expression, the type; a row: id, tests, outputs.
  struct Table {
    var columns: [(name: String, type: String)]
    var hitPolicy = "UNIQUE"
    var output = "string"
    var outputValues: String?
    var rows: [(id: String, tests: [String], output: String)]
    var annotations: [String] = []

    fileprivate func xml(_ id: String) -> String {
      let inputs = columns.map {
        "<input><inputExpression typeRef=\"\($0.type)\"><text>\(Planting.escaped($0.name))</text></inputExpression></input>"
      }
      let values = outputValues.map { "<outputValues><text>\($0)</text></outputValues>" } ?? ""
      let rules = rows.map { row in
        "<rule id=\"\(row.id)\">"
          + row.tests.map { "<inputEntry><text>\(Planting.escaped($0))</text></inputEntry>" }.joined()
          + "<outputEntry><text>\(Planting.escaped(row.output))</text></outputEntry></rule>"
      }
      return "<decisionTable id=\"\(id)_table\" hitPolicy=\"\(hitPolicy)\">" + inputs.joined()
        + "<output typeRef=\"\(output)\">\(values)</output>" + rules.joined() + "</decisionTable>"
    }
  }

  enum Logic {
    case table(Table)
    case text(String)
  }

  /// - Parameters:
  ///   - inputs: names and types.
  ///   - decisions: name, type, what it requires, logic.
  init(
    types: String = "", inputs: [(name: String, type: String)],
    decisions: [(name: String, type: String, requires: [String], logic: Logic)]
  ) {
    func id(_ name: String) -> String { "_" + name.replacing(" ", with: "_") }
    var xml = """
      <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="small_model" name="Small" namespace="urn:small">
      \(types)
      """
    for input in inputs {
      xml +=
        "<inputData id=\"\(id(input.name))\" name=\"\(input.name)\">"
        + "<variable name=\"\(input.name)\" typeRef=\"\(input.type)\"/></inputData>"
    }
    for decision in decisions {
      xml +=
        "<decision id=\"\(id(decision.name))\" name=\"\(decision.name)\">"
        + "<variable name=\"\(decision.name)\" typeRef=\"\(decision.type)\"/>"
      for required in decision.requires {
        let kind = inputs.contains { $0.name == required } ? "requiredInput" : "requiredDecision"
        xml += "<informationRequirement><\(kind) href=\"#\(id(required))\"/></informationRequirement>"
      }
      switch decision.logic {
      case .table(let table): xml += table.xml(id(decision.name))
      case .text(let text):
        xml += "<literalExpression><text>\(Planting.escaped(text))</text></literalExpression>"
      }
      xml += "</decision>"
    }
    xml += "</definitions>"
    files = RuleSetFiles(["credit-rating.dmn": Array(xml.utf8)])
  }

  /// The findings about tables and the pipeline; that the small model is no whole policy is not told.
  func findings() -> [PolicyFinding] {
    PolicyChecks.findings(files).filter { finding in
      ["table.", "rule.", "scorecard.", "pipeline.", "condition.", "output."].contains {
        finding.code.hasPrefix($0)
      }
    }
  }

  /// The compiled small model.
  func model() throws -> DecisionModel {
    try DecisionModel(ModelFile(name: "credit-rating.dmn", bytes: files["credit-rating.dmn"] ?? []))
  }

  /// A policy with one table 'Rating' over some inputs.
  static func table(_ table: Table, types: String = "") -> SmallPolicy {
    SmallPolicy(
      types: types, inputs: table.columns,
      decisions: [("Rating", table.output, table.columns.map(\.name), .table(table))])
  }
}
