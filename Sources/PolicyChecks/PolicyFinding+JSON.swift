import FEEL
public import Formats
import Values

extension PolicyFinding {
  /// The finding for programs; values of the example as FEEL writes them.
  public var json: JSONValue {
    var object = JSONObject()
    object["severity"] = .string(severity.rawValue)
    object["code"] = .string(code)
    object["file"] = .string(file)
    object["decision"] = decision.map { .string($0) }
    object["rules"] = .array(rules.map { .string($0) })
    object["sentence"] = .string(sentence)
    object["example"] = example?.json
    return .object(object)
  }
}

extension ExampleCustomer {
  /// The customer for programs: inputs and results by name, values as FEEL writes them.
  public var json: JSONValue {
    ["inputs": Entry.object(inputs), "results": Entry.object(results)]
  }

  /// The customer in words: what is remarkable, and what comes of it.
  public var words: String {
    let told = remarkable.isEmpty ? "an ordinary customer" : remarkable.map(\.words).joined(separator: "; ")
    return told + (results.isEmpty ? "" : " → " + results.map(\.words).joined(separator: ", "))
  }

  /// Every input in words.
  public var inputWords: String { inputs.map(\.words).joined(separator: "; ") }
}

extension ExampleCustomer.Entry {
  /// "Score 830", "Rating not known".
  public var words: String { "\(name) \(value.words)" }

  /// Entries for programs, by name.
  static func object(_ entries: [Self]) -> JSONValue {
    var object = JSONObject()
    for entry in entries { object[entry.name] = entry.value.json }
    return .object(object)
  }
}
