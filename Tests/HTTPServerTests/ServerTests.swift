import HTTPServer
import Testing

/// What a well-behaved client sees.
@Suite struct ServerTests {
  @Test func answersAndKeepsTheConnection() throws {
    let server = try TestServer()
    let client = try server.connect()
    for number in 1...3 {
      client.send("GET /a/\(number)?q=%20 HTTP/1.1\r\nHost: h\r\n\r\n")
      let response = try client.response()
      #expect(response.status == 200)
      #expect(response.text == "GET /a/\(number)?q=%20\n")
      #expect(response.fields["content-type"] == "text/plain")
      #expect(response.fields["connection"] == nil)
      #expect(response.fields["date"]?.hasSuffix(" GMT") == true)
    }
    #expect(server.counts { $0.requests == 3 && $0.acceptedConnections == 1 && $0.openConnections == 1 })
  }
}
