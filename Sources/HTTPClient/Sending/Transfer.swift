import Foundation
import FoundationNetworking
import Synchronization

/// One request under way: gathers the answer and hands it over once, whoever comes first.
final class Transfer: Sendable {
  typealias Completion = @Sendable (Result<ClientResponse, ClientError>) -> Void

  private struct State {
    var completion: Completion?
    var status = 0
    var fields: [String: String] = [:]
    var body: [UInt8] = []
    /// Stops what still goes on behind.
    var stop: (@Sendable () -> Void)?
  }

  let byteLimit: Int
  private let state: Mutex<State>

  init(byteLimit: Int, completion: @escaping Completion) {
    self.byteLimit = byteLimit
    state = Mutex(State(completion: completion))
  }

  /// Whether the outcome has been handed over.
  var isOver: Bool { state.withLock { $0.completion == nil } }

  /// Whether the head of an answer has come.
  var hasBegun: Bool { state.withLock { $0.status != 0 } }

  /// Says how to stop what goes on behind; false when it is over already, and nothing is to be begun.
  func attach(stop: @escaping @Sendable () -> Void) -> Bool {
    state.withLock { state in
      guard state.completion != nil else { return false }
      state.stop = stop
      return true
    }
  }

  /// Hands over why there is no answer, and stops what goes on behind.
  func fail(_ error: ClientError) { hand(.failure(error)) }

  /// Takes the head of the answer; false when its content is too large.
  func begin(_ response: HTTPURLResponse) -> Bool {
    var fields: [String: String] = [:]
    for case let (name as String, value as String) in response.allHeaderFields { fields[name] = value }
    return state.withLock { state in
      state.status = response.statusCode
      state.fields = fields
      state.body = []
      return response.expectedContentLength <= Int64(byteLimit)
    }
  }

  /// Takes a part of the content; false when it is too much.
  func append(_ data: Data) -> Bool {
    state.withLock { state in
      guard data.count <= byteLimit - state.body.count else { return false }
      state.body.append(contentsOf: data)
      return true
    }
  }

  /// The answer is whole, or the connection failed.
  func complete(_ error: (any Error)?) {
    if let error { return hand(.failure(ClientError(error))) }
    let response = state.withLock { ClientResponse(status: $0.status, fields: $0.fields, body: $0.body) }
    hand(response.status == 0 ? .failure(.connectionLost("no answer")) : .success(response))
  }

  private func hand(_ result: Result<ClientResponse, ClientError>) {
    let ended = state.withLock { state in
      defer {
        state.completion = nil
        state.stop = nil
        state.body = []
      }
      return (completion: state.completion, stop: state.stop)
    }
    ended.completion?(result)
    if case .failure = result { ended.stop?() }
  }
}

extension ClientError {
  /// What URLSession tells, sorted by what may be done about it.
  init(_ error: any Error) {
    guard let error = error as? URLError else {
      self = .connectionLost("\(error)")
      return
    }
    let detail = "\(error.localizedDescription.prefix(200))"
    switch error.code {
    case .cannotConnectToHost, .cannotFindHost, .dnsLookupFailed, .notConnectedToInternet:
      self = .cannotConnect(detail)
    case .timedOut: self = .deadline
    case .secureConnectionFailed, .serverCertificateUntrusted, .serverCertificateHasBadDate,
      .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid, .clientCertificateRejected,
      .clientCertificateRequired:
      self = .notTrusted(detail)
    case .unknown where Self.isAboutTrust(detail): self = .notTrusted(detail)
    // The URL was looked at before; libcurl's "unsupported protocol" is about what the server sent.
    default: self = .connectionLost(detail)
    }
  }

  /// Whether libcurl speaks of a certificate, or of a handshake that will fail the next time too.
  ///
  /// On Linux neither has a code of its own, only words; where they are others one day, the error is a lost connection, which
  /// answers nothing either (scripts/register-tls-test).
  private static func isAboutTrust(_ detail: String) -> Bool {
    if detail.contains("certificate") { return true }
    // A peer that closes in the middle may just have been restarted.
    return detail.contains("SSL routines::") && !detail.contains("unexpected eof")
  }
}
