/// The grammar of a host with or without a port (RFC 9110 section 7.2, RFC 3986 section 3.2).
enum HostValue {
  static func isValid(_ value: Span<UInt8>) -> Bool {
    guard !value.isEmpty else { return false }
    var end = value.count
    if value[0] == UInt8(ascii: "[") {
      guard let bracket = value.firstIndex(of: UInt8(ascii: "]")), bracket > 1 else { return false }
      for index in 1..<bracket where !isAddressCharacter(value[index]) { return false }
      end = bracket + 1
    } else {
      end = value.firstIndex(of: .colon) ?? value.count
      // A name without a host, ":80", is no http authority (RFC 9110 section 4.2.1).
      guard end > 0 else { return false }
      for index in 0..<end where !value[index].isHostCharacter { return false }
      guard value.extracting(0..<end).hasWholeEncodings else { return false }
    }
    guard end < value.count else { return true }
    guard value[end] == .colon, value.count - end <= 6 else { return false }
    for index in end + 1..<value.count where !value[index].isDigit { return false }
    return true
  }

  /// What IPv6 addresses are written in; zone identifiers mean nothing to others.
  private static func isAddressCharacter(_ byte: UInt8) -> Bool {
    byte.hexadecimalValue != nil || byte == .colon || byte == UInt8(ascii: ".")
  }
}
