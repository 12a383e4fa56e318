import HTTPServer

/// Raw bytes and what becomes of them: the catalogue of malformed and of smuggled requests.
///
/// Run against the machine alone, in pieces of every kind, and against a server over a socket.
struct MessageCase: Sendable, CustomStringConvertible {
  enum Outcome: Sendable, Equatable {
    /// Refused with this, and the connection closed.
    case refused(HTTPRefusal)
    /// So many requests are taken, each as "METHOD target body", and the connection goes on.
    case taken([String])
    /// The same, and the connection closes after the last.
    case takenLast([String])
  }

  let description: String
  let bytes: [UInt8]
  let outcome: Outcome

  init(_ description: String, _ text: String, _ outcome: Outcome) {
    self.init(description, Array(text.utf8), outcome)
  }

  init(_ description: String, _ bytes: [UInt8], _ outcome: Outcome) {
    self.description = description
    self.bytes = bytes
    self.outcome = outcome
  }

  static let all = requestLines + fieldLines + hosts + lengths + codings + chunks + connections

  // MARK: The request line

  private static func line(_ line: String) -> String { line + "\r\nHost: h\r\n\r\n" }

  private static let requestLines: [MessageCase] = [
    MessageCase("plain", line("GET / HTTP/1.1"), .taken(["GET / "])),
    MessageCase("query", line("GET /a%2Fb?c=d?e HTTP/1.1"), .taken(["GET /a%2Fb?c=d?e "])),
    MessageCase("empty query", line("GET /a? HTTP/1.1"), .taken(["GET /a? "])),
    MessageCase("absolute form", line("GET http://h:80/a?b HTTP/1.1"), .taken(["GET /a?b "])),
    MessageCase("absolute form, other case", line("GET HTTPS://[::1]:443/a HTTP/1.1"), .taken(["GET /a "])),
    MessageCase("absolute form without path", line("GET http://h HTTP/1.1"), .taken(["GET / "])),
    MessageCase("absolute form with query alone", line("GET http://h?a HTTP/1.1"), .taken(["GET /?a "])),
    MessageCase("options of the server", line("OPTIONS * HTTP/1.1"), .taken(["OPTIONS * "])),
    MessageCase("options by absolute form", line("OPTIONS http://h HTTP/1.1"), .taken(["OPTIONS * "])),
    MessageCase("later minor version", line("GET / HTTP/1.2"), .taken(["GET / "])),
    MessageCase("empty line before", "\r\n" + line("GET / HTTP/1.1"), .taken(["GET / "])),
    MessageCase("two empty lines before", "\r\n\r\n" + line("GET / HTTP/1.1"), .refused(.invalidRequestLine)),
    MessageCase("bare LF before", "\n" + line("GET / HTTP/1.1"), .refused(.bareLineFeed)),
    MessageCase("space before", line(" GET / HTTP/1.1"), .refused(.invalidMethod)),
    MessageCase("two spaces", line("GET  / HTTP/1.1"), .refused(.invalidRequestLine)),
    MessageCase("tab for space", line("GET\t/ HTTP/1.1"), .refused(.invalidRequestLine)),
    MessageCase("space in target", line("GET /a b HTTP/1.1"), .refused(.invalidRequestLine)),
    MessageCase("space after", line("GET / HTTP/1.1 "), .refused(.invalidRequestLine)),
    MessageCase("no target", line("GET HTTP/1.1"), .refused(.invalidRequestLine)),
    MessageCase("HTTP/0.9", "GET /\r\n", .refused(.invalidRequestLine)),
    MessageCase("bare LF", "GET / HTTP/1.1\nHost: h\r\n\r\n", .refused(.bareLineFeed)),
    MessageCase("bare CR", line("GET /\r HTTP/1.1"), .refused(.bareCarriageReturn)),
    MessageCase("two CR", line("GET / HTTP/1.1\r"), .refused(.bareCarriageReturn)),
    MessageCase("NUL in target", line("GET /\0 HTTP/1.1"), .refused(.invalidTarget)),
    MessageCase("fragment", line("GET /a#b HTTP/1.1"), .refused(.invalidTarget)),
    MessageCase("quote in target", line("GET /\" HTTP/1.1"), .refused(.invalidTarget)),
    MessageCase("backslash in target", line("GET /a\\b HTTP/1.1"), .refused(.invalidTarget)),
    MessageCase("UTF-8 in target", line("GET /ā HTTP/1.1"), .refused(.invalidTarget)),
    MessageCase("half an encoding", line("GET /%2 HTTP/1.1"), .refused(.invalidTarget)),
    MessageCase("no encoding", line("GET /%zz HTTP/1.1"), .refused(.invalidTarget)),
    MessageCase("relative target", line("GET a HTTP/1.1"), .refused(.invalidTarget)),
    MessageCase("empty target", line("GET  HTTP/1.1"), .refused(.invalidTarget)),
    MessageCase("star for GET", line("GET * HTTP/1.1"), .refused(.invalidTarget)),
    MessageCase("authority form for GET", line("GET h:80 HTTP/1.1"), .refused(.invalidTarget)),
    MessageCase("user in absolute form", line("GET http://u@h/ HTTP/1.1"), .refused(.invalidTarget)),
    MessageCase("no host in absolute form", line("GET http:///a HTTP/1.1"), .refused(.invalidTarget)),
    MessageCase("other scheme", line("GET ftp://h/ HTTP/1.1"), .refused(.invalidTarget)),
    MessageCase("method in small letters", line("get / HTTP/1.1"), .refused(.unknownMethod)),
    MessageCase("unknown method", line("BREW / HTTP/1.1"), .refused(.unknownMethod)),
    MessageCase("CONNECT", line("CONNECT h:443 HTTP/1.1"), .refused(.unknownMethod)),
    MessageCase("TRACE", line("TRACE / HTTP/1.1"), .refused(.unknownMethod)),
    MessageCase("no method", line(" / HTTP/1.1"), .refused(.invalidMethod)),
    MessageCase("invalid method", line("G(T / HTTP/1.1"), .refused(.invalidMethod)),
    MessageCase("NUL in method", line("G\0T / HTTP/1.1"), .refused(.invalidMethod)),
    MessageCase("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", .refused(.unsupportedVersion)),
    MessageCase("HTTP/0.9 by name", line("GET / HTTP/0.9"), .refused(.unsupportedVersion)),
    MessageCase("HTTP/3", line("GET / HTTP/3.0"), .refused(.unsupportedVersion)),
    MessageCase("version in small letters", line("GET / http/1.1"), .refused(.invalidVersion)),
    MessageCase("version of two digits", line("GET / HTTP/1.10"), .refused(.invalidVersion)),
    MessageCase("version without minor", line("GET / HTTP/1"), .refused(.invalidVersion)),
    MessageCase("version with comma", line("GET / HTTP/1,1"), .refused(.invalidVersion)),
    MessageCase("another protocol", line("GET / RTSP/1.0"), .refused(.invalidVersion)),
    MessageCase("TLS handshake", [0x16, 0x03, 0x01, 0x02, 0x00], .refused(.invalidMethod)),
  ]

