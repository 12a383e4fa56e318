/// Where a piece of evidence is found: an address on the web, or a court ruling's ECLI.
///
/// Read strictly, by the letters that a browser would go by: what a browser mends silently (backslashes, tabs, user names
/// before the host, percent signs within it) is how a host is disguised, and is refused.
public struct EvidenceAddress: Hashable, Sendable {
  /// The address as it is kept: with its scheme, the host in small letters.
  public let text: String
  /// The host without port and final dot; nil for an ECLI.
  public let host: String?
  /// What stands after host and port.
  let rest: String

  /// Why a text is no address.
  public enum Fault: String, Error, Hashable, Sendable {
    case empty
    case tooLong
    case blankOrControl
    case backslash
    case scheme
    case userName
    case host
    case notASCII
    case number
    case port
    case ecli
  }

  /// The longest address that is taken, in bytes; browsers show no more.
  public static let limit = 2048

  /// Reads an address as typed or pasted; without a scheme it is meant for https.
  public init(_ typed: String) throws(Fault) {
    let typed = Self.trimmed(typed)
    guard !typed.isEmpty else { throw .empty }
    guard typed.utf8.count <= Self.limit else { throw .tooLong }
    for scalar in typed.unicodeScalars {
      if scalar == " " || scalar.properties.isWhitespace || scalar.value < 0x20 || scalar.value == 0x7F
        || scalar.properties.generalCategory == .format || scalar.properties.generalCategory == .control
      {
        throw .blankOrControl
      }
      if scalar == "\\" { throw .backslash }
    }
    if typed.utf8.count > 5, typed.prefix(5).lowercased() == "ecli:" {
      text = try Self.ecli(typed)
      host = nil
      rest = ""
      return
    }
    let (scheme, afterScheme) = try Self.scheme(typed)
    let authority = afterScheme.prefix { !"/?#".contains($0) }
    rest = String(afterScheme[authority.endIndex...])
    let (host, port) = try Self.host(authority)
    self.host = host
    text = "\(scheme)://\(host)\(port.map { ":\($0)" } ?? "")\(rest)"
  }

  private static func trimmed(_ text: String) -> Substring {
    var text = text[...]
    while let first = text.first, first == " " || first == "\n" || first == "\t" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\n" || last == "\t" { text.removeLast() }
    return text
  }

  /// `ECLI:LV:AT:2024:0514.C30001.2.S`: five parts of letters, digits and dots (Council conclusions 2011/C 127/01).
  private static func ecli(_ text: Substring) throws(Fault) -> String {
    let parts = text.uppercased().split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[1].utf8.count == 2, parts[3].utf8.count == 4,
      parts[3].utf8.allSatisfy({ (0x30...0x39).contains($0) }), (1...7).contains(parts[2].utf8.count),
      (1...25).contains(parts[4].utf8.count),
      parts.allSatisfy({ part in
        !part.isEmpty
          && part.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || $0 == 0x2E }
      })
    else { throw .ecli }
    return parts.joined(separator: ":")
  }

  /// The scheme and what follows `//`; only http and https can be looked up by everybody.
  private static func scheme(_ text: Substring) throws(Fault) -> (String, Substring) {
    if text.hasPrefix("//") { return ("https", text.dropFirst(2)) }
    let head = text.prefix { !"/?#".contains($0) }
    guard let colon = head.firstIndex(of: ":") else { return ("https", text) }
    let scheme = head[..<colon].lowercased()
    let after = text[text.index(after: colon)...]
    if scheme == "http" || scheme == "https" {
      // "https:/host" and "https:host" lead somewhere in a browser; here they are slips.
      guard after.hasPrefix("//") else { throw .scheme }
      return (scheme, after.dropFirst(2))
    }
    // "lursoft.lv:8080" is a host with a port; anything else before a colon is another scheme.
    let port = head[head.index(after: colon)...]
    guard scheme.contains("."), !scheme.contains("@"), port.allSatisfy(\.isNumber) else {
      throw head.contains("@") && !head.hasPrefix("mailto:") ? .userName : .scheme
    }
    return ("https", text)
  }

  private static func host(_ authority: Substring) throws(Fault) -> (host: String, port: Int?) {
    if authority.contains("@") { throw .userName }
    if authority.contains("[") { throw .number }
    var name = authority
    var port: Int?
    if let colon = authority.firstIndex(of: ":") {
      let digits = authority[authority.index(after: colon)...]
      name = authority[..<colon]
      if !digits.isEmpty {
        guard digits.utf8.count <= 5, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
          let number = Int(digits), (1...65_535).contains(number)
        else { throw .port }
        port = number
      }
    }
    // Other scripts have letters and dots that look like Latin ones, and browsers fold full-width forms.
    guard name.utf8.allSatisfy({ $0 < 0x80 }) else { throw .notASCII }
    if name.hasSuffix(".") { name.removeLast() }
    let host = name.lowercased()
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    let isNumber = { (label: Substring) in
      label.utf8.allSatisfy { (0x30...0x39).contains($0) } || label.hasPrefix("0x")
    }
    if let last = labels.last, !last.isEmpty, isNumber(last) { throw .number }
    guard labels.count >= 2, host.utf8.count <= 253, labels.allSatisfy(isLabel) else { throw .host }
    return (host, port)
  }

  private static func isLabel(_ label: Substring) -> Bool {
    (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
      && label.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x5F
      }
  }
}

extension EvidenceAddress {
  /// The hosts of addresses that stand within this one: redirects, archives, translations.
  ///
  /// - Parameter anywhere: every part between slashes is taken for a host, as archives leave the scheme out.
  func hostsWithin(anywhere: Bool) -> [String] {
    var text = rest.lowercased()
    // An address within an address is escaped, within another one escaped twice.
    for _ in 0..<3 where text.contains("%") { text = Self.unescaped(text) }
    var hosts: [String] = []
    if anywhere {
      hosts += text.split { "/?#=&".contains($0) }.compactMap { Self.hostName($0) }
    }
    var tail = text[...]
    while let place = tail.firstRange(of: "//") {
      tail = tail[place.upperBound...]
      if let host = Self.hostName(tail.prefix { !"/?#&".contains($0) }) { hosts.append(host) }
    }
    return hosts
  }

  /// The host of `user@host:port`.
  private static func hostName(_ authority: Substring) -> String? {
    var name = authority
    if let at = name.lastIndex(of: "@") { name = name[name.index(after: at)...] }
    name = name.prefix { $0 != ":" }
    while name.hasSuffix(".") { name.removeLast() }
    return name.contains(".") || name == "onion" ? String(name) : nil
  }

  private static func unescaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == 0x25, rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self).lowercased()
  }
}
