import Values

/// The `Idempotency-Key` of a request, with whose it is (draft-ietf-httpapi-idempotency-key-header).
///
/// The key itself is not kept: a caller may have put anything into it.
struct IdempotencyKey: Hashable, Sendable {
  /// The first half of SHA-256 over the user and the key.
  let digest: HalfDigest

  /// Takes the value of the field as it was sent: a string of structured fields, in quotes, or the bare characters.
  ///
  /// - Parameters:
  ///   - user: whose token it came with; a key counts for its user, so that a new token replays as well.
  ///   - company: for whom; what one company was told is no answer to another.
  init(_ field: String, of user: String, for company: String) throws(Problem) {
    var key = field[...]
    if key.count >= 2, key.hasPrefix("\""), key.hasSuffix("\"") { key = key.dropFirst().dropLast() }
    guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw Problem(
        .invalidIdempotencyKey,
        "The Idempotency-Key is not 1 to 255 printable ASCII characters without blanks.")
    }
    var hash = SHA256()
    hash.update(user)
    hash.update("\n")
    hash.update(company)
    hash.update("\n")
    hash.update(String(key))
    digest = HalfDigest(hash.finish())
  }
}

/// The first 16 bytes of a SHA-256: enough to tell requests apart (birthday bound 2^64), half as much to keep.
struct HalfDigest: Hashable, Sendable {
  let high, low: UInt64

  init(_ digest: Digest) {
    self.init(digest.bytes)
  }

  /// Takes the first 16 bytes; those that are missing count as 0.
  init(_ bytes: [UInt8]) {
    func word(_ start: Int) -> UInt64 {
      bytes.dropFirst(start).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
    high = word(0)
    low = word(8)
  }

  /// The digest as it is stored.
  var bytes: [UInt8] {
    [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } }
  }
}
