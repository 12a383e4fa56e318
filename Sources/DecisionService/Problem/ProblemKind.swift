/// What a request can meet with; the raw value is a stable code that callers may rely on.
///
/// docs/problems.md lists every one; a test keeps the two together.
public enum ProblemKind: String, CaseIterable, Hashable, Sendable {
  // the request
  case malformedJSON = "malformed-json"
  case invalidMember = "invalid-member"
  case invalidParameter = "invalid-parameter"
  case bodyTooLarge = "body-too-large"
  case unsupportedMediaType = "unsupported-media-type"
  case notAcceptable = "not-acceptable"
  case unknownRoute = "unknown-route"
  case methodNotAllowed = "method-not-allowed"

  // the caller
  case missingToken = "missing-token"
  case invalidToken = "invalid-token"
  case outOfScope = "out-of-scope"
  case rateLimited = "rate-limited"

  // what is asked for
  case unknownDecision = "unknown-decision"
  case noRating = "no-rating"
  case otherCustomer = "other-customer"

  // retries
  case invalidIdempotencyKey = "invalid-idempotency-key"
  case inFlight = "idempotency-in-flight"
  case otherBody = "idempotency-other-body"

  // the service
  case deadlineExceeded = "deadline-exceeded"
  case overloaded
  case storeFull = "store-full"
  case storeBusy = "store-busy"
  case storeFailed = "store-failed"
  case clockBehind = "clock-behind"
  case noRules = "no-rules"
  case internalFault = "internal-fault"

  /// The status with which it is answered.
  public var status: Int {
    switch self {
    case .malformedJSON, .invalidParameter, .invalidIdempotencyKey: 400
    case .missingToken, .invalidToken: 401
    case .outOfScope: 403
    case .unknownRoute, .unknownDecision, .noRating: 404
    case .methodNotAllowed: 405
    case .notAcceptable: 406
    case .inFlight: 409
    case .bodyTooLarge: 413
    case .unsupportedMediaType: 415
    case .invalidMember, .otherBody, .otherCustomer: 422
    case .rateLimited: 429
    case .internalFault: 500
    case .deadlineExceeded, .overloaded, .storeFull, .storeBusy, .storeFailed, .clockBehind,
      .noRules:
      503
    }
  }

  /// What kind of problem it is, the same in every answer.
  public var title: String {
    switch self {
    case .malformedJSON: "The content is not JSON."
    case .invalidMember: "A member of the content cannot be taken."
    case .invalidParameter: "A parameter of the address cannot be taken."
    case .bodyTooLarge: "The content is too large."
    case .unsupportedMediaType: "The content is of another type than is taken here."
    case .notAcceptable: "No acceptable form of the answer is at hand."
    case .unknownRoute: "There is nothing at this address."
    case .methodNotAllowed: "This method is not taken at this address."
    case .missingToken: "A token is missing."
    case .invalidToken: "The token does not count."
    case .outOfScope: "The token is not for this."
    case .rateLimited: "Too many requests for this token."
    case .unknownDecision: "There is no such decision."
    case .noRating: "There is no rating of this customer."
    case .otherCustomer: "The decision is about another customer."
    case .invalidIdempotencyKey: "The Idempotency-Key cannot be taken."
    case .inFlight: "The first request with this Idempotency-Key is still being answered."
    case .otherBody: "This Idempotency-Key was used for other content."
    case .deadlineExceeded: "The deadline passed before the decision was stored."
    case .overloaded: "There is more to do than can be done now."
    case .storeFull: "There is no room left to store decisions."
    case .storeBusy: "The store is in use by another process."
    case .storeFailed: "The store cannot be used."
    case .clockBehind: "The clock of the service is wrong."
    case .noRules: "No rule set is in force."
    case .internalFault: "The service has failed."
    }
  }

  /// After how many seconds a retry may help; nil where the request has to be changed first.
  public var retryAfterSeconds: Int? {
    switch self {
    case .inFlight, .overloaded, .deadlineExceeded, .storeBusy, .rateLimited: 1
    case .storeFull, .storeFailed, .clockBehind, .noRules: 10
    default: nil
    }
  }

  /// How to mend it, for docs/problems.md.
  public var remedy: String {
    switch self {
    case .malformedJSON: "Mend the content at the line and column that the detail names."
    case .invalidMember: "Mend the member that `pointer` names (RFC 6901)."
    case .invalidParameter: "Mend the parameter that the detail names."
    case .bodyTooLarge: "Send less at once; facts can be split at any line."
    case .unsupportedMediaType: "Set Content-Type to the type that the detail names."
    case .notAcceptable: "Accept one of the types that the detail names."
    case .unknownRoute: "See /openapi.json for the addresses."
    case .methodNotAllowed: "Use a method that the Allow field names."
    case .missingToken: "Send `Authorization: Bearer TOKEN`; `bonitas tokens create` makes one."
    case .invalidToken: "Have a new token made; this one is unknown, expired or revoked."
    case .outOfScope: "Have a token made for what the detail names."
    case .rateLimited: "Wait as long as Retry-After says, or have a token made with a higher rate."
    case .unknownDecision: "Check the id; a decision of another company is answered the same way."
    case .noRating: "Ask for a decision first: POST /v1/decisions."
    case .otherCustomer: "Check decision and customer against each other."
    case .invalidIdempotencyKey: "Send 1 to 255 printable ASCII characters, such as a UUID."
    case .inFlight: "Retry with the same key after a moment; the answer will be that of the first request."
    case .otherBody: "Use a new key for another request; repeat a request with the very same bytes."
    case .deadlineExceeded:
      "Retry with the same Idempotency-Key: the decision may have been made and is then answered."
    case .overloaded: "Retry with the same Idempotency-Key after as long as Retry-After says."
    case .storeFull, .storeBusy, .storeFailed:
      "Nothing was decided. Retry with the same Idempotency-Key; operations find the cause in /readyz."
    case .clockBehind: "Operations set the clock; nothing is decided with a clock that went back."
    case .noRules: "Operations put a rule set in force: `bonitas rules activate`."
    case .internalFault: "Retry with the same Idempotency-Key, and report the request id if it happens again."
    }
  }
}
