extension HTTPRefusal {
  /// Says what is wrong with the request, and how to mend it.
  public var sentence: String {
    switch self {
    case .invalidRequestLine:
      "The request line is not a method, a target and a version with one space between them."
    case .invalidMethod: "The method holds a character that no method may have."
    case .unknownMethod:
      "The method is not known here; known are \(HTTPMethod.allCases.map(\.rawValue).joined(separator: ", "))."
    case .invalidTarget:
      "The target is no absolute path or http URI; percent-encode what RFC 3986 does not allow in it."
    case .targetTooLong: "The request line is too long; send what is long in the body."
    case .invalidVersion: "The request line does not end in a version such as HTTP/1.1."
    case .unsupportedVersion: "This version of HTTP is not spoken here; use HTTP/1.1."
    case .bareLineFeed: "A line ends in LF alone; end every line with CR LF."
    case .bareCarriageReturn: "A CR stands without its LF; end every line with CR LF."
    case .foldedLine: "A header field is continued on a second line; write it in one."
    case .spaceBeforeColon: "There is white space between a field's name and its colon; remove it."
    case .invalidFieldName: "A header line has no name, no colon, or a character that no name may have."
    case .invalidFieldValue: "A header field's value holds a control character; remove it."
    case .fieldTooLong: "A header line is too long; shorten it."
    case .tooManyFields: "There are too many header fields; send fewer."
    case .headTooLong: "The header fields are too long together; send less in them."
    case .missingHost: "There is no Host field; HTTP/1.1 requires one."
    case .duplicateHost: "There is more than one Host field; send one."
    case .invalidHost: "The Host field is not a host with or without a port."
    case .unknownExpectation: "The only expectation that can be met is 100-continue."
    case .lengthAndTransferEncoding:
      "There are both Content-Length and Transfer-Encoding; send one of them."
    case .duplicateLength: "There is more than one Content-Length; send one."
    case .invalidLength: "The Content-Length is not a number in plain digits."
    case .bodyTooLarge: "The content is larger than what is accepted here; split it."
    case .chunkedNotLast: "The transfer coding 'chunked' has to be there once, and last."
    case .unknownTransferCoding: "The only transfer coding known here is 'chunked'."
    case .transferEncodingInOldVersion: "Transfer-Encoding needs HTTP/1.1."
    case .invalidChunk:
      "A chunk is not a hexadecimal size, CR LF, so many bytes, CR LF; or its extension is malformed."
    case .chunkExtensionsTooLong: "The chunk extensions are too long; leave them out."
    case .trailerTooLong: "The trailer fields are too many or too long; leave them out."
    case .incompleteRequest: "The connection ended before the request did; send all of it."
    case .headTimeout: "The header took too long to arrive; send it at once."
    case .bodyTooSlow: "The content arrived too slowly; try again on a better connection."
    case .tooManyConnections: "There are too many connections now; try again later."
    case .tooMuchInFlight: "Too much content is being received now; try again later."
    case .unanswered: "The request was not answered because of an error in the program."
    }
  }
}