  // MARK: Fields

  private static func fields(_ lines: String) -> String { "GET / HTTP/1.1\r\nHost: h\r\n\(lines)\r\n\r\n" }

  private static let fieldLines: [MessageCase] = [
    MessageCase("no space after colon", fields("A:b"), .taken(["GET / "])),
    MessageCase("empty value", fields("A:"), .taken(["GET / "])),
    MessageCase("spaces around value", fields("A: \t b \t "), .taken(["GET / "])),
    MessageCase(
      "older encoding in value", Array("GET / HTTP/1.1\r\nHost: h\r\nA: ".utf8) + [0xE2, 13, 10, 13, 10],
      .taken(["GET / "])),
    MessageCase("space before colon", fields("A : b"), .refused(.spaceBeforeColon)),
    MessageCase("tab before colon", fields("A\t: b"), .refused(.spaceBeforeColon)),
    MessageCase("space before colon of length", fields("Content-Length : 5"), .refused(.spaceBeforeColon)),
    MessageCase("space in name", fields("A b: c"), .refused(.invalidFieldName)),
    MessageCase("folded", fields("A: b\r\n c"), .refused(.foldedLine)),
    MessageCase("folded by tab", fields("A: b\r\n\tc"), .refused(.foldedLine)),
    MessageCase("folded by an empty line", fields("A: b\r\n \r\nB: c"), .refused(.foldedLine)),
    MessageCase("space before the first field", "GET / HTTP/1.1\r\n Host: h\r\n\r\n", .refused(.foldedLine)),
    MessageCase("no colon", fields("A"), .refused(.invalidFieldName)),
    MessageCase("no name", fields(": b"), .refused(.invalidFieldName)),
    MessageCase("parenthesis in name", fields("A(: b"), .refused(.invalidFieldName)),
    MessageCase("NUL in name", fields("A\0: b"), .refused(.invalidFieldName)),
    MessageCase("UTF-8 in name", fields("ā: b"), .refused(.invalidFieldName)),
    MessageCase(
      "vertical tab before coding", fields("Transfer-Encoding:\u{0B}chunked"), .refused(.invalidFieldValue)),
    MessageCase("NUL in value", fields("A: b\0c"), .refused(.invalidFieldValue)),
    MessageCase("DEL in value", fields("A: b\u{7F}"), .refused(.invalidFieldValue)),
    MessageCase("escape in value", fields("A: \u{1B}[2J"), .refused(.invalidFieldValue)),
    MessageCase("bare LF in field", fields("A: b\nB: c"), .refused(.bareLineFeed)),
    MessageCase("bare LF at the end", "GET / HTTP/1.1\r\nHost: h\r\n\n", .refused(.bareLineFeed)),
    MessageCase("bare CR in value", fields("A: b\rB: c"), .refused(.bareCarriageReturn)),
    MessageCase("bare CR in name", fields("A\rB: c"), .refused(.bareCarriageReturn)),
    MessageCase("CR before CRLF", fields("A: b\r"), .refused(.bareCarriageReturn)),
    MessageCase("CR before the end", "GET / HTTP/1.1\r\nHost: h\r\n\r\r\n", .refused(.bareCarriageReturn)),
    MessageCase("expectation", fields("Expect: 100-Continue"), .taken(["GET / "])),
    MessageCase("unknown expectation", fields("Expect: 200-ok"), .refused(.unknownExpectation)),
    MessageCase("expectation with more", fields("Expect: 100-continue, x"), .refused(.unknownExpectation)),
    MessageCase(
      "unknown expectation of HTTP/1.0", "GET / HTTP/1.0\r\nExpect: x\r\n\r\n", .takenLast(["GET / "])),
  ]

