import Dispatch
import Glibc
import Synchronization

/// An HTTP/1.1 server: some event loops, each on a thread of its own with connections and a handler of its own.
///
/// ```swift
/// let server = HTTPServer(HTTPServerConfiguration(address: .tcp(host: "127.0.0.1", port: 8080)), clocks: clocks) { MyHandler() }
/// try server.start()
/// ```
public final class HTTPServer: Sendable {
  private struct Running {
    let address: HTTPAddress
    let loops: [EventLoop]
  }

  private let configuration: HTTPServerConfiguration
  private let clocks: HTTPClocks
  private let makeHandler: @Sendable () -> any HTTPHandler
  private let running = Mutex<Running?>(nil)
  /// Entered once for each thread.
  private let threads = DispatchGroup()

  /// Makes a server that does nothing yet; `makeHandler` is called once on each loop's thread.
  public init(
    _ configuration: HTTPServerConfiguration, clocks: HTTPClocks,
    makeHandler: @escaping @Sendable () -> any HTTPHandler
  ) {
    var configuration = configuration
    // With none nothing would ever be read.
    configuration.limits.requestsInFlight = max(1, configuration.limits.requestsInFlight)
    self.configuration = configuration
    self.clocks = clocks
    self.makeHandler = makeHandler
  }

  deinit { stop(deadline: 0) }

  /// Where the server listens, with the port that the system chose; nil before `start`.
  public var address: HTTPAddress? { running.withLock { $0?.address } }

  /// What was counted since the start.
  public var counters: HTTPServerCounters {
    let loops = running.withLock { $0?.loops ?? [] }
    return loops.reduce(into: HTTPServerCounters()) { $0.add($1.counters) }
  }

  /// Listens, and serves from then on; can be called once.
  public func start() throws(HTTPServerError) {
    let loops = try running.withLock { running throws(HTTPServerError) in
      guard running == nil else { throw .alreadyStarted }
      let listener = try Listener(configuration.address)
      let loops = try makeLoops(listener)
      running = Running(address: listener.address, loops: loops)
      return loops
    }
    for loop in loops {
      threads.enter()
      let (makeHandler, threads) = (makeHandler, threads)
      let isStarted = LoopThread.start {
        loop.run(makeHandler())
        threads.leave()
      }
      if !isStarted {
        let number = errno
        threads.leave()
        stop(deadline: 0)
        throw .system(call: "pthread_create", number: number, configuration.address)
      }
    }
  }

  /// Stops: accepts nothing more, answers what was asked, closes, and returns when all is done or the time is over.
  ///
  /// Gives the number of connections that had to be cut.
  @discardableResult
  public func drain(withinMilliseconds milliseconds: Int) -> Int {
    let before = counters.brokenConnections
    let span = UInt64(clamping: milliseconds).multipliedReportingOverflow(by: EventLoop.millisecond)
    let deadline = clocks.monotonicNanoseconds().addingReportingOverflow(span.partialValue)
    stop(deadline: span.overflow || deadline.overflow ? .max : deadline.partialValue)
    waitUntilStopped()
    return counters.brokenConnections - before
  }

  /// Blocks until the server was stopped.
  public func waitUntilStopped() { threads.wait() }

  private func stop(deadline: UInt64) {
    let loops = running.withLock { $0?.loops ?? [] }
    for loop in loops { loop.mailbox.post(.drain(deadline: deadline)) }
  }

  private func makeLoops(_ listener: Listener) throws(HTTPServerError) -> [EventLoop] {
    let count = max(1, configuration.loops ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let mailboxes = (0..<count).compactMap { _ in Mailbox() }
    let loops = mailboxes.compactMap {
      EventLoop(configuration, clocks: clocks, listener: listener, mailbox: $0, mailboxes: mailboxes)
    }
    guard loops.count == count else {
      throw .system(call: "epoll_create", number: errno, configuration.address)
    }
    return loops
  }
}
