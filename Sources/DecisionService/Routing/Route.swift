import Decisioning
import HTTPServer

/// What a request asks for, as its method and path tell it.
enum Route: Hashable, Sendable {
  case decide
  case decision(DecisionID)
  case explanation(DecisionID)
  case contest(DecisionID)
  case rating(customer: String)
  case facts
  case sources
  case health
  case readiness
  case metrics
  case openAPI

  /// The name under which metrics count it; nothing of a path is in it.
  var name: String {
    switch self {
    case .decide: "decide"
    case .decision: "decision"
    case .explanation: "explanation"
    case .contest: "contest"
    case .rating: "rating"
    case .facts: "facts"
    case .sources: "sources"
    case .health: "healthz"
    case .readiness: "readyz"
    case .metrics: "metrics"
    case .openAPI: "openapi"
    }
  }

  /// All names, in the order in which metrics tell them.
  static let names = [
    "decide", "decision", "explanation", "contest", "rating", "facts", "sources", "healthz", "readyz",
    "metrics", "openapi",
  ]

  /// Finds the route of a request.
  ///
  /// - Throws: `.unknownRoute`, `.methodNotAllowed`, `.invalidParameter`.
  init(_ method: HTTPMethod, _ path: String) throws(Problem) {
    let found: Route
    let methods: [HTTPMethod]
    // Asked for with nearly every request.
    if path == "/v1/decisions" {
      (found, methods) = (.decide, [.post])
    } else {
      (found, methods) = try Self.find(path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false))
    }
    guard methods.contains(method) || method == .head && methods.contains(.get) else {
      let allowed = methods.map(\.rawValue) + (methods.contains(.get) ? ["HEAD"] : [])
      throw Problem(
        .methodNotAllowed, "This address takes \(allowed.joined(separator: ", ")).", allow: allowed)
    }
    self = found
  }

  private static func find(
    _ parts: [Substring.UTF8View.SubSequence]
  ) throws(Problem) -> (Route, [HTTPMethod]) {
    let words = parts.dropFirst().map { String(decoding: $0, as: UTF8.self) }
    switch words.count {
    case 1:
      switch words[0] {
      case "healthz": return (.health, [.get])
      case "readyz": return (.readiness, [.get])
      case "metrics": return (.metrics, [.get])
      case "openapi.json": return (.openAPI, [.get])
      default: break
      }
    case 2 where words[0] == "v1":
      switch words[1] {
      case "facts": return (.facts, [.post])
      case "sources": return (.sources, [.get])
      default: break
      }
    case 3 where words[0] == "v1" && words[1] == "decisions":
      return (.decision(try decision(words[2])), [.get])
    case 4 where words[0] == "v1" && words[1] == "decisions":
      switch words[3] {
      case "explanation": return (.explanation(try decision(words[2])), [.get])
      case "contest": return (.contest(try decision(words[2])), [.post])
      default: break
      }
    case 4 where words[0] == "v1" && words[1] == "customers" && words[3] == "rating":
      guard let number = QueryText.decoded(words[2]), !number.isEmpty, number.utf8.count <= 120 else {
        throw Problem(.invalidParameter, "The customer number in the address cannot be read.")
      }
      return (.rating(customer: number), [.get])
    default: break
    }
    throw Problem(.unknownRoute, "There is nothing here; /openapi.json lists what there is.")
  }

  private static func decision(_ text: String) throws(Problem) -> DecisionID {
    // One spelling each: caches and logs of proxies go by the address.
    guard let id = DecisionID(text), id.description == text else {
      throw Problem(.unknownDecision, "A decision is named like D-17.")
    }
    return id
  }
}
