import DMN
import FEEL
import Formats
import Values

extension Command {
  /// `bonitas dmn show`: what a model holds.
  static let dmnShow = Command(
    "dmn show",
    summary: "Show a DMN model: inputs, decisions, and tables drawn as text.",
    positionals: [DMNArguments.model],
    needs: .nobody,
    examples: [Example("bonitas dmn show rules/credit-rating.dmn", "Reads like the modeller's drawing.")]
  ) { arguments, edge throws(Failure) in
    let model = try DMNArguments.load(arguments)
    if arguments.wantsJSON {
      edge.output.json(json(model))
      return .done
    }
    let output = edge.output
    output.line(output.style(.heading, model.name))
    if let text = model.definitions.description { output.line(visible(text)) }
    showInputs(model, output)
    for decision in model.decisions where model.isMain(decision) {
      output.line()
      show(decision, of: model, output)
    }
    return .done
  }

  private static func showInputs(_ model: DecisionModel, _ output: TextStream) {
    var table = Table([Table.Column("input"), Table.Column("type")])
    for input in model.inputs {
      table.add([Table.Cell(input.name), Table.Cell(input.type.description)])
    }
    guard !table.isEmpty else { return }
    output.line()
    table.write(to: output)
  }

  private static func show(_ decision: DecisionHandle, of model: DecisionModel, _ output: TextStream) {
    output.line(
      output.style(.heading, visible(model.name(of: decision))) + " : " + model.type(of: decision).description
    )
    let inputs = model.inputs
    let needs =
      model.requirements(of: decision).map(model.name(of:))
      + model.requiredInputs(of: decision).map { inputs[$0].name }
    if !needs.isEmpty { output.line("  needs " + visible(needs.joined(separator: ", "))) }
    if let table = model.table(of: decision) {
      drawing(table).write(to: output, indent: 2)
    } else if let text = model.text(of: decision) {
      for line in text.split(separator: "\n") { output.line("  " + visible(String(line))) }
    }
  }

  /// The table as people draw it: hit policy, tests, results, annotations.
  private static func drawing(_ view: TableView) -> Table {
    var columns = [Table.Column(view.hitPolicyText, .right)]
    columns += view.inputNames.map { Table.Column($0) }
    columns += view.outputNames.map { Table.Column("→ " + $0) }
    columns += view.annotationNames.map { Table.Column("# " + $0) }
    var table = Table(columns)
    for rule in 0..<view.ruleCount {
      var cells = [Table.Cell(String(rule + 1))]
      cells += view.inputNames.indices.map { Table.Cell(line(view.inputText(rule: rule, column: $0))) }
      cells += view.outputNames.indices.map { Table.Cell(line(view.outputText(rule: rule, column: $0))) }
      cells += view.annotationNames.map { Table.Cell(line(view.annotation(rule: rule, named: $0) ?? "")) }
      table.add(cells)
    }
    return table
  }

  private static func line(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func json(_ model: DecisionModel) -> JSONValue {
    let inputs = model.inputs
    return [
      "name": .string(model.name), "namespace": .string(model.namespace),
      "inputs": .array(
        inputs.map { ["name": .string($0.name), "type": .string($0.type.description)] }),
      "decisions": .array(
        model.decisions.filter(model.isMain).map { decision in
          var object = JSONObject()
          object["name"] = .string(model.name(of: decision))
          object["type"] = .string(model.type(of: decision).description)
          object["requiredInputs"] = .array(
            model.requiredInputs(of: decision).map { .string(inputs[$0].name) })
          object["requiredDecisions"] = .array(
            model.requirements(of: decision).map { .string(model.name(of: $0)) })
          if let table = model.table(of: decision) {
            object["hitPolicy"] = .string(table.hitPolicyText)
            object["rules"] = .number(Decimal(table.ruleCount))
          }
          return .object(object)
        }),
    ]
  }
}
