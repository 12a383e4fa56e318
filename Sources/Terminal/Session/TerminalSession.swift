import Glibc

/// A terminal taken over: every key at once, a screen of its own, and all of it put back at the end.
///
/// However the program ends (return, error, signal, crash) the terminal is as it was before: what the shell shows, its
/// modes, its cursor. Only SIGKILL leaves no time for that.
public final class TerminalSession {
  /// The size of the window as last told.
  public private(set) var size: TerminalSize

  private let input: Int32
  private let output: Int32
  private let modes: termios
  private let signals: (read: Int32, write: Int32)
  private var decoder = KeyDecoder()
  private var writer: FrameWriter
  private var isOpen = true
  private var isGone = false

  /// Alternate screen, no line wrap, bracketed paste, blank.
  private static let greeting = "\u{1B}[?1049h\u{1B}[?7l\u{1B}[?2004h\u{1B}[2J"
  private static let farewell = "\u{1B}[?2026l\u{1B}[0m\u{1B}[?2004l\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l"

  /// Takes over the terminal; `variables` are the process environment (`TERM`, `NO_COLOR`).
  public init(input: Int32 = 0, output: Int32 = 1, variables: [String: String]) throws(TerminalError) {
    guard isatty(input) == 1, isatty(output) == 1 else { throw .notATerminal }
    let kind = variables["TERM"] ?? ""
    guard !kind.isEmpty, kind != "dumb" else { throw .dumb }
    var modes = termios()
    guard tcgetattr(input, &modes) == 0 else { throw .system(errno) }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .system(errno) }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    self.input = input
    self.output = output
    self.modes = modes
    signals = (ends[0], ends[1])
    writer = FrameWriter(hasColours: (variables["NO_COLOR"] ?? "").isEmpty)
    size = Self.measure(output)
    SignalRelay.begin(
      pipe: ends[1], input: input, output: output, modes: modes, farewell: Array(Self.farewell.utf8))
    enter()
  }

  deinit { close() }

  /// Puts everything back; calling it again does nothing.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    leave()
    SignalRelay.end()
    _ = Glibc.close(signals.read)
    _ = Glibc.close(signals.write)
  }

  /// Shows a screen: one write, of what differs from the one before.
  public func draw(_ screen: CellBuffer) {
    send(writer.frame(screen))
  }

  /// Waits until something happens, at most so long; nil waits for ever.
  public func wait(milliseconds: Int?) -> [TerminalEvent] {
    guard isOpen, !isGone else { return [.hungUp] }
    var rest = milliseconds
    while true {
      // A sequence that has begun is told from a lone Escape by what comes within its pause.
      let pause = decoder.pause
      let time = pause.map { min($0, rest ?? $0) } ?? rest
      var watched = [
        pollfd(fd: input, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signals.read, events: Int16(POLLIN), revents: 0),
      ]
      let ready = poll(&watched, 2, time.map { Int32(clamping: max(0, $0)) } ?? -1)
      var events: [TerminalEvent] = []
      // A handler interrupts the waiting; its byte is in the pipe.
      if watched[1].revents != 0 || (ready < 0 && errno == EINTR) { events += readSignals() }
      if ready > 0, watched[0].revents != 0 { events += readKeys() }
      if ready == 0 {
        if pause != nil { events += decoder.timeOut().map(TerminalEvent.key) }
        rest = rest.map { $0 - (time ?? 0) }
        if events.isEmpty, let rest, rest <= 0 { return [.timedOut] }
      }
      if ready < 0, errno != EINTR { return [.hungUp] }
      if !events.isEmpty { return events }
    }
  }

  /// Gives the terminal back to the shell until the program is continued.
  public func suspend() {
    guard isOpen else { return }
    leave()
    SignalRelay.stop()
    enter()
  }

  private func enter() {
    var raw = modes
    cfmakeraw(&raw)
    tcsetattr(input, TCSANOW, &raw)
    SignalRelay.mark(isRaw: true)
    writer.forget()
    size = Self.measure(output)
    send(Array(Self.greeting.utf8))
  }

  private func leave() {
    send(Array(Self.farewell.utf8))
    // What was typed and not yet read was meant for this program, not for the shell. Nothing is waited for: the terminal
    // may be gone.
    tcflush(input, TCIFLUSH)
    var cooked = modes
    tcsetattr(input, TCSANOW, &cooked)
    SignalRelay.mark(isRaw: false)
  }

  private func readSignals() -> [TerminalEvent] {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(signals.read, &bytes, bytes.count)
    guard count > 0 else { return [] }
    var events: [TerminalEvent] = []
    for signal in bytes.prefix(count).map(Int32.init) {
      switch signal {
      case SIGWINCH:
        size = Self.measure(output)
        events.append(.resized(size))
      case SIGTSTP:
        suspend()
        events += [.resumed, .resized(size)]
      case SIGCONT:
        // Stopped by SIGSTOP, which nobody is told of: the shell has been using the terminal.
        enter()
        events += [.resumed, .resized(size)]
      default: events.append(.ended(signal))
      }
    }
    return events
  }

  private func readKeys() -> [TerminalEvent] {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(input, &bytes, bytes.count)
    if count > 0 { return decoder.feed(bytes.prefix(count)).map(TerminalEvent.key) }
    if count < 0, errno == EINTR || errno == EAGAIN { return [] }
    isGone = true
    return [.hungUp]
  }

  private func send(_ bytes: [UInt8]) {
    var done = 0
    while done < bytes.count, !isGone {
      let written = bytes.withUnsafeBytes {
        write(output, $0.baseAddress?.advanced(by: done), bytes.count - done)
      }
      if written > 0 {
        done += written
      } else if written < 0, errno == EAGAIN {
        var ready = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
        _ = poll(&ready, 1, 1000)
      } else if written < 0, errno == EINTR {
        continue
      } else {
        isGone = true
      }
    }
  }

  private static func measure(_ output: Int32) -> TerminalSize {
    var size = winsize()
    guard ioctl(output, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return TerminalSize(columns: 80, rows: 24)
    }
    return TerminalSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }
}
