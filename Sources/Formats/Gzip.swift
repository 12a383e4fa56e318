/// Reading of gzip files (RFC 1952): strict, checksums verified, several members in one file allowed.
public enum Gzip {
  static let magic: [UInt8] = [0x1F, 0x8B]
  /// How much a stream may unpack to: far above any file of facts, below what fills a night.
  public static let streamLimit = 64 << 30

  /// Unpacks bytes in memory.
  public static func unpack(_ bytes: [UInt8], limit: Int = 256 << 20) throws(GzipError) -> [UInt8] {
    guard bytes.starts(with: magic) else { throw .notGzip }
    do throws(ByteSourceError) {
      // One byte above the limit lets the reader tell the limit from the end.
      return try ByteSource(bytes, unpackedLimit: limit).readAll(limit: limit + 1)
    } catch {
      if case .gzip(let inner) = error.reason { throw inner }
      throw .tooLarge(limit: limit)
    }
  }

  /// The checksum of RFC 1952 section 8, continued from an earlier one.
  static func checksum(_ bytes: UnsafeRawBufferPointer, continuing previous: UInt32 = 0) -> UInt32 {
    var crc = ~previous
    for byte in bytes { crc = table[Int((crc ^ UInt32(byte)) & 0xFF)] ^ (crc >> 8) }
    return ~crc
  }

  private static let table: [UInt32] = (0..<256).map { index in
    var crc = UInt32(index)
    for _ in 0..<8 { crc = crc & 1 == 1 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1 }
    return crc
  }
}

/// Why bytes are not accepted as gzip.
public indirect enum GzipError: Error, Hashable, Sendable {
  case notGzip
  case unsupported(String)
  case truncated
  case corrupt(String)
  case checksum
  case trailingGarbage
  case tooLarge(limit: Int)
  case source(ByteSourceError)

  /// The stable code.
  public var code: String {
    switch self {
    case .notGzip: "gzip-not-gzip"
    case .unsupported: "gzip-unsupported"
    case .truncated: "gzip-truncated"
    case .corrupt: "gzip-corrupt"
    case .checksum: "gzip-checksum"
    case .trailingGarbage: "gzip-trailing-garbage"
    case .tooLarge: "gzip-too-large"
    case .source(let error): error.code
    }
  }

  /// Says what is wrong and how to mend it.
  public var sentence: String {
    switch self {
    case .notGzip: "this is not a gzip file."
    case .unsupported(let what): "the gzip file uses \(what), which is not supported; unpack it first."
    case .truncated: "the gzip file breaks off; copy it again."
    case .corrupt(let what): "the gzip file is damaged (\(what)); copy it again."
    case .checksum: "the checksum of the gzip file does not match its content; copy it again."
    case .trailingGarbage: "something that is not gzip follows the end of the gzip file; copy it again."
    case .tooLarge(let limit): "the gzip file unpacks to more than \(limit) bytes."
    case .source(let error): error.sentence
    }
  }
}
