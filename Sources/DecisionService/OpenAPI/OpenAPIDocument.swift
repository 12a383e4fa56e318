import Facts
import HTTPServer

/// The description of the API in OpenAPI 3.1: served as /openapi.json, executed by the tests against the running service.
///
/// Words that the rooms define (outcomes, kinds of fact, problem codes) are taken from them, so that they cannot differ.
enum OpenAPIDocument {
  /// The whole document.
  static let text = #"""
    {
    "openapi": "3.1.0",
    "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
    "info": {
      "title": "bonitas order intake",
      "version": "1",
      "summary": "Credit decisions for orders, stored before they are answered.",
      "description": \#(quoted(introduction)),
      "license": {"name": "Apache License 2.0", "identifier": "Apache-2.0"}
    },
    "servers": [
      {"url": "http://127.0.0.1:8642", "description": "The service itself, on its own machine."},
      {"url": "https://{host}", "description": "The proxy in front of it, which speaks TLS.",
       "variables": {"host": {"default": "credit.example"}}}
    ],
    "tags": [
      {"name": "decisions", "description": "Ask for decisions, read them, have them explained, contest them."},
      {"name": "facts", "description": "Tell what has happened since: payments, disputes, notices."},
      {"name": "operation", "description": "How the service itself does."}
    ],
    "security": [{"token": []}],
    "paths": {\#(paths)},
    "components": {
      "securitySchemes": {"token": {
        "type": "http", "scheme": "bearer",
        "description": "A token of a program: `bonitas tokens create --scope`. Each address names the scope it takes."}},
      "parameters": {\#(parameters)},
      "headers": {\#(headers)},
      "responses": {\#(responses)},
      "schemas": {\#(schemas)}
    }
    }

    """#

  private static let introduction = """
    Every answer comes after what it tells is stored. A request may be repeated: with the same `Idempotency-Key` and the same \
    bytes it gets the answer of the first, byte for byte, for as long as the service was told to remember (24 hours unless \
    said otherwise), also after a restart. `refer` means that the order is held until an employee has looked; `held` names the \
    case and the day of the answer, and reading the decision later tells by `supersededBy` which one stands instead. \
    Problems come as RFC 9457 problem details with a stable `code`; docs/problems.md explains each. Where an address takes \
    GET it takes HEAD. A request that is not HTTP as it is taken here is refused before any address is looked at, with the \
    response `Refusal` and a code that begins with `http-`; what is at no address, or not for its method, with `NoSuchAddress`, `NoSuchMethod` or `UnreadableAddress`.
    """

  // MARK: Problems

  /// The responses of an operation that tell these problems, by status.
  static func problems(_ kinds: [ProblemKind]) -> String {
    let byStatus = Dictionary(grouping: kinds, by: \.status)
    var responses = byStatus.keys.sorted().map { status in
      "\"\(status)\": {" + problem(status, byStatus[status] ?? []) + "}"
    }
    responses.append(##""default": {"$ref": "#/components/responses/Refusal"}"##)
    return responses.joined(separator: ",\n")
  }

  /// One response that tells some problems of one status.
  static func problem(_ status: Int, _ kinds: [ProblemKind]) -> String {
    let told = kinds.map { "`\($0.rawValue)`: \($0.title)" }.joined(separator: " ")
    var fields = [("X-Request-Id", "XRequestId")]
    if kinds.contains(where: { $0.retryAfterSeconds != nil }) { fields.append(("Retry-After", "RetryAfter")) }
    if status == 401 { fields.append(("WWW-Authenticate", "WWWAuthenticate")) }
    if status == 405 { fields.append(("Allow", "Allow")) }
    let headers = fields.map { ##""\##($0.0)": {"$ref": "#/components/headers/\##($0.1)"}"## }
    let codes = words(kinds.map(\.rawValue))
    // The server's own refusals share some of the statuses.
    let isShared = HTTPRefusal.allCases.contains { $0.status == status }
    let code =
      isShared ? #"{"anyOf": [{"enum": \#(codes)}, {"pattern": "^http-"}]}"# : #"{"enum": \#(codes)}"#
    return ##"""
      "description": \##(quoted(told)),
      "headers": {\##(headers.joined(separator: ", "))},
      "content": {"application/problem+json": {"schema": {
        "$ref": "#/components/schemas/Problem",
        "properties": {"status": {"const": \##(status)}, "code": \##(code)}}}}
      """##
  }

  /// What any request with a token may meet.
  static let forAnyToken: [ProblemKind] = [
    .missingToken, .invalidToken, .outOfScope, .rateLimited, .storeFailed, .storeBusy,
  ]
  /// What any request may meet whose answer is recorded first.
  static let forAnyRecord: [ProblemKind] =
    forAnyToken + [.overloaded, .storeFull, .clockBehind, .internalFault]

  // MARK: Words

  /// Words as a JSON array.
  static func words(_ words: [String]) -> String { "[" + words.map(quoted).joined(separator: ", ") + "]" }

  /// The words that an enumeration stands for.
  static func words<Words: CaseIterable & RawRepresentable<String>>(_: Words.Type) -> String {
    words(Words.allCases.map(\.rawValue))
  }

  /// Text of ours as a JSON string.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for character in text {
      if character == "\"" || character == "\\" { quoted.append("\\") }
      quoted.append(character)
    }
    return quoted + "\""
  }
}
