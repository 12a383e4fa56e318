/// The methods that this server knows (RFC 9110 section 9.3, RFC 5789); any other is answered with 501.
///
/// CONNECT and TRACE are left out on purpose: this is an origin server, and neither tunnels nor echoes.
public enum HTTPMethod: String, Hashable, Sendable, CaseIterable {
  case get = "GET"
  case head = "HEAD"
  case post = "POST"
  case put = "PUT"
  case patch = "PATCH"
  case delete = "DELETE"
  case options = "OPTIONS"

  /// The method of these bytes; methods are case-sensitive (RFC 9110 section 9.1).
  init?(_ bytes: Span<UInt8>) {
    for method in HTTPMethod.known where bytes.equals(method.name) {
      self = method.method
      return
    }
    return nil
  }

  private static let known: [(name: StaticString, method: HTTPMethod)] = [
    ("GET", .get), ("POST", .post), ("HEAD", .head), ("PUT", .put), ("PATCH", .patch), ("DELETE", .delete),
    ("OPTIONS", .options),
  ]
}