  private static func host(_ lines: String) -> String { "GET / HTTP/1.1\r\n\(lines)\r\n" }

  private static let hosts: [MessageCase] = [
    MessageCase("host with port", host("Host: example.com:8080\r\n"), .taken(["GET / "])),
    MessageCase("host in other case", host("hOsT: h\r\n"), .taken(["GET / "])),
    MessageCase("IPv6", host("Host: [2001:db8::1]:80\r\n"), .taken(["GET / "])),
    MessageCase("encoded host", host("Host: %41b\r\n"), .taken(["GET / "])),
    MessageCase("half an encoding in host", host("Host: a%4\r\n"), .refused(.invalidHost)),
    MessageCase("no host", host("A: b\r\n"), .refused(.missingHost)),
    MessageCase("two hosts", host("Host: a\r\nHost: b\r\n"), .refused(.duplicateHost)),
    MessageCase("the same host twice", host("Host: a\r\nHost: a\r\n"), .refused(.duplicateHost)),
    MessageCase("empty host", host("Host:\r\n"), .refused(.invalidHost)),
    MessageCase("port alone", host("Host: :80\r\n"), .refused(.invalidHost)),
    MessageCase("two hosts in one", host("Host: a,b c\r\n"), .refused(.invalidHost)),
    MessageCase("user", host("Host: u@h\r\n"), .refused(.invalidHost)),
    MessageCase("path", host("Host: h/a\r\n"), .refused(.invalidHost)),
    MessageCase("port of letters", host("Host: h:8o\r\n"), .refused(.invalidHost)),
    MessageCase("port of six digits", host("Host: h:123456\r\n"), .refused(.invalidHost)),
    MessageCase("open bracket", host("Host: [::1\r\n"), .refused(.invalidHost)),
    MessageCase("no host of HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", .takenLast(["GET / "])),
    MessageCase(
      "two hosts of HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", .refused(.duplicateHost)),
  ]

  // MARK: Framing

  private static func post(_ lines: String, _ body: String = "") -> String {
    "POST /p HTTP/1.1\r\nHost: h\r\n\(lines)\r\n\r\n\(body)"
  }

