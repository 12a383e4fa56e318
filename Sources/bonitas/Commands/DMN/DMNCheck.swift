import DMN
import Formats
import Values

extension Command {
  /// `bonitas dmn check`: what is wrong with a model.
  static let dmnCheck = Command(
    "dmn check",
    summary: "Check a DMN model and say what is wrong with it.",
    discussion: "Exit code 1 when there is an error; warnings alone are no failure.",
    positionals: [DMNArguments.model],
    needs: .nobody,
    examples: [Example("bonitas dmn check rules/credit-rating.dmn", "Finds mistakes before anyone is rated.")]
  ) { arguments, edge throws(Failure) in
    let model = try DMNArguments.load(arguments)
    let errors = model.findings.count { $0.severity == .error }
    if arguments.wantsJSON {
      edge.output.json(["model": .string(model.name), "findings": .array(model.findings.map(json))])
    } else {
      for finding in model.findings {
        let word =
          finding.severity == .error
          ? edge.output.style(.bad, "error") : edge.output.style(.warning, "warning")
        edge.output.line("\(word): \(finding.sentence)")
      }
      edge.output.line(
        "\(model.name): \(counted(model.decisions.count { model.isMain($0) }, "decision")), "
          + "\(counted(errors, "error")), \(counted(model.findings.count - errors, "warning"))")
    }
    return errors == 0 ? .done : .refused
  }

  private static func json(_ finding: ModelFinding) -> JSONValue {
    var object = JSONObject()
    object["severity"] = .string(finding.severity.rawValue)
    object["code"] = .string(finding.code)
    object["model"] = .string(finding.place.model)
    object["source"] = .string(finding.place.source)
    object["elementId"] = finding.place.elementID.map { .string($0) }
    object["elementName"] = finding.place.elementName.map { .string($0) }
    object["part"] = finding.place.part.map { .string($0) }
    object["line"] = finding.place.position.map { .number(Decimal($0.line)) }
    object["column"] = finding.place.position.map { .number(Decimal($0.column)) }
    object["sentence"] = .string(finding.sentence)
    return .object(object)
  }
}
