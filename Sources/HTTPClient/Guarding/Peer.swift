import Dispatch
import Synchronization

/// One other server, called with care: so many calls at once, each with its deadline, retries, and a circuit breaker.
///
/// A call never ends later than its deadline: each try ends with it, a retry that could not begin before it is not
/// waited for, and who waits for a place gives up with it.
public final class Peer: Sendable {
  /// How it is called.
  public struct Settings: Hashable, Sendable {
    /// How long one try may take.
    public var timeoutMilliseconds: Int
    /// A try that was given at least so long and brought nothing counts against the server.
    ///
    /// Callers in a greater hurry learn nothing about it, and must not close it to others.
    public var slowMilliseconds: Int
    /// Whether and when a request is tried again.
    public var retries: RetryPolicy
    /// When it is left alone.
    public var breaker: CircuitBreaker.Settings
    /// How many calls may be at work at once.
    public var concurrency: Int
    /// How many more may wait.
    public var line: Int

    /// Settings from their parts.
    public init(
      timeoutMilliseconds: Int, slowMilliseconds: Int, retries: RetryPolicy,
      breaker: CircuitBreaker.Settings, concurrency: Int, line: Int
    ) {
      self.timeoutMilliseconds = timeoutMilliseconds
      self.slowMilliseconds = slowMilliseconds
      self.retries = retries
      self.breaker = breaker
      self.concurrency = concurrency
      self.line = line
    }
  }

  /// Sends one request; calls back once, not later than the moment given.
  public typealias Transport =
    @Sendable (
      ClientRequest, MonotonicTime, @escaping @Sendable (Result<ClientResponse, ClientError>) -> Void
    )
    -> Void

  /// What a caller makes of an answer.
  public struct Reading<Answer: Sendable>: Sendable {
    let answer: Answer
    let isHealthy: Bool

    /// An answer, and whether it was one that a server in good health gives.
    public init(_ answer: Answer, isHealthy: Bool) {
      self.answer = answer
      self.isHealthy = isHealthy
    }
  }

  /// How a call went.
  public struct Report<Answer: Sendable>: Sendable {
    /// What was read, or why nothing was.
    public let result: Result<Answer, PeerError>
    /// How often the request was sent.
    public let tries: Int
    /// How long it took.
    public let milliseconds: Int
  }

  private struct State {
    var breaker: CircuitBreaker
    var limit: ConcurrencyLimit
    /// What those in the line do when their turn comes.
    var waiting: [Int: @Sendable () -> Void] = [:]
    var lastTicket = 0
    var tries = 0
    var retries = 0
    var calls: [String: Int] = [:]
    var latency = LatencyHistogram()
  }

  private let settings: Settings
  private let transport: Transport
  private let clock: @Sendable () -> MonotonicTime
  private let chance: @Sendable (ClosedRange<Int>) -> Int
  private let state: Mutex<State>
  private static let timers = DispatchQueue(label: "HTTPClient.Peer.timers", qos: .userInteractive)

  /// A peer that nobody has called yet.
  ///
  /// - Parameters:
  ///   - transport: mostly `HTTPClient.send`.
  ///   - clock: the moments that count.
  ///   - chance: draws a number from a range, for the waits between tries.
  public init(
    _ settings: Settings, transport: @escaping Transport,
    clock: @escaping @Sendable () -> MonotonicTime = { .now },
    chance: @escaping @Sendable (ClosedRange<Int>) -> Int
  ) {
    self.settings = settings
    self.transport = transport
    self.clock = clock
    self.chance = chance
    state = Mutex(
      State(
        breaker: CircuitBreaker(settings.breaker),
        limit: ConcurrencyLimit(places: settings.concurrency, line: settings.line)))
  }

  /// How it does, from any thread.
  public var figures: PeerFigures {
    let now = clock()
    return state.withLock { state in
      PeerFigures(
        breaker: state.breaker.state(at: now), running: state.limit.running, waiting: state.limit.waiting,
        tries: state.tries, retries: state.retries, calls: state.calls, latency: state.latency)
    }
  }

  /// Calls it; `completion` is called exactly once, on whatever thread has the outcome, and has to return soon.
  ///
  /// Answers 429 and 500 to 599 are errors of the peer; all others are handed to `read`.
  public func call<Answer: Sendable>(
    _ request: ClientRequest, until deadline: MonotonicTime,
    read: @escaping @Sendable (ClientResponse) -> Reading<Answer>,
    completion: @escaping @Sendable (Report<Answer>) -> Void
  ) {
    let call = Call(request: request, deadline: deadline, began: clock(), read: read, completion: completion)
    guard deadline > call.began else { return finish(call, .failure(.deadline), tries: 0) }
    let (entry, ticket) = state.withLock { state -> (ConcurrencyLimit.Entry?, Int) in
      guard state.breaker.state(at: call.began) != .open else { return (nil, 0) }
      state.lastTicket &+= 1
      let ticket = state.lastTicket
      let entry = state.limit.enter(ticket, until: deadline, at: call.began)
      if entry == .waits { state.waiting[ticket] = { [self] in attempt(call, number: 1) } }
      return (entry, ticket)
    }
    switch entry {
    case nil: finish(call, .failure(.breakerOpen), tries: 0)
    case .full: finish(call, .failure(.lineFull), tries: 0)
    case .entered: attempt(call, number: 1)
    case .waits:
      Self.timers.asyncAfter(deadline: deadline.dispatchTime) { [weak self] in self?.giveUp(call, ticket) }
    }
  }

