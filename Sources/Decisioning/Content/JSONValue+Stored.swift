import Formats

extension JSONValue {
  /// Some nil for null; nil where there is a value that cannot be read.
  func optional<Element>(_ read: (JSONValue) -> Element?) -> Element?? {
    if self == .null { return .some(nil) }
    return read(self).map { .some($0) }
  }
}
