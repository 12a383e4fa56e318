import Foundation
import HTTPClient
import HTTPServer
import Synchronization
import Testing

/// The client against servers that behave, and servers that do not.
@Suite struct SendingTests {
  private let client = HTTPClient()
  /// Far above what is measured: the machine of the test may be busy.
  private static let patience = 10_000

  @Test func sendsWhatItIsTold() async throws {
    let server = try TestServer { request, exchange in
      let seen = [
        request.method.rawValue, request.path, request.fields["Content-Type"] ?? "-",
        request.fields["Authorization"] ?? "-", request.fields["Cookie"] ?? "-",
        String(decoding: request.body, as: UTF8.self),
      ]
      exchange.respond(
        HTTPResponse(
          status: 201, fields: ["X-Seen": "yes", "Set-Cookie": "a=b"],
          body: Array(seen.joined(separator: "|").utf8)))
    }
    let request = ClientRequest(
      method: .post, url: server.url,
      fields: ["Content-Type": "application/json", "Authorization": "Bearer token"],
      body: Array("{\"a\":1}".utf8))
    for _ in 0..<2 {
      // The second time shows that the cookie was not kept.
      let response = try await client.answer(request, within: Self.patience).get()
      #expect(response.status == 201)
      #expect(response["x-seen"] == "yes")
      #expect(
        String(decoding: response.body, as: UTF8.self)
          == "POST|/register|application/json|Bearer token|-|{\"a\":1}")
    }
  }

  @Test(arguments: [204, 400, 404, 410, 451, 500, 503])
  func handsEveryStatusOver(_ status: Int) async throws {
    let server = try TestServer { _, exchange in exchange.respond(HTTPResponse(status: status)) }
    let response = try await client.answer(ClientRequest(url: server.url), within: Self.patience).get()
    #expect(response.status == status)
  }

  @Test(arguments: [
    "Basic realm=\"x\"", "Digest realm=\"x\", nonce=\"y\"", "Negotiate", "NTLM", "Bearer", "Form x=\"", "",
    "\"", ",,,",
    "Basic", "Basic realm=", "Digest", "Basic realm=\"x\", Negotiate, Digest realm=\"z\"",
  ])
  func aRefusedCredentialIsAnAnswer(_ challenge: String) async throws {
    let server = try TestServer { _, exchange in
      exchange.respond(HTTPResponse(status: 401, fields: ["WWW-Authenticate": challenge]))
    }
    let request = ClientRequest(url: server.url, fields: ["Authorization": "Bearer wrong"])
    let response = try await client.answer(request, within: Self.patience).get()
    #expect(response.status == 401)
  }

  @Test func aProxysChallengeFromAnOriginIsAnAnswer() async throws {
    let server = try TestServer { _, exchange in
      exchange.respond(HTTPResponse(status: 407, fields: ["Proxy-Authenticate": "Basic realm=\"x\""]))
    }
    let response = try await client.answer(ClientRequest(url: server.url), within: Self.patience).get()
    #expect(response.status == 407)
  }

  @Test func followsNoRedirection() async throws {
    let visits = Atomic<Int>(0)
    let server = try TestServer { request, exchange in
      visits.add(1, ordering: .relaxed)
      let host = request.fields["Host"] ?? ""
      exchange.respond(
        HTTPResponse(status: 307, fields: ["Location": "http://\(host)/elsewhere"], body: Array("moved".utf8))
      )
    }
    let response = try await client.answer(ClientRequest(url: server.url), within: Self.patience).get()
    #expect(response.status == 307)
    #expect(visits.load(ordering: .relaxed) == 1)
    let nowhere = try TestServer { _, exchange in exchange.respond(HTTPResponse(status: 302)) }
    #expect(
      try await client.answer(ClientRequest(url: nowhere.url), within: Self.patience).get().status == 302)
  }

  @Test func answersWithinTheDeadlineThoughThePeerNeverDoes() async throws {
    let never = NeverAnswered()
    let server = try TestServer { _, exchange in never.keep(exchange) }
    let result = await client.answer(ClientRequest(url: server.url), within: 60)
    #expect(throws: ClientError.deadline) { try result.get() }
    // Somebody who accepts and says nothing, not even at the level of HTTP.
    let silent = try BareServer(sends: nil)
    let other = await client.answer(ClientRequest(url: silent.url), within: 60)
    #expect(throws: ClientError.deadline) { try other.get() }
    // A time that is over already.
    let late = await client.answer(ClientRequest(url: server.url), within: 0)
    #expect(throws: ClientError.deadline) { try late.get() }
  }

  @Test func breaksOffWhatIsTooLarge() async throws {
    let server = try TestServer { _, exchange in
      exchange.respond(HTTPResponse(status: 200, body: [UInt8](repeating: 0x61, count: 3_000_000)))
    }
    let small = await client.answer(
      ClientRequest(url: server.url, responseByteLimit: 1_000_000), within: Self.patience)
    #expect(throws: ClientError.responseTooLarge(limit: 1_000_000)) { try small.get() }
    let large = try await client.answer(
      ClientRequest(url: server.url, responseByteLimit: 3_000_000), within: Self.patience
    ).get()
    #expect(large.body.count == 3_000_000)
    // Without a length told before: until the connection closes.
    let unsaid = try BareServer(
      sends: Array("HTTP/1.1 200 OK\r\n\r\n".utf8) + [UInt8](repeating: 0x61, count: 200_000))
    let cut = await client.answer(
      ClientRequest(url: unsaid.url, responseByteLimit: 100_000), within: Self.patience)
    #expect(throws: ClientError.responseTooLarge(limit: 100_000)) { try cut.get() }
  }

  @Test func tellsWhyThereIsNoConnection() async throws {
    let closed: String
    do {
      let server = try TestServer { _, exchange in exchange.respond(HTTPResponse(status: 200)) }
      closed = server.url
    }
    guard
      case .failure(.cannotConnect) = await client.answer(ClientRequest(url: closed), within: Self.patience)
    else {
      Issue.record("a port that nobody listens at has to be told as cannotConnect")
      return
    }
  }

  @Test(arguments: ["", "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"])
  func tellsOfAnAnswerThatIsNone(_ bytes: String) async throws {
    let server = try BareServer(sends: Array(bytes.utf8))
    let result = await client.answer(ClientRequest(url: server.url), within: Self.patience)
    guard case .failure(.connectionLost) = result else {
      Issue.record("\(bytes.debugDescription) was told as \(result)")
      return
    }
  }

  /// Whoever does not speak TLS is not asked again; whoever closes in the middle may be.
  @Test func tellsOfAConnectionThatIsNotSecure() async throws {
    for (bytes, code) in [("HTTP/1.1 400 Bad Request\r\n\r\n", "not-trusted"), ("", "connection-lost")] {
      let server = try BareServer(sends: Array(bytes.utf8))
      let request = ClientRequest(url: server.url.replacing("http:", with: "https:"))
      guard case .failure(let error) = await client.answer(request, within: Self.patience) else {
        Issue.record("\(bytes.debugDescription) was taken for an answer")
        continue
      }
      #expect(error.code == code, "\(bytes.debugDescription): \(error)")
    }
  }

  @Test(arguments: ["", "register", "ftp://127.0.0.1/", "file:///etc/passwd", "http://", "http:///x"])
  func refusesWhatIsNoURL(_ url: String) async throws {
    let result = await client.answer(ClientRequest(url: url), within: Self.patience)
    #expect(throws: ClientError.invalidURL(url)) { try result.get() }
  }

  @Test func manyRequestsGoOutAtOnce() async throws {
    let held = Mutex<[HTTPExchange]>([])
    let server = try TestServer { _, exchange in
      let all = held.withLock { held -> [HTTPExchange] in
        held.append(exchange)
        return held.count == 40 ? held : []
      }
      // Nobody is answered before all have come: requests sent one after the other would never end.
      for exchange in all { exchange.respond(HTTPResponse(status: 200)) }
    }
    let statuses = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<40 {
        group.addTask {
          let result = await client.answer(ClientRequest(url: server.url), within: Self.patience)
          return (try? result.get())?.status ?? 0
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(statuses == [Int](repeating: 200, count: 40))
  }

  @Test func sendsNothingAfterTheEnd() async throws {
    let never = NeverAnswered()
    let server = try TestServer { _, exchange in never.keep(exchange) }
    let client = HTTPClient()
    async let pending = client.answer(ClientRequest(url: server.url), within: Self.patience)
    try await Task.sleep(for: .milliseconds(50))
    client.shutDown()
    let broken = await pending
    #expect(throws: ClientError.self) { try broken.get() }
    let later = await client.answer(ClientRequest(url: server.url), within: Self.patience)
    #expect(throws: ClientError.shutDown) { try later.get() }
  }
}
