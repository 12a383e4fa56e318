/// Percent-encoded text of an address (RFC 3986 section 2.1).
enum QueryText {
  /// The text that was encoded; nil where an escape is malformed or the bytes are no UTF-8.
  static func decoded(_ text: String) -> String? {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
        return nil
      }
      bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// The parameters of a query; refuses those that nobody knows and those that come twice.
  static func parameters(_ query: String?, known: [String]) throws(Problem) -> [String: String] {
    var parameters: [String: String] = [:]
    for pair in (query ?? "").split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      guard known.contains(name), parts.count == 2, parameters[name] == nil,
        let value = decoded(String(parts[1]))
      else {
        throw Problem(
          .invalidParameter,
          known.isEmpty
            ? "This address takes no parameters."
            : "The parameters are: \(known.joined(separator: ", ")), each once, as in ?\(known[0])=….")
      }
      parameters[name] = value
    }
    return parameters
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
