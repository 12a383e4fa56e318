import SQLite
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
    var hash = SHA256()
    hash.update(user)
    hash.update("\n")
    hash.update(company)
    hash.update("\n")
    var field = field
    // Bytes: characters would be ten times as slow.
    let isKey = field.withUTF8 { bytes in
      var key = bytes[...]
      let quote = UInt8(ascii: "\"")
      if key.count >= 2, key.first == quote, key.last == quote { key = key.dropFirst().dropLast() }
      guard (1...255).contains(key.count), key.allSatisfy({ (0x21...0x7E).contains($0) }) else {
        return false
      }
      hash.update(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: key)))
      return true
    }
    guard isKey else {
      throw Problem(
        .invalidIdempotencyKey,
        "The Idempotency-Key is not 1 to 255 printable ASCII characters without blanks.")
    }
    digest = HalfDigest(hash.finish())
  }
}

/// The first 16 bytes of a SHA-256: enough to tell requests apart (birthday bound 2^64), half as much to keep.
struct HalfDigest: Hashable, Sendable {
  let high, low: UInt64

  init(_ digest: Digest) {
    high = digest.word(0)
    low = digest.word(1)
  }

  /// Takes the first 16 bytes; those that are missing count as 0.
  init(_ bytes: [UInt8]) {
    func word(_ start: Int) -> UInt64 {
      var word: UInt64 = 0
      for place in start..<max(start, min(start + 8, bytes.count)) { word = word << 8 | UInt64(bytes[place]) }
      return word
    }
    high = word(0)
    low = word(8)
  }
}

extension HalfDigest: Bindable {
  /// Binds the 16 bytes.
  func bind(to statement: Statement, at position: Int) throws(SQLiteError) {
    try withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { bytes throws(SQLiteError) in
      try statement.bind(position, bytes)
    }
  }
}
