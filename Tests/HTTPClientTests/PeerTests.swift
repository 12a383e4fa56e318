import Foundation
import HTTPClient
import Synchronization
import Testing

/// The guarded call with a transport and a clock of the test's own.
@Suite struct PeerTests {
  /// Answers as the script says, one line a try; then stays with the last.
  private final class Script: Sendable {
    enum Line: Sendable {
      case status(Int, retryAfter: String? = nil)
      case error(ClientError)
      case never
    }

    private struct State {
      var lines: [Line]
      var now = MonotonicTime.now
      var asked: [MonotonicTime] = []
      var held: [@Sendable (Result<ClientResponse, ClientError>) -> Void] = []
    }

    private let state: Mutex<State>
    init(_ lines: [Line]) { state = Mutex(State(lines: lines)) }

    var now: MonotonicTime { state.withLock { $0.now } }
    var tries: Int { state.withLock { $0.asked.count } }
    /// How long each try was given.
    var given: [Int] { state.withLock { state in state.asked.map { state.now.milliseconds(until: $0) } } }
    func pass(milliseconds: Int) { state.withLock { $0.now = $0.now.adding(milliseconds: milliseconds) } }

    func release(_ result: Result<ClientResponse, ClientError>) {
      let held = state.withLock { state in
        defer { state.held = [] }
        return state.held
      }
      for completion in held { completion(result) }
    }

    func send(
      _ end: MonotonicTime, _ completion: @escaping @Sendable (Result<ClientResponse, ClientError>) -> Void
    ) {
      let line = state.withLock { state in
        state.asked.append(end)
        return state.lines.count > 1 ? state.lines.removeFirst() : state.lines[0]
      }
      switch line {
      case .status(let status, let seconds):
        completion(
          .success(ClientResponse(status: status, fields: seconds.map { ["Retry-After": $0] } ?? [:])))
      case .error(let error): completion(.failure(error))
      case .never: state.withLock { $0.held.append(completion) }
      }
    }
  }

  private static func peer(
    _ script: Script, tries: Int = 3, failures: Int = 100, concurrency: Int = 10, line: Int = 10
  ) -> Peer {
    Peer(
      Peer.Settings(
        timeoutMilliseconds: 1_000, slowMilliseconds: 500,
        retries: RetryPolicy(tries: tries, firstDelayMilliseconds: 1, longestDelayMilliseconds: 1),
        breaker: CircuitBreaker.Settings(
          failures: failures, windowMilliseconds: 60_000, openMilliseconds: 5_000),
        concurrency: concurrency, line: line),
      transport: { _, end, completion in script.send(end, completion) }, clock: { script.now },
      chance: { $0.upperBound })
  }

  private static func call(
    _ peer: Peer, _ script: Script, within milliseconds: Int = 3_000
  ) async -> (result: Result<Int, PeerError>, tries: Int) {
    await awaited { done in
      start(peer, script, within: milliseconds) { done(($0.result, $0.tries)) }
    }
  }

  private static func start(
    _ peer: Peer, _ script: Script, within milliseconds: Int = 3_000,
    _ completion: @escaping @Sendable (Peer.Report<Int>) -> Void
  ) {
    peer.call(
      ClientRequest(url: "http://register.example/"), until: script.now.adding(milliseconds: milliseconds),
      read: { Peer.Reading($0.status, isHealthy: $0.status == 200) }, completion: completion)
  }

