/// Why the server itself refuses a request, or closes a connection; the raw value is a stable code.
public enum HTTPRefusal: String, Error, Hashable, Sendable, CaseIterable {
  // the request line
  case invalidRequestLine = "http-invalid-request-line"
  case invalidMethod = "http-invalid-method"
  case unknownMethod = "http-unknown-method"
  case invalidTarget = "http-invalid-target"
  case targetTooLong = "http-target-too-long"
  case invalidVersion = "http-invalid-version"
  case unsupportedVersion = "http-unsupported-version"

  // lines and fields
  case bareLineFeed = "http-bare-line-feed"
  case bareCarriageReturn = "http-bare-carriage-return"
  case foldedLine = "http-folded-line"
  case spaceBeforeColon = "http-space-before-colon"
  case invalidFieldName = "http-invalid-field-name"
  case invalidFieldValue = "http-invalid-field-value"
  case fieldTooLong = "http-field-too-long"
  case tooManyFields = "http-too-many-fields"
  case headTooLong = "http-head-too-long"
  case missingHost = "http-missing-host"
  case duplicateHost = "http-duplicate-host"
  case invalidHost = "http-invalid-host"
  case unknownExpectation = "http-unknown-expectation"

  // the body's framing
  case lengthAndTransferEncoding = "http-length-and-transfer-encoding"
  case duplicateLength = "http-duplicate-length"
  case invalidLength = "http-invalid-length"
  case bodyTooLarge = "http-body-too-large"
  case chunkedNotLast = "http-chunked-not-last"
  case unknownTransferCoding = "http-unknown-transfer-coding"
  case transferEncodingInOldVersion = "http-transfer-encoding-in-old-version"
  case invalidChunk = "http-invalid-chunk"
  case chunkExtensionsTooLong = "http-chunk-extensions-too-long"
  case trailerTooLong = "http-trailer-too-long"

  // the course of things
  case incompleteRequest = "http-incomplete-request"
  case headTimeout = "http-head-timeout"
  case bodyTooSlow = "http-body-too-slow"
  case tooManyConnections = "http-too-many-connections"
  case tooMuchInFlight = "http-too-much-in-flight"
  case unanswered = "http-unanswered"

  /// The stable code.
  public var code: String { rawValue }

  /// The status with which it is answered.
  public var status: Int {
    switch self {
    case .headTimeout, .bodyTooSlow: 408
    case .bodyTooLarge, .chunkExtensionsTooLong: 413
    case .targetTooLong: 414
    case .unknownExpectation: 417
    case .fieldTooLong, .tooManyFields, .headTooLong, .trailerTooLong: 431
    case .unanswered: 500
    case .unknownMethod, .unknownTransferCoding: 501
    case .tooManyConnections, .tooMuchInFlight: 503
    case .unsupportedVersion: 505
    default: 400
    }
  }
}
