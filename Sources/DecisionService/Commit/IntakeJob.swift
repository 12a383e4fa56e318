import Access
import AuditLog
import Decisioning
import Explanation
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
  let work: Work
  /// The language of the answer.
  let language: Language
  /// The key and the digest of the content; nil where no key was sent.
  let retry: Retry?
  let rules: RulesInForce
  let exchange: HTTPExchange

  /// What the commit has to do.
  enum Work: Sendable {
    /// Store what was decided.
    case made(MadeDecision)
    /// Decide inside the write: about somebody of whom nothing is known yet, who is entered, or with what registers have said, if
    /// only that they did not answer.
    case asked(DecisionRequest, pulls: [PullResult])
  }

  /// What makes a request safe to send again.
  struct Retry: Sendable {
    let key: IdempotencyKey
    let body: HalfDigest
  }

  init(
    caller: Caller, _ work: Work, language: Language, retry: Retry?, rules: RulesInForce,
    exchange: HTTPExchange
  ) {
    self.caller = caller
    self.work = work
    self.language = language
    self.retry = retry
    self.rules = rules
    self.exchange = exchange
  }

  /// The same with what registers have said.
  func with(_ pulls: [PullResult]) -> DecisionJob {
    guard case .asked(let request, _) = work else { return self }
    return DecisionJob(
      caller: caller, .asked(request, pulls: pulls), language: language, retry: retry, rules: rules,
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