  @Test(
    arguments: [
      ([.status(200)], .success(200), 1),
      ([.status(404)], .success(404), 1),
      ([.status(503), .status(200)], .success(200), 2),
      ([.status(429), .status(502), .status(504)], .failure(.status(504)), 3),
      ([.error(.connectionLost("x")), .error(.cannotConnect("x")), .status(200)], .success(200), 3),
      ([.error(.cannotConnect("x"))], .failure(.client(.cannotConnect("x"))), 3),
      ([.status(500), .status(200)], .failure(.status(500)), 1),
      ([.error(.notTrusted("x")), .status(200)], .failure(.client(.notTrusted("x"))), 1),
      (
        [.error(.responseTooLarge(limit: 1)), .status(200)], .failure(.client(.responseTooLarge(limit: 1))), 1
      ),
      ([.error(.deadline), .status(200)], .failure(.timeout), 1),
      ([.status(503, retryAfter: "60"), .status(200)], .failure(.status(503)), 1),
      ([.status(503, retryAfter: "Wed, 21 Oct 2026 07:28:00 GMT"), .status(200)], .failure(.status(503)), 1),
      ([.status(503, retryAfter: "0"), .status(200)], .success(200), 2),
    ] as [([Script.Line], Result<Int, PeerError>, Int)])
  private func triesAgainOnlyWhatMayHelp(
    _ lines: [Script.Line], _ expected: Result<Int, PeerError>, _ tries: Int
  ) async {
    let script = Script(lines)
    let answer = await Self.call(Self.peer(script), script)
    #expect(answer.result == expected)
    #expect(answer.tries == tries)
    #expect(script.tries == tries)
  }

  @Test func givesATryNoMoreThanTheCallerHas() async {
    let script = Script([.status(200)])
    let peer = Self.peer(script)
    _ = await Self.call(peer, script, within: 5_000)
    _ = await Self.call(peer, script, within: 300)
    #expect(script.given == [1_000, 300])
    #expect(await Self.call(peer, script, within: 0).result == .failure(.deadline))
    #expect(script.tries == 2)
  }

  @Test func leavesAPeerAloneThatFailsAndComesBack() async {
    let script = Script([.status(500), .status(500), .status(500), .status(200)])
    let peer = Self.peer(script, failures: 3)
    for _ in 0..<3 { _ = await Self.call(peer, script) }
    #expect(peer.figures.breaker == .open)
    #expect(await Self.call(peer, script).result == .failure(.breakerOpen))
    #expect(script.tries == 3)
    script.pass(milliseconds: 5_000)
    #expect(peer.figures.breaker == .halfOpen)
    #expect(await Self.call(peer, script).result == .success(200))
    #expect(peer.figures.breaker == .closed)
    #expect(peer.figures.calls == ["status-500": 3, "breaker-open": 1, "answered": 1])
    #expect(peer.figures.latency.count == 5)
  }

  @Test func anUnhealthyAnswerCountsAgainstThePeer() async {
    let script = Script([.status(418)])
    let peer = Self.peer(script, failures: 2)
    for _ in 0..<2 { #expect(await Self.call(peer, script).result == .success(418)) }
    #expect(peer.figures.breaker == .open)
  }

  @Test func callersInAHurryDoNotCloseItToOthers() async {
    let script = Script([.error(.deadline)])
    let peer = Self.peer(script, failures: 2)
    for _ in 0..<10 { #expect(await Self.call(peer, script, within: 499).result == .failure(.deadline)) }
    #expect(peer.figures.breaker == .closed)
    for _ in 0..<2 { _ = await Self.call(peer, script, within: 500) }
    #expect(peer.figures.breaker == .open)
  }

  @Test func whoWaitsForAPlaceGoesInOrOut() async {
    let script = Script([.never])
    let peer = Self.peer(script, concurrency: 1, line: 1)
    let outcomes = Mutex<[Result<Int, PeerError>]>([])
    let all = await withCheckedContinuation {
      (continuation: CheckedContinuation<[Result<Int, PeerError>], Never>) in
      let note: @Sendable (Peer.Report<Int>) -> Void = { report in
        let all = outcomes.withLock { outcomes in
          outcomes.append(report.result)
          return outcomes
        }
        if all.count == 4 { continuation.resume(returning: all) }
      }
      Self.start(peer, script, note)
      // Its time is over before the first one goes; the timers run by the real clock.
      Self.start(peer, script, within: 20, note)
      Self.start(peer, script, note)
      #expect((peer.figures.running, peer.figures.waiting) == (1, 1))
      while outcomes.withLock({ $0.count }) < 2 { Thread.sleep(forTimeInterval: 0.005) }
      Self.start(peer, script, note)
      script.release(.success(ClientResponse(status: 200)))
      script.release(.success(ClientResponse(status: 201)))
    }
    #expect(all == [.failure(.lineFull), .failure(.deadline), .success(200), .success(201)])
    #expect((peer.figures.running, peer.figures.waiting) == (0, 0))
  }
}
