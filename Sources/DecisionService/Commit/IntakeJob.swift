import Access
import AuditLog
import Decisioning
import HTTPServer
import Ingestion
import Values

/// Something that is answered once it is stored.
///
/// Jobs are classes: as structures of some fifty references each, to copy and destroy them on their way was nearly a tenth
/// of what a decision cost.
enum IntakeJob: Sendable {
  /// A decision that order intake has asked for.
  case decision(DecisionJob)
  /// Something that is told to a company, which is recorded first.
  case disclosure(DisclosureJob)
}

/// A decision on its way into the store.
final class DecisionJob: Sendable {
  let caller: Caller
  let request: DecisionRequest
  /// The key and the digest of the content; nil where no key was sent.
  let retry: Retry?
  /// The decision; nil where nothing is known about the customer yet, who is entered and rated inside the write.
  let prepared: PreparedRating?
  let rules: RulesInForce
  /// What registers have said about the customer, if only that they did not answer; they are then rated inside the write.
  let pulls: [PullResult]
  let exchange: HTTPExchange

  /// What makes a request safe to send again.
  struct Retry: Sendable {
    let key: IdempotencyKey
    let body: HalfDigest
  }

  init(
    caller: Caller, request: DecisionRequest, retry: Retry?, prepared: PreparedRating?, rules: RulesInForce,
    pulls: [PullResult] = [], exchange: HTTPExchange
  ) {
    self.caller = caller
    self.request = request
    self.retry = retry
    self.prepared = prepared
    self.rules = rules
    self.pulls = pulls
    self.exchange = exchange
  }

  /// The same with what registers have said.
  func with(_ pulls: [PullResult]) -> DecisionJob {
    DecisionJob(
      caller: caller, request: request, retry: retry, prepared: prepared, rules: rules, pulls: pulls,
      exchange: exchange)
  }
}

/// An answer that waits until its disclosure is recorded.
final class DisclosureJob: Sendable {
  let caller: Caller
  let disclosure: Disclosure
  let response: HTTPResponse
  let exchange: HTTPExchange

  init(caller: Caller, disclosure: Disclosure, response: HTTPResponse, exchange: HTTPExchange) {
    self.caller = caller
    self.disclosure = disclosure
    self.response = response
    self.exchange = exchange
  }
}

/// Who asks: by which token, in which request, since when.
final class Caller: Sendable {
  let token: ServiceToken
  let requestID: String
  let route: Route
  /// When the first byte of the request came, by the monotonic clock.
  let receivedAtNanoseconds: UInt64

  init(token: ServiceToken, requestID: String, route: Route, receivedAtNanoseconds: UInt64) {
    self.token = token
    self.requestID = requestID
    self.route = route
    self.receivedAtNanoseconds = receivedAtNanoseconds
  }
}
