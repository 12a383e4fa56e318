/// The keyed-hash message authentication code of RFC 2104 (FIPS 198-1) with SHA-256.
public enum HMAC {
  /// The number of bytes that SHA-256 takes at a time.
  private static let blockSize = 64

  /// The code of a message under a key of any length.
  public static func sha256(_ message: [UInt8], key: [UInt8]) -> Digest {
    // RFC 2104 section 2: a key longer than a block is hashed first, a shorter one filled up with zeros.
    var block = key.count > blockSize ? SHA256.hash(key).bytes : key
    block += [UInt8](repeating: 0, count: blockSize - block.count)
    var inner = SHA256()
    inner.update(block.map { $0 ^ 0x36 })
    inner.update(message)
    var outer = SHA256()
    outer.update(block.map { $0 ^ 0x5C })
    outer.update(inner.finish().bytes)
    return outer.finish()
  }
}
