import Decisioning
import FactStore
import Formats
import HTTPClient
import HTTPServer
import Ingestion
import SQLite

/// The answers that tell about the service itself.
enum ServiceReport {
  /// `GET /healthz`: the process answers.
  static func health(_ requestID: String) -> HTTPResponse {
    HTTPResponse(
      status: 200,
      fields: [
        "Content-Type": "application/json", "Cache-Control": "no-store", "X-Request-Id": requestID,
      ], body: healthy)
  }

  private static let healthy = Array(#"{"healthy":true}"#.utf8)

  /// `GET /openapi.json`.
  static func openAPI(_ requestID: String) -> HTTPResponse {
    HTTPResponse(
      status: 200, fields: ["Content-Type": "application/json", "X-Request-Id": requestID],
      body: Array(OpenAPIDocument.text.utf8))
  }

  /// `GET /v1/sources`.
  static func sources(_ core: ServiceCore, _ requestID: String) -> HTTPResponse {
    var json = JSONWriter()
    json.beginObject()
    json.key("sources")
    json.beginArray()
    for figures in core.pulls?.figures ?? [] {
      json.beginObject()
      json.member("source", figures.source)
      json.member("breaker", figures.calls.breaker.rawValue)
      json.member("running", figures.calls.running)
      json.member("waiting", figures.calls.waiting)
      json.key("pulls")
      json.beginObject()
      for state in SourcePull.State.allCases {
        json.key(named: state.rawValue)
        json.number(figures.pulls[state] ?? 0)
      }
      json.endObject()
      json.endObject()
    }
    json.endArray()
    json.endObject()
    return HTTPResponse(
      status: 200, fields: ["Content-Type": "application/json", "X-Request-Id": requestID],
      body: json.bytes)
  }

  /// `GET /metrics`, in the text format of Prometheus (version 0.0.4).
  static func metrics(_ core: ServiceCore, _ requestID: String) -> HTTPResponse {
    HTTPResponse(
      status: 200,
      fields: ["Content-Type": "text/plain; version=0.0.4; charset=utf-8", "X-Request-Id": requestID],
      body: Array(MetricsText(core).text.utf8))
  }
}
