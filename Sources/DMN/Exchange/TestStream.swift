internal import FEEL
internal import Formats
public import Values

/// Answers evaluation requests written as JSON lines, one answer a line, whatever the request.
public struct TestStream: Sendable {
  private let model: DecisionModel
  private let now: CivilDateTime?

  /// Makes an answerer.
  ///
  /// - Parameters:
  ///   - model: the model that is asked.
  ///   - now: the moment that `now()` and `today()` answer.
  public init(_ model: DecisionModel, now: CivilDateTime?) {
    self.model = model
    self.now = now
  }

  /// The answer to one line; nil for an empty line.
  public func answer(_ line: String) -> String? {
    guard !line.allSatisfy(\.isWhitespace) else { return nil }
    let request: JSONValue
    do throws(JSONError) {
      request = try JSONReader.parse(line)
    } catch {
      return answer(id: .null, error: error.sentence)
    }
    let id = request["id"] ?? .null
    do throws(Refusal) {
      return answer(id: id, result: try result(of: request))
    } catch {
      return answer(id: id, error: error.sentence)
    }
  }

  private struct Refusal: Error {
    var sentence: String
  }

  private func result(of request: JSONValue) throws(Refusal) -> Value {
    guard let name = request["name"]?.stringValue else { throw Refusal(sentence: "the request has no name") }
    let namespace = request["namespace"]?.stringValue
    let inputs = try values(request)
    switch request["kind"]?.stringValue ?? "decision" {
    case "decision":
      do throws(RequestError) {
        return try model.evaluate(decision: name, namespace: namespace, inputs: inputs, now: now).value
      } catch {
        throw Refusal(sentence: error.sentence)
      }
    case "decisionService":
      guard let service = model.function(named: name, namespace: namespace),
        let outputs = model.evaluateOutputs(of: service, arguments: inputs, now: now)
      else { throw Refusal(sentence: "there is no decision service '\(name)'") }
      return .context(Context(outputs))
    case "bkm":
      guard let function = model.function(named: name, namespace: namespace) else {
        throw Refusal(sentence: "there is no business knowledge model '\(name)'")
      }
      return model.evaluate(function, arguments: inputs, now: now).value
    case let kind: throw Refusal(sentence: "there is no kind '\(kind)'")
    }
  }

  private func values(_ request: JSONValue) throws(Refusal) -> NamedValues {
    var values = NamedValues()
    values.ignoresUnknown = true
    for member in request["inputs"]?.objectValue?.members ?? [] {
      let namespace = request["inputNamespaces"]?[member.key]?.stringValue
      do throws(TaggedValue.Malformed) {
        values.add(member.key, namespace: namespace, try TaggedValue.value(member.value))
      } catch {
        throw Refusal(sentence: "input '\(member.key)': \(error.reason)")
      }
    }
    return values
  }

  private func answer(id: JSONValue, result: Value) -> String {
    write(id, "result", TaggedValue.json(result))
  }

  private func answer(id: JSONValue, error: String) -> String { write(id, "error", .string(error)) }

  private func write(_ id: JSONValue, _ key: String, _ value: JSONValue) -> String {
    var object = JSONObject()
    object["id"] = id
    object[key] = value
    var writer = JSONWriter()
    writer.value(.object(object))
    return writer.text
  }
}
