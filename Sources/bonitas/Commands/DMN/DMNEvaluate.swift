import DMN
import FEEL
import Formats
import Values

extension Command {
  private static let decision = Option(
    "decision", .text("NAME"), "The decision or decision service to evaluate.")
  private static let testStream = Flag(
    "test-stream", "Answer requests written as JSON lines on standard input.")
  private static let trace = Flag("trace", "Show how the value came about, as a tree.")
  private static let assignments = Positional(
    "NAME=VALUE", .assignment, "An input, or a decision whose value is supplied.", isRequired: false,
    repeats: true)

  /// `bonitas dmn evaluate`: the DMN engine by hand.
  static let dmnEvaluate = Command(
    "dmn evaluate",
    summary: "Evaluate a decision of a DMN model.",
    discussion: """
      Values are typed by the input's type: text as it is, dates as 2026-06-30, and anything as a FEEL expression \
      (12.5, true, [1, 2], {age: 30}). Inputs that are not given are null. A value given for a decision stands in \
      place of evaluating it. Every null that has a cause is told on standard error.

      With --test-stream, requests are read from standard input, one JSON object a line, and answered line by line.
      """,
    positionals: [DMNArguments.model, assignments], options: [decision, testStream, trace],
    needs: .nobody,
    examples: [
      Example(
        "bonitas dmn evaluate rules/credit-rating.dmn --decision Rating Score=700",
        "The rating of a score that is supplied."),
      Example(
        #"echo '{"id":"1","kind":"decision","name":"Rating","inputs":{}}' > requests.jsonl"#,
        "One request of a test bench a line."),
      Example(
        "bonitas dmn evaluate rules/credit-rating.dmn --test-stream < requests.jsonl",
        "Answers them, one a line."),
    ]
  ) { arguments, edge throws(Failure) in
    let model = try DMNArguments.load(arguments)
    if arguments[testStream] {
      if arguments[decision] != nil || arguments[trace] || !arguments.all(assignments).isEmpty {
        throw Failure(usage: .conflict("--test-stream takes its decisions and values from the requests."))
      }
      let stream = TestStream(model, now: DMNArguments.now(edge))
      while let line = readLine(strippingNewline: true) {
        guard let answer = stream.answer(line) else { continue }
        edge.output.line(answer)
        // The other side may wait for this answer before it asks again.
        edge.output.flush()
      }
      return .done
    }
    guard let name = arguments[decision] else { throw Failure(usage: .missingOption("decision", "NAME")) }
    let values = try namedValues(arguments.all(assignments), of: model)
    let result: EvaluationResult
    do throws(RequestError) {
      result = try model.evaluate(decision: name, inputs: values, now: DMNArguments.now(edge))
    } catch {
      throw Failure(error)
    }
    if arguments.wantsJSON {
      edge.output.json(json(result, name))
    } else if arguments[trace] {
      edge.output.write(TraceNode.text(result.trace.tree))
    } else {
      edge.output.line(result.value.description)
      for warning in result.trace.warnings { edge.errors.line("warning: " + warning.sentence) }
    }
    return .done
  }

  private static func namedValues(
    _ assignments: [Assignment], of model: DecisionModel
  ) throws(Failure) -> NamedValues {
    var values = NamedValues()
    for assignment in assignments {
      guard let value = DMNArguments.value(assignment.text, of: type(of: assignment.name, in: model)) else {
        let wanted = type(of: assignment.name, in: model).description
        throw Failure(
          "value", "'\(assignment.text)' is not a value of type \(wanted), which '\(assignment.name)' takes",
          status: .usage)
      }
      values.add(assignment.name, value)
    }
    return values
  }

  /// The type of an input or decision; any type for a parameter of a service or an unknown name.
  private static func type(of name: String, in model: DecisionModel) -> FEELType {
    if let slot = model.inputSlot(named: name) { return model.inputs[slot].type }
    return model.decision(named: name).map(model.type(of:)) ?? .any
  }

  private static func json(_ result: EvaluationResult, _ name: String) -> JSONValue {
    [
      "decision": .string(name), "value": TaggedValue.json(result.value),
      "trace": .array(result.trace.tree.map(json)),
      "warnings": .array(result.trace.warnings.map { .string($0.sentence) }),
    ]
  }

  private static func json(_ node: TraceNode) -> JSONValue {
    var object = JSONObject()
    switch node.kind {
    case .decision, .function:
      object[node.kind == .decision ? "decision" : "function"] = .string(node.name)
      if let value = node.value { object["value"] = TaggedValue.json(value) }
      object["inside"] = .array(node.children.map(json))
    case .table:
      object["table"] = .string(node.name)
      object["matchedRules"] = .array(
        node.matched?.matched.map { .number(Decimal($0 + 1)) } ?? [])
    case .warning: object["warning"] = .string(node.name)
    }
    return .object(object)
  }
}
