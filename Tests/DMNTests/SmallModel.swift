import DMN
import FEEL
import Values

/// Models for tests, written around the part that a test is about.
enum SmallModel {
  static let namespace = "https://www.omg.org/spec/DMN/20230324/MODEL/"

  /// A model with the given elements.
  static func make(_ elements: String, namespace: String = namespace) throws(ModelError) -> DecisionModel {
    try DecisionModel(file(elements, namespace: namespace))
  }

  static func file(
    _ elements: String, name: String = "test.dmn", own: String = "urn:test", namespace: String = namespace
  ) -> ModelFile {
    let text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <definitions xmlns="\(namespace)" xmlns:feel="urn:feel" id="m" name="Test" namespace="\(own)">
      \(elements)
      </definitions>
      """
    return ModelFile(name: name, bytes: Array(text.utf8))
  }

  static func input(_ name: String, _ type: String) -> String {
    "<inputData id=\"i_\(name)\" name=\"\(name)\"><variable name=\"\(name)\" typeRef=\"\(type)\"/></inputData>"
  }

  /// A decision with its logic as XML.
  static func decision(
    _ name: String, needs: [String] = [], decisions: [String] = [], functions: [String] = [],
    type: String? = nil, _ logic: String
  ) -> String {
    let requirements =
      needs.map { "<informationRequirement><requiredInput href=\"#i_\($0)\"/></informationRequirement>" }
      + decisions.map {
        "<informationRequirement><requiredDecision href=\"#d_\($0)\"/></informationRequirement>"
      }
      + functions.map {
        "<knowledgeRequirement><requiredKnowledge href=\"#f_\($0)\"/></knowledgeRequirement>"
      }
    let reference = type.map { " typeRef=\"\($0)\"" } ?? ""
    return """
      <decision id="d_\(name)" name="\(name)"><variable name="\(name)"\(reference)/>
      \(requirements.joined())\(logic)</decision>
      """
  }

  static func literal(_ text: String) -> String {
    "<literalExpression><text>\(escaped(text))</text></literalExpression>"
  }

  /// A table of rules `[inputs] -> [outputs]`.
  static func table(
    _ attributes: String, inputs: [(String, String)], outputs: String = "<output/>",
    _ rules: [([String], [String])]
  ) -> String {
    var text = "<decisionTable \(attributes)>"
    for (expression, type) in inputs {
      text +=
        "<input><inputExpression typeRef=\"\(type)\"><text>\(expression)</text></inputExpression></input>"
    }
    text += outputs
    for (tests, results) in rules {
      text += "<rule>" + tests.map { "<inputEntry><text>\(escaped($0))</text></inputEntry>" }.joined()
      text += results.map { "<outputEntry><text>\(escaped($0))</text></outputEntry>" }.joined() + "</rule>"
    }
    return text + "</decisionTable>"
  }

  static func escaped(_ text: String) -> String {
    String(text.flatMap { ["<": "&lt;", "&": "&amp;", ">": "&gt;"][$0].map(Array.init) ?? [$0] })
  }
}

extension DecisionModel {
  /// The value of a decision for named inputs; the request has to make sense.
  func value(_ decision: String, _ inputs: NamedValues = [:]) throws -> Value {
    try evaluate(decision: decision, inputs: inputs).value
  }
}
