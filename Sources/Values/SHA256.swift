/// The SHA-256 hash function of FIPS 180-4, fed piece by piece.
public struct SHA256: Sendable {
  private var state = SHA256State()
  private var pending = InlineArray<64, UInt8>(repeating: 0)
  private var pendingCount = 0
  /// The number of bytes taken in, modulo 2⁶¹ as the standard's bit count allows.
  private var length: UInt64 = 0

  /// Starts a hash.
  public init() {}

  /// Takes in bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress, bytes.count > 0 else { return }
    length &+= UInt64(bytes.count)
    var offset = 0
    if pendingCount > 0 {
      let taken = min(64 - pendingCount, bytes.count)
      keep(UnsafeRawBufferPointer(rebasing: bytes[..<taken]))
      offset = taken
      guard pendingCount == 64 else { return }
      compressPending()
    }
    let blocks = (bytes.count - offset) / 64
    if blocks > 0 {
      state.compress(base + offset, blocks: blocks)
      offset += blocks * 64
    }
    if offset < bytes.count { keep(UnsafeRawBufferPointer(rebasing: bytes[offset...])) }
  }

  /// Puts bytes behind the pending ones, where there is room for them.
  private mutating func keep(_ bytes: UnsafeRawBufferPointer) {
    let start = pendingCount
    withUnsafeMutableBytes(of: &pending) { block in
      UnsafeMutableRawBufferPointer(rebasing: block[start...]).copyMemory(from: bytes)
    }
    pendingCount += bytes.count
  }

  /// Takes in bytes.
  public mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// Takes in the UTF-8 of a text.
  public mutating func update(_ text: String) {
    text.withUTF8Bytes { update(UnsafeRawBufferPointer($0)) }
  }

  private mutating func compressPending() {
    let block = pending
    withUnsafeBytes(of: block) { bytes in
      if let base = bytes.baseAddress { state.compress(base, blocks: 1) }
    }
    pendingCount = 0
  }

  /// Pads the message and gives its digest.
  public consuming func finish() -> Digest {
    let bits = length &* 8
    pending[pendingCount] = 0x80
    pendingCount += 1
    if pendingCount > 56 {
      for place in pendingCount..<64 { pending[place] = 0 }
      compressPending()
    }
    for place in pendingCount..<56 { pending[place] = 0 }
    for place in 0..<8 { pending[56 + place] = UInt8(truncatingIfNeeded: bits >> UInt64(56 - 8 * place)) }
    compressPending()
    return state.digest
  }

  /// The digest of some bytes.
  public static func hash(_ bytes: UnsafeRawBufferPointer) -> Digest {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }

  /// The digest of some bytes.
  public static func hash(_ bytes: [UInt8]) -> Digest {
    bytes.withUnsafeBytes { hash($0) }
  }

  /// The digest of the UTF-8 of a text.
  public static func hash(_ text: String) -> Digest {
    var hash = SHA256()
    hash.update(text)
    return hash.finish()
  }
}
