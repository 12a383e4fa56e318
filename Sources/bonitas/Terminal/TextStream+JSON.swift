import Formats

extension TextStream {
  /// Writes one JSON document, laid out for people and read alike by programs.
  func json(_ value: JSONValue) { line(value.pretty) }
}
