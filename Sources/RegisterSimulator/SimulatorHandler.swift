import Dispatch
import Formats
import HTTPServer

/// Answers as the scripts say; requests that break the contract are told so.
final class SimulatorHandler: HTTPHandler {
  private let stage: SimulatorStage
  private static let timers = DispatchQueue(label: "RegisterSimulator.timers")

  init(_ stage: SimulatorStage) { self.stage = stage }

  func handle(_ request: HTTPRequest, _ exchange: HTTPExchange) {
    let register = String(request.path.dropFirst())
    if let response = register.isEmpty ? overview(request) : refusal(request, register) {
      exchange.respond(response)
      return
    }
    do throws(Complaint) {
      let subject = try Self.subject(request.body)
      play(stage.next(subject, of: register), subject, exchange)
    } catch {
      exchange.respond(Self.problem(400, error.code, error.message))
    }
  }

  private func overview(_ request: HTTPRequest) -> HTTPResponse {
    request.method == .get || request.method == .head
      ? Self.json(200, stage.overview)
      : Self.problem(405, "method-not-allowed", "Ask by GET.", ["Allow": "GET, HEAD"])
  }

  private func refusal(_ request: HTTPRequest, _ register: String) -> HTTPResponse? {
    guard stage.hasRegister(register) else {
      return Self.problem(404, "unknown-register", "GET / tells which registers there are.")
    }
    guard request.method == .post else {
      return Self.problem(405, "method-not-allowed", "Ask by POST.", ["Allow": "POST"])
    }
    let type = (request.fields["Content-Type"] ?? "").lowercased()
    guard type == "application/json" || type.hasPrefix("application/json;") else {
      return Self.problem(415, "wrong-content-type", "Send application/json.")
    }
    return nil
  }

  private func play(
    _ answer: RegisterScript.Answer, _ subject: RegisterScript.Subject, _ exchange: HTTPExchange
  ) {
    guard let response = Self.response(answer.content, subject) else { return stage.silence(exchange) }
    guard answer.afterMilliseconds > 0 else {
      exchange.respond(response)
      return
    }
    Self.timers.asyncAfter(deadline: .now() + .milliseconds(answer.afterMilliseconds)) {
      exchange.respond(response)
    }
  }

  /// The answer to a content; nil for silence.
  private static func response(
    _ content: RegisterScript.Content, _ subject: RegisterScript.Subject
  ) -> HTTPResponse? {
    let named: JSONValue = ["scheme": .string(subject.scheme), "code": .string(subject.code)]
    switch content {
    case .entries(let entries):
      return json(200, ["subject": named, "state": "answered", "entries": .array(entries)])
    case .state(let state): return json(200, ["subject": named, "state": .string(state)])
    case .status(let status, let seconds):
      let fields: HTTPFields = seconds.map { ["Retry-After": "\($0)"] } ?? [:]
      return problem(status, "as-scripted", "The script of this subject says so.", fields)
    case .raw(let text, let status, let type):
      return HTTPResponse(status: status, contentType: type, text: text)
    case .filler(let count):
      return HTTPResponse(
        status: 200, fields: ["Content-Type": "application/json"],
        body: [UInt8](repeating: UInt8(ascii: " "), count: count))
    case .silence: return nil
    }
  }

  // MARK: The request

  private struct Complaint: Error {
    let code: String
    let message: String
  }

  private static func subject(_ body: [UInt8]) throws(Complaint) -> RegisterScript.Subject {
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONReader.parse(body, limits: JSONLimits(depth: 4, bytes: 64 << 10))
    } catch {
      throw Complaint(code: error.code, message: error.sentence)
    }
    let names = ["scheme", "code", "purpose"]
    guard case .object(let object) = json, Set(object.keys) == Set(names) else {
      throw Complaint(
        code: "wrong-members", message: "An object with the members scheme, code and purpose has to be sent.")
    }
    guard let scheme = object["scheme"]?.stringValue, let code = object["code"]?.stringValue,
      let purpose = object["purpose"]?.stringValue, !scheme.isEmpty, !code.isEmpty, !purpose.isEmpty
    else {
      throw Complaint(code: "wrong-type", message: "Each member has to be text that is not empty.")
    }
    return RegisterScript.Subject(scheme: scheme, code: code.replacing("-", with: ""))
  }

  // MARK: Answers

  private static func json(_ status: Int, _ value: JSONValue, _ fields: HTTPFields = [:]) -> HTTPResponse {
    var fields = fields
    fields.append("Content-Type", "application/json")
    return HTTPResponse(status: status, fields: fields, body: value.canonicalBytes)
  }

  private static func problem(
    _ status: Int, _ code: String, _ message: String, _ fields: HTTPFields = [:]
  ) -> HTTPResponse {
    json(status, ["code": .string(code), "message": .string(message)], fields)
  }
}
