/// What is asked of another server.
public struct ClientRequest: Sendable {
  /// The methods that are needed.
  public enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
  }

  /// What is to be done.
  public var method: Method
  /// An absolute `http` or `https` URL.
  public var url: String
  /// Header fields, each name once.
  public var fields: [String: String]
  /// The content; empty for none.
  public var body: [UInt8]
  /// An answer with more bytes of content is broken off.
  public var responseByteLimit: Int

  /// Asks for a URL.
  public init(
    method: Method = .get, url: String, fields: [String: String] = [:], body: [UInt8] = [],
    responseByteLimit: Int = 1 << 20
  ) {
    self.method = method
    self.url = url
    self.fields = fields
    self.body = body
    self.responseByteLimit = responseByteLimit
  }
}
