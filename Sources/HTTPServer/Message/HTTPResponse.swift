/// What is answered; the server adds `Date`, `Content-Length` and `Connection`.
public struct HTTPResponse: Sendable, Equatable {
  /// The status code, 200 to 599; any other is sent as 500.
  public var status: Int
  /// The fields.
  ///
  /// `Connection: close` has the connection closed after the answer; other fields that frame the message are the server's and left out.
  public var fields: HTTPFields
  /// The content; for HEAD its length alone is told, for 204 and 304 it is not sent.
  public var body: [UInt8]

  /// Makes a response.
  public init(status: Int, fields: HTTPFields = [:], body: [UInt8] = []) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  /// Makes a response of text.
  public init(status: Int, contentType: String, text: String) {
    self.init(status: status, fields: ["Content-Type": contentType], body: Array(text.utf8))
  }
}
