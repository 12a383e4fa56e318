import Foundation
import FoundationNetworking
import Synchronization

/// Tells URLSession's events to the transfers they belong to.
///
/// Unchecked because `NSObject` is not Sendable; sound because it holds nothing but a `Mutex`.
final class TransferDelegate: NSObject, URLSessionDataDelegate, @unchecked Sendable {
  private let transfers = Mutex<[Int: Transfer]>([:])

  func add(_ transfer: Transfer, for task: URLSessionTask) {
    transfers.withLock { $0[task.taskIdentifier] = transfer }
  }

  func remove(_ task: URLSessionTask) { transfers.withLock { $0[task.taskIdentifier] = nil } }

  /// How many tasks URLSession has not told the end of.
  var count: Int { transfers.withLock { $0.count } }

  private func transfer(_ task: URLSessionTask) -> Transfer? {
    transfers.withLock { $0[task.taskIdentifier] }
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
  ) {
    guard let transfer = transfer(dataTask), let response = response as? HTTPURLResponse else {
      return completionHandler(.cancel)
    }
    guard transfer.begin(response) else {
      transfer.fail(.responseTooLarge(limit: transfer.byteLimit))
      return completionHandler(.cancel)
    }
    completionHandler(.allow)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    guard let transfer = transfer(dataTask), !transfer.isOver else { return }
    guard transfer.append(data) else {
      return transfer.fail(.responseTooLarge(limit: transfer.byteLimit))
    }
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    let transfer = transfers.withLock { $0.removeValue(forKey: task.taskIdentifier) }
    // A redirection without a place to go is told by nothing but the end.
    if error == nil, let response = task.response as? HTTPURLResponse, transfer?.hasBegun == false {
      _ = transfer?.begin(response)
    }
    transfer?.complete(error)
  }

  /// Nobody sends a request with personal data to an address that was not declared: the redirection is the answer.
  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
  ) {
    _ = transfer(task)?.begin(response)
    completionHandler(nil)
  }

  /// Credentials travel in the request's fields or not at all: the refusal is the answer.
  ///
  /// Left to itself, URLSession waits for ever for a credential store that is not there.
  func urlSession(
    _ session: URLSession, task: URLSessionTask, didReceive challenge: URLAuthenticationChallenge,
    completionHandler: @escaping (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
  ) {
    if let response = challenge.failureResponse as? HTTPURLResponse, let transfer = transfer(task) {
      _ = transfer.begin(response)
      transfer.complete(nil)
    }
    completionHandler(.cancelAuthenticationChallenge, nil)
  }
}
