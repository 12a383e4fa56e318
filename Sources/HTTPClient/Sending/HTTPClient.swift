import Dispatch
import Foundation
import FoundationNetworking
import Synchronization

/// A small face over URLSession: one request, one answer or error, never later than the deadline.
///
/// URLSession's own timeouts are coarse and start anew with every byte, so each request has a timer of ours beside it.
/// Nothing is remembered from one request to the next but open connections: no cookies, no cache, no credentials; and
/// redirections are not followed. Usable from threads that must not wait: `send` returns at once.
public final class HTTPClient: Sendable {
  private let session: URLSession
  private let delegate = TransferDelegate()
  private let isShutDown = Atomic<Bool>(false)
  /// Making and cancelling a task waits for URLSession's own queue, which an event loop must not.
  private let starter = DispatchQueue(label: "HTTPClient.starter", qos: .userInitiated)
  private let timers = DispatchQueue(label: "HTTPClient.timers", qos: .userInteractive)

  /// Makes a client that holds so many connections to one host at most.
  public init(connectionsPerHost: Int = 256) {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.httpCookieStorage = nil
    configuration.httpCookieAcceptPolicy = .never
    configuration.httpShouldSetCookies = false
    configuration.urlCache = nil
    configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
    configuration.urlCredentialStorage = nil
    configuration.httpMaximumConnectionsPerHost = max(1, connectionsPerHost)
    let queue = OperationQueue()
    queue.maxConcurrentOperationCount = 1
    queue.qualityOfService = .userInitiated
    session = URLSession(configuration: configuration, delegate: delegate, delegateQueue: queue)
  }

  deinit { session.invalidateAndCancel() }

  /// Sends a request; `completion` is called exactly once, on a queue of the client's, and has to return soon.
  public func send(
    _ request: ClientRequest, until deadline: MonotonicTime,
    completion: @escaping @Sendable (Result<ClientResponse, ClientError>) -> Void
  ) {
    let transfer = Transfer(byteLimit: request.responseByteLimit, completion: completion)
    let remaining = MonotonicTime.now.milliseconds(until: deadline)
    guard remaining > 0 else { return starter.async { transfer.fail(.deadline) } }
    guard let made = Self.urlRequest(request, seconds: Double(remaining) / 1000 + 1) else {
      return starter.async { transfer.fail(.invalidURL(request.url)) }
    }
    // Held weakly: a long deadline keeps nothing of a request that was answered early.
    timers.asyncAfter(deadline: deadline.dispatchTime) { [weak transfer] in transfer?.fail(.deadline) }
    starter.async { [self] in
      guard !isShutDown.load(ordering: .relaxed) else { return transfer.fail(.shutDown) }
      let task = session.dataTask(with: made)
      let isWanted = transfer.attach { [starter, delegate] in
        starter.async {
          task.cancel()
          delegate.remove(task)
        }
      }
      guard isWanted else { return task.cancel() }
      delegate.add(transfer, for: task)
      task.resume()
    }
  }

  private static func urlRequest(_ request: ClientRequest, seconds: Double) -> URLRequest? {
    guard let url = URL(string: request.url), let scheme = url.scheme?.lowercased(),
      scheme == "https" || scheme == "http", url.host?.isEmpty == false
    else { return nil }
    var made = URLRequest(url: url, timeoutInterval: seconds)
    made.httpMethod = request.method.rawValue
    made.httpShouldHandleCookies = false
    for (name, value) in request.fields { made.setValue(value, forHTTPHeaderField: name) }
    if !request.body.isEmpty { made.httpBody = Data(request.body) }
    return made
  }

  /// Cancels what is under way and sends nothing more.
  public func shutDown() {
    isShutDown.store(true, ordering: .relaxed)
    session.invalidateAndCancel()
  }
}
