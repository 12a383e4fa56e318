/// One whole request, its body included.
public struct HTTPRequest: Sendable, Equatable {
  /// What is to be done.
  public var method: HTTPMethod
  /// The path as in the target, checked and still percent-encoded; `*` for `OPTIONS *`.
  public var path: String
  /// What follows the question mark, still encoded; nil where there was none.
  public var query: String?
  /// The header fields; trailer fields are checked and left out (RFC 9110 section 6.5.1).
  public var fields: HTTPFields
  /// The content, without any transfer coding.
  public var body: [UInt8]
  /// When the first byte of the request was read, by the server's monotonic clock.
  public var receivedAtNanoseconds: UInt64

  /// Makes a request, for the tests of handlers.
  public init(
    method: HTTPMethod, path: String, query: String? = nil, fields: HTTPFields = [:], body: [UInt8] = [],
    receivedAtNanoseconds: UInt64 = 0
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.fields = fields
    self.body = body
    self.receivedAtNanoseconds = receivedAtNanoseconds
  }
}
