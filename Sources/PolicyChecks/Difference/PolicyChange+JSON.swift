public import Formats

extension PolicyChange {
  /// The change for programs.
  public var json: JSONValue {
    var object = JSONObject()
    object["kind"] = .string(kind.rawValue)
    object["file"] = .string(file)
    object["element"] = .string(element)
    object["sentence"] = .string(sentence)
    if let texts {
      object["before"] = texts.before.map(JSONValue.string) ?? .null
      object["after"] = texts.after.map(JSONValue.string) ?? .null
    }
    object["example"] = example?.json
    return .object(object)
  }
}

extension ComparedCustomer {
  /// The customer for programs: inputs, and what each side makes of them.
  public var json: JSONValue {
    [
      "inputs": ExampleCustomer.Entry.object(inputs), "before": ExampleCustomer.Entry.object(before),
      "after": ExampleCustomer.Entry.object(after),
    ]
  }
}
