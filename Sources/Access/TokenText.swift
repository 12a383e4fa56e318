import Values

/// A token as its user holds it: `bonitas_7_` and 64 hexadecimal digits.
///
/// The secret is 32 random bytes, so its plain SHA-256 is as good in the store as a slow hash would be: nobody guesses
/// it. Printing the value, by accident or in a test, shows the number alone.
public struct TokenText: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The number under which the store finds it.
  public let id: Int
  private let secret: Digest

  /// How many random bytes a secret has.
  public static let secretBytes = Digest.byteCount

  /// Makes the token with a number; nil unless the secret has as many bytes as it must.
  init?(id: Int, secret: [UInt8]) {
    guard let secret = Digest(bytes: secret) else { return nil }
    self.id = id
    self.secret = secret
  }

  /// Reads a token as its user typed it, with nothing before or after it.
  ///
  /// - Throws: `.malformedToken`, which tells nothing of what was typed.
  public init(_ text: String) throws(AccessError) {
    let parts = text.split(separator: "_", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "bonitas", let id = Int(parts[1]), id > 0,
      String(id) == parts[1], let secret = Digest(hexadecimal: parts[2])
    else { throw .malformedToken }
    self.id = id
    self.secret = secret
  }

  /// The whole token; shown once, when it is issued.
  public var revealed: String { "bonitas_\(id)_\(secret.hexadecimal)" }

  /// The token without its secret.
  public var description: String { "bonitas_\(id)_…" }

  /// The token without its secret.
  public var debugDescription: String { description }

  /// The token without its secret.
  public var customMirror: Mirror { Mirror(self, children: ["id": id]) }

  /// What the store keeps of the secret.
  var digest: Digest { SHA256.hash(secret.bytes) }
}

extension Digest {
  /// Whether two digests are the same, in a time that does not tell how far they agree.
  func isSame(as other: Digest) -> Bool {
    var difference: UInt8 = 0
    for (one, two) in zip(bytes, other.bytes) { difference |= one ^ two }
    return difference == 0
  }
}
