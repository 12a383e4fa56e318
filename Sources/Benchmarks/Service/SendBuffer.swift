/// Bytes that wait to be sent: appended at the end, sent from the front.
final class SendBuffer {
  private var storage: UnsafeMutableRawBufferPointer
  private var start = 0
  private(set) var end = 0

  init(capacity: Int = 4096) {
    storage = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 8)
  }

  deinit { storage.deallocate() }

  var count: Int { end - start }
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage[start..<end]) }

  func append(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    reserve(bytes.count)
    storage.baseAddress?.advanced(by: end).copyMemory(from: source, byteCount: bytes.count)
    end += bytes.count
  }

  func append(_ bytes: [UInt8]) { bytes.withUnsafeBytes { append($0) } }

  func append(_ text: StaticString) {
    append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// A number in decimal digits, with zeros in front up to the width.
  func append(decimal number: Int, width: Int = 1) {
    var digits = 1
    var limit = 10
    while number >= limit, digits < 18 {
      digits += 1
      limit *= 10
    }
    digits = max(digits, width)
    reserve(digits)
    var rest = number
    for place in stride(from: end + digits - 1, through: end, by: -1) {
      storage[place] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
      rest /= 10
    }
    end += digits
  }

  /// The lowest digits of a number in lower-case hexadecimal.
  func append(hexadecimal number: UInt64, digits: Int) {
    reserve(digits)
    var rest = number
    for place in stride(from: end + digits - 1, through: end, by: -1) {
      let digit = UInt8(truncatingIfNeeded: rest & 0xF)
      storage[place] = digit < 10 ? 0x30 + digit : 0x57 + digit
      rest >>= 4
    }
    end += digits
  }

  func removeFirst(_ count: Int) {
    start += count
    if start >= end { removeAll() }
  }

  func removeAll() {
    start = 0
    end = 0
  }

  private func reserve(_ more: Int) {
    if end + more <= storage.count { return }
    let kept = count
    if kept + more > storage.count {
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(2 * storage.count, kept + more), alignment: 8)
      larger.copyMemory(from: bytes)
      storage.deallocate()
      storage = larger
    } else {
      // copyMemory allows the two places to overlap.
      storage.copyMemory(from: bytes)
    }
    start = 0
    end = kept
  }
}