  private static let lengths: [MessageCase] = [
    MessageCase("length", post("Content-Length: 5", "12345"), .taken(["POST /p 12345"])),
    MessageCase("length nought", post("Content-Length: 0"), .taken(["POST /p "])),
    MessageCase("length with noughts", post("Content-Length: 005", "12345"), .taken(["POST /p 12345"])),
    MessageCase("no length", post("A: b"), .taken(["POST /p "])),
    MessageCase(
      "body of GET", "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab", .taken(["GET / ab"])),
    MessageCase(
      "two lengths", post("Content-Length: 5\r\nContent-Length: 6", "12345"), .refused(.duplicateLength)),
    MessageCase(
      "the same length twice", post("Content-Length: 5\r\nContent-Length: 5", "12345"),
      .refused(.duplicateLength)),
    MessageCase("list of lengths", post("Content-Length: 5, 5", "12345"), .refused(.invalidLength)),
    MessageCase("signed length", post("Content-Length: +5", "12345"), .refused(.invalidLength)),
    MessageCase("negative length", post("Content-Length: -1"), .refused(.invalidLength)),
    MessageCase("hexadecimal length", post("Content-Length: 0x5", "12345"), .refused(.invalidLength)),
    MessageCase("length with fraction", post("Content-Length: 5.0", "12345"), .refused(.invalidLength)),
    MessageCase("length with space", post("Content-Length: 1 2", "12345"), .refused(.invalidLength)),
    MessageCase("empty length", post("Content-Length:"), .refused(.invalidLength)),
    MessageCase("length over the limit", post("Content-Length: 1048577"), .refused(.bodyTooLarge)),
    MessageCase(
      "length over all numbers", post("Content-Length: 99999999999999999999999999"), .refused(.bodyTooLarge)),
    MessageCase("length at overflow", post("Content-Length: 18446744073709551621"), .refused(.bodyTooLarge)),
  ]

