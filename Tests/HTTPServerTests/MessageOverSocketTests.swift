import HTTPServer
import Testing

/// The catalogue once more, as a client meets it.
@Suite struct MessageOverSocketTests {
  @Test func theCatalogue() throws {
    let server = try TestServer(configure: {
      $0.refusalResponse = { HTTPResponse(status: $0.status, contentType: "text/plain", text: $0.code) }
    })
    for message in MessageCase.all {
      let client = try server.connect()
      client.send(message.bytes)
      switch message.outcome {
      case .refused(let refusal):
        var response = try client.response()
        // What stood before it is answered first.
        while response.status < 300 { response = try client.response() }
        #expect(response.status == refusal.status, "\(message)")
        #expect(response.text == refusal.code, "\(message)")
        #expect(response.fields["connection"] == "close", "\(message)")
        #expect(try client.isEnded(), "\(message)")
      case .taken(let requests):
        for request in requests { try expect(request, from: client, message) }
        client.send("GET /again HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try client.response().text == "GET /again\n", "\(message)")
      case .takenLast(let requests):
        for request in requests { try expect(request, from: client, message) }
        #expect(try client.isEnded(), "\(message)")
      }
    }
    // Each refusal is counted by its kind.
    let refused = MessageCase.all.count { if case .refused = $0.outcome { true } else { false } }
    #expect(server.counts { $0.refusals.values.reduce(0, +) == refused })
  }

  private func expect(_ request: String, from client: TestClient, _ message: MessageCase) throws {
    let response = try client.response()
    let parts = request.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    #expect(response.text == "\(parts[0]) \(parts[1])\n\(parts[2])", "\(message)")
  }
}
