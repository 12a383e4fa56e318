/// Bytes that are written one after the other, with room for more behind them.
///
/// An array to which bytes are appended is asked with each of them whether it has room and one owner; here a text and its quotes are
/// one question.
struct ByteBuffer: Sendable {
  /// What was written, and behind it the room.
  private var storage: [UInt8]
  /// How many bytes were written.
  private(set) var count = 0

  /// Nothing written, and room for so many bytes.
  init(capacity: Int) {
    // As one block of memory: an array of a repeated element is counted out.
    storage = Array(unsafeUninitializedCapacity: max(0, capacity)) { bytes, count in
      bytes.initialize(repeating: 0)
      count = bytes.count
    }
  }

  /// What was written.
  var bytes: ArraySlice<UInt8> { storage[..<count] }

  /// Hands over what was written, without a copy, and begins anew.
  mutating func take() -> [UInt8] {
    var taken: [UInt8] = []
    swap(&taken, &storage)
    taken.removeLast(taken.count - count)
    count = 0
    return taken
  }

  /// Writes a byte.
  @inline(__always)
  mutating func append(_ byte: UInt8) {
    if count == storage.count { grow(by: 1) }
    storage[count] = byte
    count += 1
  }

  /// Writes bytes as they are.
  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    if storage.count - count < text.count { grow(by: text.count) }
    copy(text, to: count)
    count += text.count
  }

  /// Writes bytes as they are, in double quotes.
  mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
    let length = text.count + 2
    if storage.count - count < length { grow(by: length) }
    storage[count] = UInt8(ascii: "\"")
    copy(text, to: count + 1)
    storage[count + length - 1] = UInt8(ascii: "\"")
    count += length
  }

  /// Copies into the room, which was made before; the bounds of the slice are checked all the same.
  private mutating func copy(_ text: UnsafeBufferPointer<UInt8>, to place: Int) {
    storage.withUnsafeMutableBytes { bytes in
      UnsafeMutableRawBufferPointer(rebasing: bytes[place..<place + text.count])
        .copyMemory(from: UnsafeRawBufferPointer(text))
    }
  }

  private mutating func grow(by length: Int) {
    storage.append(contentsOf: repeatElement(0, count: max(length, storage.count, 64)))
  }
}
