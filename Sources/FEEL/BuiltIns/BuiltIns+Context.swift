internal import Values

extension BuiltIns {
  /// Functions of contexts (DMN 1.5, 10.3.4.11).
  static let context: [BuiltIn] = [
    BuiltIn(
      "get value",
      .two("m", "key") { (context: Context, key: String, evaluation) in
        if let value = context[key] { return value }
        return evaluation.null(.unknownEntry, [key, "the context"])
      }),
    BuiltIn(
      "get entries",
      .one("m", result: .list(.context([.init("key", .string), .init("value", .any)]))) {
        (context: Context, _) in
        let shape = ContextShape(["key", "value"])
        return .list(
          context.entries.map { .context(Context(shape: shape, values: [.string($0.name), $0.value])) })
      }),
    BuiltIn(
      "context",
      .one("entries", result: .context([])) { (entries: [Context], evaluation) throws(Refusal) in
        var result: [(name: String, value: Value)] = []
        var seen: Set<[UInt8]> = []
        guard evaluation.step(entries.count) else { throw .reported }
        for entry in entries {
          guard case .string(let key)? = entry["key"], let value = entry["value"] else {
            throw .invalid("every item needs a key, which is a string, and a value")
          }
          guard seen.insert(Array(key.utf8)).inserted else { throw .invalid("the key '\(key)' comes twice") }
          result.append((key, value))
        }
        return .context(Context(result))
      }),
    BuiltIn(
      "context put",
      .three("context", "key", "value", result: .context([])) {
        (context: Context, key: String, value: Value, _) in .context(context.setting(key, to: value))
      },
      .three("context", "keys", "value", result: .context([])) {
        (context: Context, keys: [String], value: Value, _) throws(Refusal) in
        .context(try put(value, into: context, at: keys))
      }),
    BuiltIn(
      "context merge",
      .one("contexts", result: .context([])) { (contexts: [Context], evaluation) throws(Refusal) in
        var entries: [(name: String, value: Value)] = []
        for context in contexts {
          guard evaluation.step(context.count) else { throw .reported }
          entries += context.entries
        }
        return .context(Context(entries))
      }),
  ]

  private static func put(
    _ value: Value, into context: Context, at keys: [String]
  ) throws(Refusal) -> Context {
    guard let last = keys.last else { throw .invalid("the list of keys is empty") }
    // Down to the innermost context first, then outwards again: no recursion for long lists of keys.
    var path = [context]
    for key in keys.dropLast() {
      guard case .context(let inner)? = path.last?[key] else {
        throw .invalid("there is no context under the key '\(key)'")
      }
      path.append(inner)
    }
    var result = (path.popLast() ?? context).setting(last, to: value)
    for (outer, key) in zip(path, keys).reversed() { result = outer.setting(key, to: .context(result)) }
    return result
  }
}