  private static let codings: [MessageCase] = [
    MessageCase(
      "chunked", post("Transfer-Encoding: chunked", "5\r\n12345\r\n0\r\n\r\n"), .taken(["POST /p 12345"])),
    MessageCase(
      "chunked in other case", post("Transfer-Encoding: CHUNKED", "0\r\n\r\n"), .taken(["POST /p "])),
    MessageCase(
      "length and coding", post("Content-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
      .refused(.lengthAndTransferEncoding)),
    MessageCase(
      "coding and length", post("Transfer-Encoding: chunked\r\nContent-Length: 5", "0\r\n\r\n"),
      .refused(.lengthAndTransferEncoding)),
    MessageCase(
      "length and unknown coding", post("Content-Length: 5\r\nTransfer-Encoding: x", "12345"),
      .refused(.lengthAndTransferEncoding)),
    MessageCase(
      "coding of HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      .refused(.transferEncodingInOldVersion)),
    MessageCase("chunked twice", post("Transfer-Encoding: chunked, chunked"), .refused(.chunkedNotLast)),
    MessageCase(
      "chunked in two fields", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
      .refused(.chunkedNotLast)),
    MessageCase("chunked first", post("Transfer-Encoding: chunked, gzip"), .refused(.chunkedNotLast)),
    MessageCase(
      "chunked first in two fields", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"),
      .refused(.chunkedNotLast)),
    MessageCase("identity", post("Transfer-Encoding: identity"), .refused(.chunkedNotLast)),
    MessageCase("another name", post("Transfer-Encoding: xchunked"), .refused(.chunkedNotLast)),
    MessageCase("quoted", post("Transfer-Encoding: \"chunked\""), .refused(.chunkedNotLast)),
    MessageCase("with parameter", post("Transfer-Encoding: chunked;q=1"), .refused(.chunkedNotLast)),
    MessageCase("empty element", post("Transfer-Encoding: chunked,"), .refused(.chunkedNotLast)),
    MessageCase("empty coding", post("Transfer-Encoding:"), .refused(.chunkedNotLast)),
    MessageCase("gzip, chunked", post("Transfer-Encoding: gzip, chunked"), .refused(.unknownTransferCoding)),
    MessageCase(
      "gzip and chunked in two fields", post("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked"),
      .refused(.unknownTransferCoding)),
  ]

  private static func chunked(_ body: String) -> String { post("Transfer-Encoding: chunked", body) }

  private static let chunks: [MessageCase] = [
    MessageCase(
      "two chunks", chunked("3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n"), .taken(["POST /p abc0123456789"])),
    MessageCase("size with noughts", chunked("0003\r\nabc\r\n000\r\n\r\n"), .taken(["POST /p abc"])),
    MessageCase(
      "extensions", chunked("3;a;b=c ; d = \"e\\\" f\"\r\nabc\r\n0;x\r\n\r\n"), .taken(["POST /p abc"])),
    MessageCase("trailer", chunked("0\r\nA: b\r\nContent-Length: 9\r\n\r\n"), .taken(["POST /p "])),
    MessageCase("line ends in the data", chunked("4\r\n\r\n\r\n\r\n0\r\n\r\n"), .taken(["POST /p \r\n\r\n"])),
    MessageCase("no size", chunked("\r\n\r\n"), .refused(.invalidChunk)),
    MessageCase("prefix", chunked("0x3\r\nabc\r\n0\r\n\r\n"), .refused(.invalidChunk)),
    MessageCase("sign", chunked("+3\r\nabc\r\n0\r\n\r\n"), .refused(.invalidChunk)),
    MessageCase("negative size", chunked("-1\r\n\r\n"), .refused(.invalidChunk)),
    MessageCase("space before size", chunked(" 3\r\nabc\r\n0\r\n\r\n"), .refused(.invalidChunk)),
    MessageCase("space after size", chunked("3 \r\nabc\r\n0\r\n\r\n"), .refused(.invalidChunk)),
    MessageCase("no hexadecimal size", chunked("g\r\n"), .refused(.invalidChunk)),
    MessageCase("size of 16 digits", chunked("FFFFFFFFFFFFFFFF\r\n"), .refused(.invalidChunk)),
    MessageCase("size of 17 digits", chunked("10000000000000003\r\nabc\r\n"), .refused(.invalidChunk)),
    MessageCase("size over the limit", chunked("100001\r\n"), .refused(.bodyTooLarge)),
    MessageCase("size over the limit together", chunked("1\r\na\r\n100000\r\n"), .refused(.bodyTooLarge)),
    MessageCase("bare LF after size", chunked("3\nabc\r\n0\r\n\r\n"), .refused(.bareLineFeed)),
    MessageCase("bare LF in extension", chunked("3;a\nabc\r\n0\r\n\r\n"), .refused(.bareLineFeed)),
    MessageCase("CR in extension", chunked("3;a\rb\r\nabc\r\n0\r\n\r\n"), .refused(.invalidChunk)),
    MessageCase("NUL in extension", chunked("3;a=\"\0\"\r\nabc\r\n0\r\n\r\n"), .refused(.invalidChunk)),
    MessageCase("empty extension", chunked("3;\r\nabc\r\n0\r\n\r\n"), .refused(.invalidChunk)),
    MessageCase("open quote", chunked("3;a=\"b\r\nabc\r\n0\r\n\r\n"), .refused(.invalidChunk)),
    MessageCase("data too long", chunked("3\r\nabcd\r\n0\r\n\r\n"), .refused(.invalidChunk)),
    MessageCase("data too short", chunked("3\r\nab\r\n0\r\n\r\n"), .refused(.invalidChunk)),
    MessageCase("bare LF after data", chunked("3\r\nabc\n0\r\n\r\n"), .refused(.invalidChunk)),
    MessageCase("bare CR after data", chunked("3\r\nabc\r0\r\n\r\n"), .refused(.invalidChunk)),
    MessageCase("bare LF after the last chunk", chunked("0\r\n\n"), .refused(.bareLineFeed)),
    MessageCase("folded trailer", chunked("0\r\nA: b\r\n c\r\n\r\n"), .refused(.foldedLine)),
    MessageCase("request for trailer", chunked("0\r\nGET / HTTP/1.1\r\n\r\n"), .refused(.invalidFieldName)),
  ]

  private static let connections: [MessageCase] = [
    MessageCase(
      "two in one piece", line("GET /1 HTTP/1.1") + line("GET /2 HTTP/1.1"), .taken(["GET /1 ", "GET /2 "])),
    MessageCase(
      "after a body", post("Content-Length: 2", "ab") + line("GET /2 HTTP/1.1"),
      .taken(["POST /p ab", "GET /2 "])),
    MessageCase(
      "after chunks", chunked("0\r\n\r\n") + line("GET /2 HTTP/1.1"), .taken(["POST /p ", "GET /2 "])),
    MessageCase(
      "an empty line after a body", post("Content-Length: 2", "ab") + "\r\n" + line("GET /2 HTTP/1.1"),
      .taken(["POST /p ab", "GET /2 "])),
    MessageCase(
      "body longer than told", post("Content-Length: 2", "abX ") + line("GET /2 HTTP/1.1"),
      .refused(.invalidRequestLine)),
    MessageCase("close", fields("Connection: close"), .takenLast(["GET / "])),
    MessageCase("close in a list", fields("Connection: x, CLOSE"), .takenLast(["GET / "])),
    MessageCase(
      "close in the second field", fields("Connection: x\r\nConnection: close"), .takenLast(["GET / "])),
    MessageCase(
      "nothing is read after close", fields("Connection: close") + line("GET /2 HTTP/1.1"),
      .takenLast(["GET / "])),
    MessageCase(
      "keep-alive of HTTP/1.0", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", .taken(["GET / "])),
    MessageCase(
      "close and keep-alive", "GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n",
      .takenLast(["GET / "])),
    MessageCase(
      "expectation of HTTP/1.0", "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na",
      .takenLast(["POST / a"])),
  ]
}
