import Values

/// The two hashes of an entry.
enum AuditHash {
  /// What the fields of an entry are hashed with, so that no other hash of this program can be mistaken for one.
  private static let tag = "bonitas audit entry 1"

  /// The hash that the next entry names; every field has a fixed place or a length before it.
  static func entry(
    number: Int, sequence: Int, at: Int, kind: UnsafeRawBufferPointer, previous: Digest, commitment: Digest
  ) -> Digest {
    var hash = SHA256()
    hash.update(tag)
    hash.update(integer: number)
    hash.update(integer: sequence)
    hash.update(integer: at)
    hash.update(integer: kind.count)
    hash.update(kind)
    hash.update(previous.bytes)
    hash.update(commitment.bytes)
    return hash.finish()
  }

  /// What an entry says about its payload while saying nothing of it; the salt has a fixed length.
  static func commitment(salt: UnsafeRawBufferPointer, payload: UnsafeRawBufferPointer) -> Digest {
    var hash = SHA256()
    hash.update(salt)
    hash.update(payload)
    return hash.finish()
  }
}
