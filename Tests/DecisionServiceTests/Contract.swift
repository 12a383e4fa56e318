import Formats
import Synchronization
import Testing

@testable import DecisionService

/// The description of the API, held against what the service really answers.
enum Contract {
  /// A response as it is described or met; the status is "default" for refusals of the server itself.
  struct Response: Hashable, Comparable {
    var operation: String
    var status: String
    var code = ""

    static func < (one: Response, other: Response) -> Bool {
      (one.operation, one.status, one.code) < (other.operation, other.status, other.code)
    }
  }

  static let document = (try? JSONReader.parse(OpenAPIDocument.text)) ?? .null
  static let schema = Schema(document: document)

  /// The path of an operation by the target of a request; nil where there is none.
  static func path(of target: String) -> String? {
    let words = words(target)
    return document["paths"]?.objectValue?.keys.first { path in
      let parts = Self.words(path)
      return parts.count == words.count
        && zip(parts, words).allSatisfy { $0.hasPrefix("{") ? !$1.isEmpty : $0 == $1 }
    }
  }

  private static func words(_ target: String) -> [Substring] {
    (target.split(separator: "?", omittingEmptySubsequences: false).first ?? "")
      .split(separator: "/", omittingEmptySubsequences: false)
  }

  static func operation(_ method: String, _ target: String) -> JSONValue? {
    path(of: target).flatMap { document["paths"]?[$0]?[method == "HEAD" ? "get" : method.lowercased()] }
  }

  /// What is described for an answer; the name tells which it was.
  private static func described(
    _ answer: Answer, _ method: String, _ target: String
  ) -> (name: Response, response: JSONValue)? {
    let status = String(answer.status)
    let elsewhere = { (name: String) in
      resolved("#/components/responses/" + name).map { (Response(operation: name, status: status), $0) }
    }
    guard let operation = operation(method, target) else {
      switch answer.status {
      case 404: return elsewhere("NoSuchAddress")
      case 405: return elsewhere("NoSuchMethod")
      case 400: return elsewhere("UnreadableAddress")
      default: return elsewhere("Refusal")
      }
    }
    let id = operation["operationId"]?.stringValue ?? "?"
    if let response = operation["responses"]?[status] {
      return (Response(operation: id, status: status), response)
    }
    guard answer.code?.hasPrefix("http-") == true else { return nil }
    return elsewhere("Refusal")
  }

  private static func resolved(_ reference: String) -> JSONValue? { schema.resolve(reference) }

  /// Records where an answer is not as it is described.
  @discardableResult
  static func check(
    _ answer: Answer, to method: String, _ target: String, _ location: SourceLocation = #_sourceLocation
  ) -> Response? {
    guard let (described, response) = described(answer, method, target) else {
      Issue.record(
        "\(method) \(target) is not described to answer \(answer.status)", sourceLocation: location)
      return nil
    }
    var name = described
    name.code = answer.code ?? ""
    for fault in faults(answer, response, isHead: method == "HEAD") {
      Issue.record(
        "\(method) \(target) → \(answer.status) \(fault): \(answer.text)", sourceLocation: location)
    }
    return name
  }

  private static func faults(_ answer: Answer, _ response: JSONValue, isHead: Bool) -> [String] {
    var faults: [String] = []
    let headers = response["headers"]?.objectValue?.members ?? []
    for (name, header) in headers {
      let header = header["$ref"]?.stringValue.flatMap(resolved) ?? header
      if let value = answer[name] {
        faults += schema.faults(.string(value), header["schema"] ?? [:], at: name)
      } else if header["required"] == true,
        !(name == "X-Request-Id" && answer.code?.hasPrefix("http-") == true),
        !(name == "Retry-After" && answer.json["retryAfterSeconds"] == nil)
      {
        faults.append("has no \(name)")
      }
    }
    let known =
      headers.map { $0.key.lowercased() } + ["content-type", "content-length", "date", "connection"]
    for field in answer.fields where !known.contains(field.name) {
      faults.append("undescribed \(field.name)")
    }
    let type = answer["Content-Type"] ?? ""
    guard let media = response["content"]?[type] else { return faults + ["undescribed content type \(type)"] }
    if isHead { return faults }
    let value: JSONValue = type.hasSuffix("json") ? answer.json : .string(answer.text)
    return faults + schema.faults(value, media["schema"] ?? [:])
  }

  /// What is wrong with the content of a request by its description.
  static func faults(of body: JSONValue, to method: String, _ target: String) -> [String] {
    let content = operation(method, target)?["requestBody"]?["content"]?["application/json"]
    guard let described = content?["schema"] else { return ["takes no content"] }
    return schema.faults(body, described)
  }

  /// Every response that is described, with every code of its problems.
  static var responses: Set<Response> {
    var all: Set<Response> = []
    for (_, path) in document["paths"]?.objectValue?.members ?? [] {
      for operation in path.objectValue?.members.map(\.value) ?? [] {
        guard let id = operation["operationId"]?.stringValue else { continue }
        for (status, response) in operation["responses"]?.objectValue?.members ?? [] where status != "default"
        {
          let media = response["content"]?.objectValue?.members ?? []
          for (type, content) in media {
            guard type == "application/problem+json" else {
              all.insert(Response(operation: id, status: status))
              continue
            }
            let code = content["schema"]?["properties"]?["code"]
            let one = code?["anyOf"]?[0] ?? code
            let codes = one?["enum"]?.arrayValue ?? [one?["const"] ?? .null]
            for code in codes {
              all.insert(Response(operation: id, status: status, code: code.stringValue ?? "?"))
            }
          }
        }
      }
    }
    return all
  }
}
