/// Puts a response into bytes (RFC 9112 section 4).
enum ResponseWriter {
  /// Told to who waits with the body (RFC 9110 section 15.2.1).
  static let continueBytes = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

  /// What of the request matters to the answer.
  struct Manner {
    var isHead: Bool
    var persistence: MessageFraming.Persistence
  }

  /// Whether the response asks for the connection to be closed.
  static func closes(_ response: HTTPResponse) -> Bool {
    response.fields.lines.contains { line in
      line.name.count == 10
        && response.fields.bytes(line.name).span.equalsIgnoringCase("connection")
        && response.fields.bytes(line.value).span.equalsIgnoringCase("close")
    }
  }

  /// Appends the whole response; `date` is a line with its CRLF.
  static func append(_ response: HTTPResponse, _ manner: Manner, date: [UInt8], to output: inout [UInt8]) {
    let status = 200...599 ~= response.status ? response.status : 500
    output.append(contentsOf: statusLines[status])
    for line in response.fields.lines where !isOfServer(response.fields.bytes(line.name).span) {
      output.append(contentsOf: response.fields.wireLine(line))
    }
    output.append(contentsOf: date)
    // Neither has content (RFC 9110 sections 8.6, 15.3.5 and 15.4.5).
    let isBare = status == 204 || status == 304
    if !isBare {
      appendText("Content-Length: ", to: &output)
      appendNumber(response.body.count, to: &output)
      appendText("\r\n", to: &output)
    }
    switch manner.persistence {
    case .open: appendText("\r\n", to: &output)
    case .openAndTold: appendText("Connection: keep-alive\r\n\r\n", to: &output)
    case .close: appendText("Connection: close\r\n\r\n", to: &output)
    }
    if !isBare, !manner.isHead { output.append(contentsOf: response.body) }
  }

  /// The fields that only the server can know.
  private static func isOfServer(_ name: Span<UInt8>) -> Bool {
    switch name.count {
    case 4: name.equalsIgnoringCase("date")
    case 10: name.equalsIgnoringCase("connection") || name.equalsIgnoringCase("keep-alive")
    case 14: name.equalsIgnoringCase("content-length")
    case 17: name.equalsIgnoringCase("transfer-encoding")
    default: false
    }
  }

  private static func appendText(_ text: StaticString, to output: inout [UInt8]) {
    text.withUTF8Buffer { output.append(contentsOf: $0) }
  }

  private static func appendNumber(_ number: Int, to output: inout [UInt8]) {
    let start = output.count
    var rest = number
    repeat {
      output.append(0x30 + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    output[start...].reverse()
  }

  /// The reasons of RFC 9110 section 15 that are of use here; others are left empty, as section 4 of RFC 9112 allows.
  ///
  /// By status, up to 599.
  private static let statusLines: [[UInt8]] = {
    let reasons = [
      200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 207: "Multi-Status",
      301: "Moved Permanently",
      303: "See Other", 304: "Not Modified", 307: "Temporary Redirect", 308: "Permanent Redirect",
      400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
      406: "Not Acceptable", 408: "Request Timeout", 409: "Conflict", 410: "Gone", 412: "Precondition Failed",
      413: "Content Too Large", 414: "URI Too Long", 415: "Unsupported Media Type", 417: "Expectation Failed",
      422: "Unprocessable Content", 428: "Precondition Required", 429: "Too Many Requests",
      431: "Request Header Fields Too Large", 500: "Internal Server Error", 501: "Not Implemented",
      502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
      505: "HTTP Version Not Supported",
    ]
    return (0...599).map { Array("HTTP/1.1 \($0) \(reasons[$0] ?? "")\r\n".utf8) }
  }()
}
