extension CSVProblem {
  /// Says where, what, and how to mend it.
  public var sentence: String { "\(position): \(hint)." }

  /// What is wrong and how to mend it, without the place.
  public var hint: String {
    switch reason {
    case .unterminatedQuote: "a quoted field does not end; close it with a double quote"
    case .strayQuote:
      "a double quote stands where none may; put the whole field in quotes and double the quotes inside"
    case .wrongFieldCount(let expected, let found):
      "the row has \(found) \(found == 1 ? "field" : "fields"), the header has \(expected); "
        + (found > expected ? "put fields that hold the delimiter in quotes" : "add the missing fields")
    case .fieldTooLong(let limit): "a field is longer than \(limit) bytes; a closing quote may be missing"
    case .rowTooLong(let limit): "the row is longer than \(limit) bytes; a line end may be missing"
    case .tooManyFields(let limit): "the row has more than \(limit) fields; a line end may be missing"
    case .invalidEncoding(let encoding): "a byte is not \(encoding.label) text; save the file in one encoding"
    case .nulCharacter: "the row holds a character with code zero; the file may be UTF-16: save it as UTF-8"
    }
  }
}
