import Access
import AuditLog
import Decisioning
import HTTPServer
import Ingestion
import Values

/// Something that is answered once it is stored.
enum IntakeJob: Sendable {
  /// A decision that order intake has asked for.
  case decision(DecisionJob)
  /// Something that is told to a company, which is recorded first.
  case disclosure(DisclosureJob)
}

/// A decision on its way into the store.
struct DecisionJob: Sendable {
  let caller: Caller
  let request: DecisionRequest
  /// The key and the digest of the content; nil where no key was sent.
  let retry: Retry?
  /// The decision; nil where nothing is known about the customer yet, who is entered and rated inside the write.
  let prepared: PreparedRating?
  let rules: RulesInForce
  /// What registers have said about the customer, if only that they did not answer; they are then rated inside the write.
  var pulls: [PullResult] = []
  let exchange: HTTPExchange

  /// What makes a request safe to send again.
  struct Retry: Sendable {
    let key: IdempotencyKey
    let body: HalfDigest
  }
}

/// An answer that waits until its disclosure is recorded.
struct DisclosureJob: Sendable {
  let caller: Caller
  let disclosure: Disclosure
  let response: HTTPResponse
  let exchange: HTTPExchange
}

/// Who asks: by which token, in which request, since when.
struct Caller: Sendable {
  let token: ServiceToken
  let requestID: String
  let route: Route
  /// When the first byte of the request came, by the monotonic clock.
  let receivedAtNanoseconds: UInt64
}
