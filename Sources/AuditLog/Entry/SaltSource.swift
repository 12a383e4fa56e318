import Values

/// Where the salts of the commitments come from: one secret key, a salt for every entry number.
///
/// The key is random, made where the program begins, and never stored; each salt is SHA-256(key ‖ number). With its salt
/// erased, a commitment says nothing about its payload, even to one who could guess the payload.
public struct SaltSource: Sendable {
  private let key: Digest

  /// How long a salt is.
  static let saltBytes = Digest.byteCount

  /// Takes a key of 32 random bytes; nil for any other number of bytes.
  public init?(key: [UInt8]) {
    guard let key = Digest(bytes: key) else { return nil }
    self.key = key
  }

  /// Takes a key; for tests, which need the same salts every time.
  public init(key: Digest) { self.key = key }

  /// The salt of an entry.
  func salt(_ number: Int) -> [UInt8] {
    var hash = SHA256()
    hash.update(key.bytes)
    hash.update(integer: number)
    return hash.finish().bytes
  }
}

extension SHA256 {
  /// Takes in a number as eight bytes, the highest first.
  mutating func update(integer value: Int) {
    withUnsafeBytes(of: Int64(value).bigEndian) { update($0) }
  }
}
