import Glibc

/// Standard input, line by line, with something to do while nobody types.
final class LineInput {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var isAtEnd = false
  /// Longer lines are cut: nobody types them.
  private static let longest = 1 << 16

  init(descriptor: Int32 = 0) { self.descriptor = descriptor }

  /// The next line without its end; nil at the end of the input.
  ///
  /// - Parameter idle: called about once a minute while nothing comes.
  func next(idle: () -> Void) -> String? {
    while true {
      if let end = buffer.firstIndex(of: 0x0A) {
        let line = buffer[..<end]
        buffer.removeFirst(end + 1)
        return Self.text(line)
      }
      if isAtEnd {
        defer { buffer.removeAll() }
        return buffer.isEmpty ? nil : Self.text(buffer[...])
      }
      var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&watched, 1, 60_000)
      if ready == 0 { idle() }
      guard ready > 0 else {
        if ready < 0, errno != EINTR { isAtEnd = true }
        continue
      }
      var bytes = [UInt8](repeating: 0, count: 4096)
      let count = read(descriptor, &bytes, bytes.count)
      if count > 0 {
        buffer += bytes.prefix(max(0, min(count, Self.longest - buffer.count)))
        // A line that is too long still has its end.
        if buffer.count == Self.longest { buffer[Self.longest - 1] = 0x0A }
      } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
        isAtEnd = true
      }
    }
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    return String(
      String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
  }
}
