import Formats
import HTTPServer
import Values

/// Why a request is not answered with what it asked for, as RFC 9457 tells it.
public struct Problem: Error, Hashable, Sendable {
  /// What kind of problem it is.
  public let kind: ProblemKind
  /// What is wrong in this case, and how to mend it; no personal data.
  public let detail: String
  /// The member of the content at fault, as a JSON pointer; nil where none is.
  public let pointer: String?
  /// After how many seconds a retry may help; nil where it does not.
  public let retryAfterSeconds: Int?
  /// The methods that the address takes, for 405.
  public let allow: [String]

  /// Describes a problem.
  public init(
    _ kind: ProblemKind, _ detail: String, pointer: String? = nil, retryAfterSeconds: Int? = nil,
    allow: [String] = []
  ) {
    self.kind = kind
    self.detail = detail
    self.pointer = pointer
    self.retryAfterSeconds = retryAfterSeconds ?? kind.retryAfterSeconds
    self.allow = allow
  }

  /// What a problem's type begins with; the code follows.
  ///
  /// RFC 9457 section 3.1.1 allows any URI.
  static let typePrefix = "urn:bonitas:problem:"

  /// The answer.
  func response(_ requestID: String) -> HTTPResponse {
    var fields: HTTPFields = ["Content-Type": "application/problem+json", "X-Request-Id": requestID]
    if let retryAfterSeconds { fields.append("Retry-After", String(retryAfterSeconds)) }
    if !allow.isEmpty { fields.append("Allow", allow.joined(separator: ", ")) }
    if kind.status == 401 { fields.append("WWW-Authenticate", #"Bearer realm="bonitas""#) }
    return HTTPResponse(
      status: kind.status, fields: fields,
      body: Self.body(
        code: kind.rawValue, title: kind.title, status: kind.status, detail: detail, pointer: pointer,
        requestID: requestID, retryAfterSeconds: retryAfterSeconds))
  }

  /// The answer to a request that the server itself refuses, in the same form.
  static func response(_ refusal: HTTPRefusal) -> HTTPResponse {
    var fields: HTTPFields = ["Content-Type": "application/problem+json"]
    let retryAfterSeconds = refusal.status == 503 ? 1 : nil
    if let retryAfterSeconds { fields.append("Retry-After", String(retryAfterSeconds)) }
    return HTTPResponse(
      status: refusal.status, fields: fields,
      body: body(
        code: refusal.code, title: "The request is not HTTP as it is taken here.", status: refusal.status,
        detail: refusal.sentence, pointer: nil, requestID: nil, retryAfterSeconds: retryAfterSeconds))
  }

  private static func body(
    code: String, title: String, status: Int, detail: String, pointer: String?, requestID: String?,
    retryAfterSeconds: Int?
  ) -> [UInt8] {
    var json = JSONWriter(capacity: 512)
    json.beginObject()
    json.member("type", typePrefix + code)
    json.member("title", title)
    json.member("status", status)
    json.member("detail", detail)
    json.member("code", code)
    if let pointer { json.member("pointer", pointer) }
    if let retryAfterSeconds { json.member("retryAfterSeconds", retryAfterSeconds) }
    if let requestID { json.member("requestId", requestID) }
    json.endObject()
    return json.bytes
  }
}
