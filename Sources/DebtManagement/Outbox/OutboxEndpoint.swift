import Dispatch
public import HTTPClient
import Synchronization
import Values

extension OutboxDestination {
  /// An HTTP endpoint that takes events: one POST each, signed, with the effect's id as idempotency key.
  ///
  /// 200 to 299 say that it has the event; so does 409, for it says that it had it before. What may pass by itself is
  /// tried again (no connection, no answer, 408, 425, 429, 500 to 599); all else is refused.
  ///
  /// - Parameters:
  ///   - key: what both sides sign with.
  ///   - client: sends; it waits on the calling thread, which must not be one of an event loop.
  /// - Throws: `.endpoint` for an address that is not encrypted and not on this machine, or a key of less than 16 bytes.
  public static func endpoint(
    _ url: String, key: [UInt8], timeoutMilliseconds: Int = 10_000, client: HTTPClient
  ) throws(OutboxError) -> OutboxDestination {
    guard isSafe(url) else { throw .endpoint(fault: "address") }
    guard key.count >= 16 else { throw .endpoint(fault: "key") }
    return OutboxDestination(timeoutMilliseconds: timeoutMilliseconds) { event, now in
      let request = ClientRequest(
        method: .post, url: url,
        fields: [
          "Content-Type": "application/cloudevents+json; charset=utf-8",
          "Idempotency-Key": event.id,
          "Bonitas-Signature": signature(event.body, key: key, at: now),
        ], body: event.body, responseByteLimit: 64 << 10)
      let answer = Mutex<Result<ClientResponse, ClientError>?>(nil)
      let isThere = DispatchSemaphore(value: 0)
      client.send(request, until: .now.adding(milliseconds: timeoutMilliseconds)) { result in
        answer.withLock { $0 = result }
        isThere.signal()
      }
      isThere.wait()
      return outcome(answer.withLock { $0 } ?? .failure(.deadline))
    }
  }

  /// The header that shows who sent an event and when: `t=SECONDS,v1=HEX`, the HMAC-SHA-256 of `SECONDS.BODY`.
  ///
  /// The moment is signed with the body, so that an old request cannot be sent again with a new one.
  public static func signature(_ body: [UInt8], key: [UInt8], at now: Instant) -> String {
    let seconds = String(now.microseconds / 1_000_000)
    return "t=\(seconds),v1=\(HMAC.sha256(Array("\(seconds).".utf8) + body, key: key).hexadecimal)"
  }

  /// Personal data goes to this address: only encrypted, or to a program on the same machine.
  private static func isSafe(_ url: String) -> Bool {
    if url.hasPrefix("https://") { return true }
    guard url.hasPrefix("http://") else { return false }
    let authority = url.dropFirst(7).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    return ["127.0.0.1", "localhost", "[::1]"].contains { host in
      authority == host || authority.hasPrefix(host + ":") && !authority.contains("@")
    }
  }

  private static func outcome(_ result: Result<ClientResponse, ClientError>) -> DeliveryOutcome {
    switch result {
    case .success(let response):
      let code = "status-\(response.status)"
      switch response.status {
      case 200...299, 409: return .delivered
      case 408, 425, 429, 500...599:
        return .later(code: code, afterSeconds: response["Retry-After"].flatMap { Int($0) })
      default: return .refused(code: code)
      }
    case .failure(.invalidURL): return .refused(code: "invalid-url")
    // It may have arrived whole before the answer was broken off, so it is sent again.
    case .failure(let error): return .unreachable(code: error.code)
    }
  }
}
