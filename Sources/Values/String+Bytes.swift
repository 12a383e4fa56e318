extension String {
  /// Hands over the UTF-8 of the text for as long as the call takes.
  ///
  /// `withUTF8` may change the string and so wants a copy of its own, a reference that is counted up and down with every text;
  /// nearly every string lies in one piece already.
  @inlinable
  public func withUTF8Bytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
    return Array(utf8).withUnsafeBufferPointer(body)
  }
}
