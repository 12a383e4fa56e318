import Glibc
import Testing

@testable import Terminal

/// The session on a terminal of the test's own.
///
/// One at a time holds the process's signals.
@Suite(.serialized) struct SessionTests {
  /// Both ends of a pseudo-terminal.
  private final class Pair {
    let main: Int32
    let terminal: Int32

    init(columns: UInt16 = 100, rows: UInt16 = 30) throws {
      // Glibc shows posix_openpt, unlockpt and ptsname only to X/Open sources; these are the calls below them.
      main = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
      var lock: Int32 = 0
      var number: Int32 = 0
      try #require(
        main >= 0 && ioctl(main, 0x4004_5431, &lock) == 0 && ioctl(main, 0x8004_5430, &number) == 0)
      terminal = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
      try #require(terminal >= 0)
      resize(columns, rows)
    }

    deinit {
      close(main)
      close(terminal)
    }

    func resize(_ columns: UInt16, _ rows: UInt16) {
      var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
      _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
    }

    func type(_ text: String) {
      let bytes = Array(text.utf8)
      _ = write(main, bytes, bytes.count)
    }

    /// What has been shown since the last reading.
    func shown() -> String {
      var bytes: [UInt8] = []
      var piece = [UInt8](repeating: 0, count: 65_536)
      while case let count = read(main, &piece, piece.count), count > 0 { bytes += piece.prefix(count) }
      return String(decoding: bytes, as: UTF8.self)
    }

    /// The modes that matter: echo, whole lines, signals by key, translation of line ends.
    var modes: [UInt32] {
      var modes = termios()
      tcgetattr(terminal, &modes)
      return [modes.c_iflag, modes.c_oflag, modes.c_lflag]
    }
  }

  private func session(_ pair: Pair, _ variables: [String: String] = ["TERM": "xterm"]) throws
    -> TerminalSession
  {
    try TerminalSession(input: pair.terminal, output: pair.terminal, variables: variables)
  }

  @Test func takesTheTerminalAndGivesItBack() throws {
    let pair = try Pair()
    let before = pair.modes
    let session = try session(pair)
    #expect(pair.modes != before)
    #expect(session.size == TerminalSize(columns: 100, rows: 30))
    #expect(pair.shown().hasPrefix("\u{1B}[?1049h"))
    session.close()
    #expect(pair.modes == before)
    #expect(pair.shown().hasSuffix("\u{1B}[?25h\u{1B}[?1049l"))
    session.close()
    #expect(pair.shown() == "", "closing twice writes nothing more")
  }

  @Test func givesItBackAlsoWhenForgotten() throws {
    let pair = try Pair()
    let before = pair.modes
    do { _ = try session(pair) }
    #expect(pair.modes == before)
  }

  @Test func hearsKeysAndTellsALoneEscape() throws {
    let pair = try Pair()
    let session = try session(pair)
    defer { session.close() }
    pair.type("a\u{1B}[B")
    #expect(session.wait(milliseconds: 1000) == [.key(.character("a")), .key(.down)])
    pair.type("\u{1B}")
    #expect(session.wait(milliseconds: 1000) == [.key(.escape)])
    #expect(session.wait(milliseconds: 10) == [.timedOut])
    pair.type("\u{3}")
    #expect(session.wait(milliseconds: 1000) == [.key(.control("c"))], "a key, no signal")
  }

  @Test func drawsOnlyWhatChanged() throws {
    let pair = try Pair(columns: 20, rows: 3)
    let session = try session(pair)
    defer { session.close() }
    _ = pair.shown()
    var screen = CellBuffer(width: 20, height: 3)
    screen.write("hello", row: 1, column: 0)
    session.draw(screen)
    #expect(pair.shown().contains("hello"))
    session.draw(screen)
    #expect(pair.shown() == "")
  }

  /// To the process, not by `raise`: the threads of the tests block signals.
  @Test func hearsSignals() throws {
    let pair = try Pair()
    let session = try session(pair)
    pair.resize(120, 40)
    kill(getpid(), SIGWINCH)
    #expect(session.wait(milliseconds: 1000) == [.resized(TerminalSize(columns: 120, rows: 40))])
    kill(getpid(), SIGTERM)
    #expect(session.wait(milliseconds: 1000) == [.ended(SIGTERM)])
    _ = pair.shown()
    kill(getpid(), SIGCONT)
    #expect(
      session.wait(milliseconds: 1000) == [.resumed, .resized(TerminalSize(columns: 120, rows: 40))])
    #expect(pair.shown().hasPrefix("\u{1B}[?1049h"), "taken over again")
    session.close()
  }

  @Test func refusesWhatIsNoTerminal() throws {
    #expect(throws: TerminalError.notATerminal) {
      let null = open("/dev/null", O_RDWR)
      defer { close(null) }
      _ = try TerminalSession(input: null, output: null, variables: ["TERM": "xterm"])
    }
    let pair = try Pair()
    #expect(throws: TerminalError.dumb) { _ = try session(pair, ["TERM": "dumb"]) }
    #expect(throws: TerminalError.dumb) { _ = try session(pair, [:]) }
  }
}
