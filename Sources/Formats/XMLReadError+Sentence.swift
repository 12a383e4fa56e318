extension XMLReadError {
  /// Says where, what, and how to mend it.
  public var sentence: String {
    let told: String
    switch reason {
    case .empty: told = "there is no XML element"
    case .tooLarge: told = "the document is larger than \(detail) bytes"
    case .tooDeep: told = "elements are nested deeper than \(detail) levels"
    case .unsupportedEncoding:
      told = "the encoding \"\(detail)\" is not supported; save the document as UTF-8"
    case .invalidEncoding: told = "the bytes are not valid \(detail); save the document as UTF-8"
    case .doctype: told = "documents with a DOCTYPE are refused; remove the declaration"
    case .truncated: told = "the document ends inside \(detail); the file may have been cut off"
    case .malformed: told = "the document is not well-formed XML: \(detail)"
    case .unboundPrefix:
      told = "the namespace prefix \"\(detail)\" is not declared; add xmlns:\(detail)=\"…\""
    case .duplicateAttribute: told = "the attribute \"\(detail)\" stands twice in one element; remove one"
    }
    return "\(position): \(told)."
  }
}
