extension JSONError {
  /// Says where, what, and how to mend it.
  public var sentence: String {
    let told: String
    switch reason {
    case .empty: told = "there is no JSON value; write one, for example {}"
    case .tooLarge: told = "the text is larger than \(detail) bytes; split it"
    case .tooDeep: told = "arrays and objects are nested deeper than \(detail) levels; flatten the document"
    case .invalidUTF8: told = "the bytes are not UTF-8; save the file as UTF-8"
    case .unexpectedEnd: told = "the text ends inside \(detail); the file may have been cut off"
    case .unexpectedCharacter: told = "\(detail)"
    case .trailingContent: told = "something follows after the end of the JSON value; remove it"
    case .controlCharacter: told = "a string holds a raw control character; write it as an escape such as \\n"
    case .invalidEscape:
      told = "a string holds an unknown escape; known are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX"
    case .loneSurrogate:
      told = "a \\u escape is one half of a surrogate pair without the other; write both halves"
    case .invalidNumber: told = "this is not a JSON number: \(detail)"
    case .numberOutOfRange: told = "the number is too long or too large to be held exactly (\(detail))"
    case .duplicateKey: told = "the key \"\(detail)\" stands twice in one object; remove or rename one"
    }
    return "\(position): \(told)."
  }
}
