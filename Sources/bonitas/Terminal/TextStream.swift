import Glibc

/// One of the standard streams as the commands see it: buffered text, with what is known of a terminal behind it.
///
/// Writing never traps and never throws. When the reader at the other end goes away (`| head`), the rest is dropped
/// silently and the command's work goes on to its end; any other failure (a full disk behind `>`) is kept in `failure`
/// and told at exit. SIGPIPE is ignored at the start of the program.
final class TextStream {
  /// Columns of the terminal, nil where there is none.
  let columns: Int?
  /// Whether letters may be coloured.
  let colours: Bool
  /// The error number of a write that failed for another reason than a closed pipe.
  private(set) var failure: Int32?

  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var isClosed = false
  private let flushesLines: Bool
  private static let blockSize = 1 << 16

  /// A stream over an open descriptor; `variables` are the process environment (`NO_COLOR`, `TERM`).
  init(descriptor: Int32, variables: [String: String]) {
    self.descriptor = descriptor
    let isTerminal = isatty(descriptor) == 1
    // struct winsize: rows, columns, and two that nobody reads.
    var size: [UInt16] = [0, 0, 0, 0]
    let measured = isTerminal && ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size[1] > 0
    columns = isTerminal ? (measured ? Int(size[1]) : 80) : nil
    let forbidden = !(variables["NO_COLOR"] ?? "").isEmpty || variables["TERM"] == "dumb"
    colours = isTerminal && !forbidden
    flushesLines = isTerminal || descriptor == 2
  }

  var isTerminal: Bool { columns != nil }

  /// Writes text as it is.
  func write(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.blockSize { flush() }
  }

  /// Writes bytes as they are.
  func write(bytes: some Sequence<UInt8>) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.blockSize { flush() }
  }

  /// Writes a line.
  func line(_ text: String = "") {
    buffer.append(contentsOf: text.utf8)
    buffer.append(0x0A)
    if flushesLines || buffer.count >= Self.blockSize { flush() }
  }

  /// Hands everything over to the system.
  func flush() {
    defer { buffer.removeAll(keepingCapacity: true) }
    guard !isClosed else { return }
    var done = 0
    while done < buffer.count {
      let written = buffer.withUnsafeBytes { bytes in
        Glibc.write(descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
      }
      if written > 0 {
        done += written
      } else if written < 0, errno == EINTR {
        continue
      } else if written < 0, errno == EAGAIN {
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wait, 1, 1000)
      } else {
        if errno != EPIPE { failure = errno }
        isClosed = true
        return
      }
    }
  }

  /// The text in the given style, or as it is where colours are not wanted.
  func style(_ style: TextStyle, _ text: String) -> String {
    colours && style != .plain ? "\u{1B}[\(style.code)m\(text)\u{1B}[0m" : text
  }
}

/// The few ways in which text stands out on a terminal.
enum TextStyle: Hashable, Sendable {
  case plain, heading, emphasis, dim, good, warning, bad

  /// The parameters of the terminal's "select graphic rendition" (ECMA-48, 8.3.117).
  var code: String {
    switch self {
    case .plain: "0"
    case .heading, .emphasis: "1"
    case .dim: "2"
    case .good: "32"
    case .warning: "33"
    case .bad: "31"
    }
  }
}