  private struct Call<Answer: Sendable>: Sendable {
    let request: ClientRequest
    let deadline: MonotonicTime
    let began: MonotonicTime
    let read: @Sendable (ClientResponse) -> Reading<Answer>
    let completion: @Sendable (Report<Answer>) -> Void
  }

  private func giveUp<Answer>(_ call: Call<Answer>, _ ticket: Int) {
    let wasWaiting = state.withLock { state in
      state.limit.withdraw(ticket)
      return state.waiting.removeValue(forKey: ticket) != nil
    }
    if wasWaiting { finish(call, .failure(.deadline), tries: 0) }
  }

  private func attempt<Answer>(_ call: Call<Answer>, number: Int) {
    let now = clock()
    let admission = state.withLock { state in
      let admission = state.breaker.admit(at: now)
      if admission != nil {
        state.tries &+= 1
        if number > 1 { state.retries &+= 1 }
      }
      return admission
    }
    guard let admission else { return leave(call, .failure(.breakerOpen), tries: number - 1) }
    let end = min(call.deadline, now.adding(milliseconds: settings.timeoutMilliseconds))
    transport(call.request, end) { [self] result in
      let verdict = judge(result, call, given: now.milliseconds(until: end), isLast: end == call.deadline)
      let then = clock()
      state.withLock { $0.breaker.record(verdict.outcome, of: admission, at: then) }
      let delay = verdict.retry.flatMap { cause in
        settings.retries.delayMilliseconds(
          afterTry: number, cause, remainingMilliseconds: then.milliseconds(until: call.deadline),
          chance: chance)
      }
      guard let delay else { return leave(call, verdict.result, tries: number) }
      Self.timers.asyncAfter(deadline: .now() + .milliseconds(delay)) { [self] in
        attempt(call, number: number + 1)
      }
    }
  }

  private typealias Verdict<Answer: Sendable> = (
    result: Result<Answer, PeerError>, outcome: CircuitBreaker.Outcome, retry: RetryPolicy.Cause?
  )

  private func judge<Answer>(
    _ result: Result<ClientResponse, ClientError>, _ call: Call<Answer>, given milliseconds: Int, isLast: Bool
  ) -> Verdict<Answer> {
    switch result {
    case .success(let response):
      switch response.status {
      case 429, 502, 503, 504:
        return (.failure(.status(response.status)), .failure, Self.patience(response))
      case 500...599: return (.failure(.status(response.status)), .failure, nil)
      default:
        let reading = call.read(response)
        return (.success(reading.answer), reading.isHealthy ? .success : .failure, nil)
      }
    case .failure(.deadline):
      let outcome = milliseconds >= settings.slowMilliseconds ? CircuitBreaker.Outcome.failure : .undecided
      return (.failure(isLast ? .deadline : .timeout), outcome, nil)
    case .failure(let error):
      switch error {
      case .cannotConnect, .connectionLost: return (.failure(.client(error)), .failure, .connection)
      case .notTrusted, .responseTooLarge: return (.failure(.client(error)), .failure, nil)
      case .invalidURL, .shutDown, .deadline: return (.failure(.client(error)), .undecided, nil)
      }
    }
  }

  /// What the server says about trying again; nil where it names a date, which without a wall clock cannot be told from
  /// a far one (RFC 9110 section 10.2.3).
  private static func patience(_ response: ClientResponse) -> RetryPolicy.Cause? {
    guard let text = response["Retry-After"] else { return .busy(seconds: nil) }
    guard !text.isEmpty, text.utf8.count <= 9, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let seconds = Int(text)
    else { return nil }
    return .busy(seconds: seconds)
  }

  /// Frees the place and lets the next one in.
  private func leave<Answer>(_ call: Call<Answer>, _ result: Result<Answer, PeerError>, tries: Int) {
    let now = clock()
    let next = state.withLock { state in
      state.limit.leave(at: now).flatMap { state.waiting.removeValue(forKey: $0) }
    }
    finish(call, result, tries: tries)
    next?()
  }

  private func finish<Answer>(_ call: Call<Answer>, _ result: Result<Answer, PeerError>, tries: Int) {
    let milliseconds = call.began.milliseconds(until: clock())
    let outcome = if case .failure(let error) = result { error.code } else { "answered" }
    state.withLock { state in
      state.calls[outcome, default: 0] &+= 1
      state.latency.add(milliseconds: milliseconds)
    }
    call.completion(Report(result: result, tries: tries, milliseconds: milliseconds))
  }
}
