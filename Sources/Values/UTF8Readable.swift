/// A value that is read from the whole of a UTF-8 text, or not at all.
public protocol UTF8Readable {
  /// Reads the value from the whole of a buffer; nil where the text is anything else.
  init?(utf8 bytes: UnsafeBufferPointer<UInt8>)
}

extension UTF8Readable {
  /// Reads the value from the whole of a text; nil where the text is anything else.
  @inlinable
  public init?(_ text: some StringProtocol) {
    let contiguous = text.utf8.withContiguousStorageIfAvailable { Self(utf8: $0) }
    let value = contiguous ?? Array(text.utf8).withUnsafeBufferPointer { Self(utf8: $0) }
    guard let value else { return nil }
    self = value
  }
}
